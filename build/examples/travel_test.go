package examples

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// numbers recomputes the numeric features of the interaction of a user at a
// place of their own log, the crowd frozen at a moment.
func (v *naive) numbers(user, at int, frozen int64) map[string]float64 {
	c := v.d.Catalog
	e := v.own[user][at]
	moment := min(e.at, frozen)
	k := v.crowdAt(moment)
	m := k.items[e.row]
	x := map[string]float64{
		"releaseYear":         v.year(e.row),
		"movieRatingCount":    math.Log((1 + m.count()) / (1 + k.average)),
		"movieAvgRating":      k.mean,
		"movieTrend":          math.Log((1 + m.trend) / (1 + k.trend*m.count()/max(1, k.total))),
		"movieShrunkenRating": k.shrunkenMean(e.row),
		"userAvgReleaseYear":  1990, "userAvgRating": 3.5,
	}
	if m.rated > 0 {
		x["movieAvgRating"], x["movieRatingStddev"] = m.mean(), m.deviation()
	}

	h := v.history(user, at)
	var stars, years []float64
	positives, bias, biases := 0.0, 0.0, map[uint8][]float64{}
	liked := map[uint8]float64{}
	for _, e := range h {
		years = append(years, v.year(e.row))
		if e.stars > 0 {
			stars = append(stars, e.stars)
			bias += e.stars - k.shrunkenMean(e.row)
		}
		if e.stars == 0 || e.stars >= 3.5 {
			positives++
			for _, g := range c.Genres[e.row] {
				liked[g]++
			}
		}
	}
	bias /= float64(len(stars)) + 5
	for _, e := range h {
		if e.stars > 0 {
			for _, g := range c.Genres[e.row] {
				biases[g] = append(biases[g], e.stars-k.shrunkenMean(e.row)-bias)
			}
		}
	}
	x["userRatingCount"] = math.Log(float64(1 + len(h)))
	x["userShrunkenRating"] = 5 * k.mean / (float64(len(stars)) + 5)
	avgYear := 1990.0
	if len(h) > 0 {
		avgYear = average(years)
		x["userAvgReleaseYear"], x["userReleaseYearStddev"] = math.Floor(avgYear), spread(years)
	}
	if len(stars) > 0 {
		x["userAvgRating"], x["userRatingStddev"] = average(stars), spread(stars)
		x["userShrunkenRating"] += average(stars) * float64(len(stars)) / (float64(len(stars)) + 5)
	}
	genres := c.Genres[e.row]
	for _, g := range genres {
		x["genreAffinity"] += liked[g] / max(1, positives) / float64(len(genres))
		if len(biases[g]) > 0 {
			n := float64(len(biases[g]))
			x["genreBias"] += average(biases[g]) * n / (n + 5) / float64(len(genres))
		}
	}
	x["yearDistance"] = math.Log(1 + math.Abs(v.year(e.row)-avgYear))
	x["yearFromLast"] = x["yearDistance"]
	if len(h) > 0 {
		v.last(x, e, h, moment)
	}
	x["movieRatingOffset"] = x["movieAvgRating"] - k.mean
	x["userRatingOffset"] = x["userAvgRating"] - k.mean
	x["ratingSum"] = x["movieAvgRating"] + x["userAvgRating"]
	x["shrunkenRatingSum"] = x["movieShrunkenRating"] + x["userShrunkenRating"]
	x["userBias"] = bias
	x["baselineRating"] = x["movieShrunkenRating"] + bias
	x["expectedRating"] = x["baselineRating"] + x["genreBias"]
	return x
}

// last adds what depends on the newest event of history h.
func (v *naive) last(x map[string]float64, e event, h []event, moment int64) {
	c, l := v.d.Catalog, h[len(h)-1]
	x["yearFromLast"] = math.Log(1 + math.Abs(v.year(e.row)-v.year(l.row)))
	x["transitionFromLast"] = math.Log(1 + 500*v.follows(moment, l.row, e.row))
	union := map[uint8]int{}
	for _, g := range slices.Concat(c.Genres[e.row], c.Genres[l.row]) {
		union[g]++
	}
	for _, n := range union {
		if n == 2 {
			x["genreOfLast"] += 1 / float64(len(union))
		}
	}
	x["secondsSinceLast"] = float64(e.at - l.at)
	for i, next := len(h)-1, e.at; i >= 0 && next-h[i].at <= 3600; i-- {
		next = h[i].at
		x["sittingEvents"]++
		x["sittingSeconds"] = float64(e.at - next)
	}
}

// ids recomputes the features with ids, each with as many values as there are.
func (v *naive) ids(user, at int) map[string][]int32 {
	c := v.d.Catalog
	e := v.own[user][at]
	x := map[string][]int32{"movieId": {int32(e.row)}, "userId": {int32(user)}}
	for _, g := range c.Genres[e.row] {
		x["movieGenres"] = append(x["movieGenres"], int32(g))
	}
	liked := make([]int, len(c.GenreNames))
	h := v.history(user, at)
	slices.Reverse(h)
	for _, e := range h {
		x["userHistory"] = append(x["userHistory"], int32(e.row))
		x["userHistoryStars"] = append(x["userHistoryStars"], int32(2*e.stars))
		genre := int32(-1)
		if len(c.Genres[e.row]) > 0 {
			genre = int32(c.Genres[e.row][0])
		}
		x["userHistoryGenre"] = append(x["userHistoryGenre"], genre)
		if e.stars == 0 || e.stars >= 3.5 {
			x["userRatedMovies"] = append(x["userRatedMovies"], int32(e.row))
			for _, g := range c.Genres[e.row] {
				liked[g]++
			}
		}
	}
	for range 5 {
		best := int32(-1)
		for g, n := range liked {
			if n > 0 && (best < 0 || n > liked[best]) {
				best = int32(g)
			}
		}
		if best >= 0 {
			x["userGenres"] = append(x["userGenres"], best)
			liked[best] = 0
		}
	}
	for name, several := range map[string]string{"movieGenre": "movieGenres", "userGenre": "userGenres", "userRatedMovie": "userRatedMovies"} {
		for i := range min(5, len(x[several])) {
			x[name+string(rune('1'+i))] = x[several][i : i+1]
		}
	}
	return x
}

// everything returns columns that show every feature as it is.
func everything() []feature.Column {
	columns := []feature.Column{MultiHot("movieGenres", 3), MultiHot("userGenres", 5), OneHot("movieId"), OneHot("userId")}
	for _, s := range []string{"userRatedMovies", "userHistory", "userHistoryStars", "userHistoryGenre"} {
		columns = append(columns, Sequence(s, 20))
	}
	for i := '1'; i <= '5'; i++ {
		columns = append(columns, OneHot("userGenre"+string(i)), OneHot("userRatedMovie"+string(i)))
		if i <= '3' {
			columns = append(columns, OneHot("movieGenre"+string(i)))
		}
	}
	return columns
}

// numericNames returns the numeric features that a column can read.
func numericNames() []string {
	var names []string
	for s := feature.Source(0); s.Numeric(); s++ {
		if _, ok := feature.SourceOf(s.String()); ok {
			names = append(names, s.String())
		}
	}
	return names
}

// differences returns the features of s that are not what v computes, row by
// row, and how many there are.
func differences(t interface{ Fatal(...any) }, s *Set, v *naive, frozen int64) (texts []string) {
	schema, err := Fit(everything(), s)
	if err != nil {
		t.Fatal(err)
	}
	var b feature.Batch
	rows := make([]int32, s.Len())
	scores := map[string][]float32{}
	for _, name := range numericNames() {
		scores[name] = s.Scores(name)
	}
	for i := range rows {
		rows[i] = int32(i)
	}
	s.Encoder(schema).Encode(rows, &b)
	for i := range rows {
		user, at := int(s.Users[i]), int(s.At[i])-s.d.Start[s.Users[i]]
		want := v.numbers(user, at, frozen)
		for _, name := range numericNames() {
			tolerance := 2e-5 * max(1, math.Abs(want[name]))
			switch name {
			case "movieTrend":
				tolerance = 0.006 // the decayed count has eight significant bits
			case "yearDistance":
				tolerance = 1e-4 // as the mean year has 24
			}
			if got := float64(scores[name][i]); !(math.Abs(got-want[name]) <= tolerance) {
				texts = append(texts, fmt.Sprintf("row %d: %s = %g, want %g", i, name, got, want[name]))
			}
		}
		ids := v.ids(user, at)
		for k, f := range schema.Fields() {
			want := make([]int32, f.Slots)
			for j := range want {
				if want[j] = -1; j < len(ids[f.Name]) {
					want[j] = ids[f.Name][j]
				}
			}
			if got := b.IDs[k][i*f.Slots : (i+1)*f.Slots]; !slices.Equal(got, want) {
				texts = append(texts, fmt.Sprintf("row %d: %s = %v, want %v", i, f.Name, got, want))
			}
		}
	}
	return texts
}

// middle returns the moment of the interaction in the middle of the log.
func middle(d *dataset.Dataset) int64 { return cuts(d, 0.5)[0] }

// TestTimeTravel recomputes every feature of every row from the log, as of the
// row's moment, and of rows whose crowd stands still from the middle of the log on.
func TestTimeTravel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := randomLog(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)))
		v := newNaive(d)
		if len(v.log) == 0 {
			return
		}
		for _, frozen := range []int64{Never, middle(d)} {
			s := New(d, between(d, 0, Never, 3.5), frozen)
			if s.Len() == 0 {
				return
			}
			for _, text := range differences(t, s, v, frozen) {
				t.Error(text)
			}
		}
	})
}

// TestTimeTravelOverTheWindow does so for users with more events than features see.
func TestTimeTravelOverTheWindow(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 2, Users: 12, Items: 300, Interactions: 1200, Groups: 3})
	s := New(d, between(d, 0, Never, 4), Never)
	var rows []int32
	for i, at := range s.At {
		if place := int(at) - d.Start[s.Users[i]]; place > 95 && place%7 == 0 {
			rows = append(rows, int32(i))
		}
	}
	if len(rows) < 20 {
		t.Fatalf("only %d rows lie behind a full window", len(rows))
	}
	for _, text := range differences(t, s.Select(rows), newNaive(d), Never) {
		t.Error(text)
	}
}

// TestTimeTravelIsNoticed compares the rows with naive ones that look a little
// into the future: if that went unnoticed, TestTimeTravel would prove nothing.
func TestTimeTravelIsNoticed(t *testing.T) {
	d := randomLog(rand.New(rand.NewPCG(4, 1)))
	for name, peek := range map[string]func(v *naive){
		"one interaction of the crowd":          func(v *naive) { v.crowdPeek = 1 },
		"what others did in the same second":    func(v *naive) { v.sameMoment = true },
		"the user's own opinion in the row":     func(v *naive) { v.ownPeek = 1 },
		"less of the user than there was to it": func(v *naive) { v.ownPeek = -1 },
	} {
		for _, frozen := range []int64{Never, middle(d)} {
			v := newNaive(d)
			peek(v)
			s := New(d, between(d, 0, Never, 3.5), frozen)
			if len(differences(t, s, v, frozen)) == 0 {
				t.Errorf("a row that knows %s is taken for one that does not", name)
			}
		}
	}
}
