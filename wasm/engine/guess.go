package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// How the stars of a visitor are guessed; κ and λ are not tuned. Made from 10 to 80 ratings of people of MovieLens
// latest-small, a guess is .64 to .72 stars off in the mean, where the crowd's mean is .74 to .79 off: TestGuessesOfPeople
// in build/command, of the demo, which was trained on these people.
const (
	guessRatings  = 200 // newest ratings that a guess is made from, at most
	offsetRatings = 3   // κ: ratings without any offset that a visitor's is shrunken by
	nearRatings   = 1   // λ: the same of what they gave to similar items, in sums of similarity
)

// Guesses are guessed stars, and how good such guesses are of what the visitor rated: each rating
// that is used is guessed from the others.
type Guesses struct {
	Stars    []float32 // parallel to the items that were asked for
	Off      []float32 // distance of each guess from the rating, ascending
	MeanOff  float32   // mean of Off
	CrowdOff float32   // mean distance of the crowd's mean from these ratings
}

// GuessStars guesses how many stars a visitor would give to rows, who gave stars, 0.5 to 5, to
// rated, the newest last, without repeats. A guess is the crowd's mean, as [Engine.Quality] has it, the visitor's mean
// distance from it, and how far they are from that at items that are like this one:
//
//	q(i) + o + Σ s(i,j)·(r(j) - q(j) - o) / (λ + Σ s(i,j)),  o = Σ (r(j) - q(j)) / (κ + n)
//
// over what they rated but i itself, where s is the inner product of [Engine.Describe], at least
// 0. It panics where nothing is rated.
//
// Source: Koren, Factorization Meets the Neighborhood, KDD 2008, sections 2.1 and 2.2; with
// the similarity of our items.
func (e *Engine) GuessStars(rated []catalog.Row, stars []float32, rows []catalog.Row) (all Guesses) {
	first := max(0, len(rated)-guessRatings)
	g := guesser{e: e, rated: rated[first:], beyond: make([]float32, len(rated)-first)}
	for i, r := range g.rated {
		g.beyond[i] = stars[first+i] - e.quality[r]
		g.sum += g.beyond[i]
	}
	g.vectors = e.Describe(g.rated)
	for _, r := range rows {
		all.Stars = append(all.Stars, g.guess(r, e.Describe([]catalog.Row{r}), slices.Index(g.rated, r)))
	}
	width, off := e.width(), make([]float32, len(g.rated))
	for i, r := range g.rated {
		d := g.guess(r, g.vectors[i*width:(i+1)*width], i) - stars[first+i]
		off[i] = max(d, -d)
		all.MeanOff += off[i] / float32(len(g.rated))
		all.CrowdOff += max(g.beyond[i], -g.beyond[i]) / float32(len(g.rated))
	}
	for _, i := range vec.Sorted(len(off), func(a, b int32) bool { return off[a] < off[b] }) {
		all.Off = append(all.Off, off[i])
	}
	return all
}

// guesser is what guesses for one visitor are made from.
type guesser struct {
	e       *Engine
	rated   []catalog.Row
	beyond  []float32 // parallel: stars given beyond the crowd's mean
	sum     float32   // of beyond
	vectors []float32 // [n×width]
}

// guess returns the stars for item r with vector v, from all ratings but the one at place but;
// from all with -1.
func (g *guesser) guess(r catalog.Row, v []float32, but int) float32 {
	n, sum, width := len(g.rated), g.sum, len(v)
	if but >= 0 {
		n, sum = n-1, sum-g.beyond[but]
	}
	offset := sum / (offsetRatings + float32(n))
	weight, pull := float32(nearRatings), float32(0)
	for j := range g.rated {
		if near := vec.Dot(v, g.vectors[j*width:(j+1)*width]); near > 0 && j != but {
			weight += near
			pull += float32(near * (g.beyond[j] - offset))
		}
	}
	return min(max(g.e.quality[r]+offset+pull/weight, 0.5), 5)
}
