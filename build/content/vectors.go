package content

import (
	"math"
	"math/rand/v2"
	"strings"
	"unicode"

	"sparrow/wasm/catalog"
)

// How much each kind of content weighs: the engine's shares where it says by what
// two items are alike (wasm/engine/similar.go).
const (
	genreShare, decadeShare, tagShare, wordShare = 0.4, 0.1, 0.2, 0.3
)

// rounds is how often the space of the vectors is refined.
const rounds = 8

// Vectors returns a vector of length 1 for each item of c, [N×d], from its genres,
// decade, tags and words of its title; zeros for an item without any. The inner
// product of two is near to a mean of the cosines of their genres, tags and so on,
// where what few items have counts most (TF-IDF). It is what a catalog can say
// before people have said anything.
//
// It is latent semantic analysis (Deerwester et al., 1990): the items' weighted sets
// of features, projected on the d directions in which they differ most, which
// subspace iteration finds (Halko, Martinsson and Tropp, SIAM Review 2011,
// algorithm 4.4) from a start that seed draws.
func Vectors(c *catalog.Catalog, d int, seed uint64) []float32 {
	return newTerms(c).vectors(d, seed)
}

// vectors returns the items' vectors of length 1, [N×d]; zeros for an item without any feature.
func (x *terms) vectors(d int, seed uint64) []float32 {
	n := len(x.index)
	rng := rand.New(rand.NewPCG(seed, 0))
	space, image := newColumns(d, x.size), newColumns(d, n)
	for _, column := range space {
		for i := range column {
			column[i] = rng.NormFloat64()
		}
	}
	for range rounds {
		orthonormal(space)
		x.project(image, space)
		x.back(space, image)
	}
	orthonormal(space)
	x.project(image, space)
	vectors := make([]float32, n*d)
	for r := range n {
		var squares float64
		for _, column := range image {
			squares += float64(column[r] * column[r])
		}
		if squares < 1e-12 {
			continue
		}
		for i, column := range image {
			vectors[r*d+i] = float32(column[r] / math.Sqrt(squares))
		}
	}
	return vectors
}

// terms are the items' weighted sets of features.
type terms struct {
	size  int
	index [][]int32
	value [][]float64
}

func newTerms(c *catalog.Catalog) *terms {
	n := c.Len()
	x := &terms{index: make([][]int32, n), value: make([][]float64, n)}
	x.kind(genreShare, func(r int) (list []int32) {
		for _, g := range c.Genres[r] {
			list = append(list, int32(g))
		}
		return list
	})
	x.kind(decadeShare, func(r int) []int32 {
		if c.Years[r] == 0 {
			return nil
		}
		return []int32{int32(decade(c.Years[r]))}
	})
	x.kind(tagShare, func(r int) (list []int32) {
		for _, t := range c.Tags[r] {
			list = append(list, int32(t))
		}
		return list
	})
	x.words(wordShare, func(r int) []string { return wordsOf(beforeBrackets(c.Titles[r])) })
	return x
}

// words adds the words of texts as features of one kind.
func (x *terms) words(share float64, of func(r int) []string) {
	ids := make(map[string]int32)
	x.kind(share, func(r int) (list []int32) {
		for _, word := range of(r) {
			id, ok := ids[word]
			if !ok {
				id = int32(len(ids))
				ids[word] = id
			}
			list = append(list, id)
		}
		return list
	})
}

// kind adds features of one kind, of which item r has those that of returns. An
// item's together have the share as their squared length.
func (x *terms) kind(share float64, of func(r int) []int32) {
	lists, count := make([][]int32, len(x.index)), []float64(nil)
	for r := range lists {
		lists[r] = of(r)
		for _, t := range lists[r] {
			for int(t) >= len(count) {
				count = append(count, 0)
			}
			count[t]++
		}
	}
	rarity := func(t int32) float64 { return math.Log1p(float64(len(lists)) / count[t]) }
	for r, list := range lists {
		var squares float64
		for _, t := range list {
			squares += float64(rarity(t) * rarity(t))
		}
		for _, t := range list {
			x.index[r] = append(x.index[r], int32(x.size)+t)
			x.value[r] = append(x.value[r], rarity(t)*math.Sqrt(share/squares))
		}
	}
	x.size += len(count)
}

// beforeBrackets returns a title without what it adds in brackets.
func beforeBrackets(title string) string {
	if i := strings.IndexByte(title, '('); i > 0 {
		return title[:i]
	}
	return title
}

// wordsOf returns the words of a text in lower case, each once. A character of a script that is
// written without spaces is one.
func wordsOf(text string) (list []string) {
	seen := map[string]bool{}
	add := func(word string) {
		if word != "" && !seen[word] {
			seen[word] = true
			list = append(list, word)
		}
	}
	word := ""
	for _, c := range strings.ToLower(text) {
		switch alone := c >= 0x2e80 && unicode.IsLetter(c); {
		case alone:
			add(word)
			add(string(c))
			word = ""
		case unicode.IsLetter(c), unicode.IsDigit(c), unicode.IsMark(c):
			word += string(c)
		default:
			add(word)
			word = ""
		}
	}
	add(word)
	return list
}

// project stores X·space in image, both by columns.
func (x *terms) project(image, space [][]float64) {
	for c, column := range space {
		for r, index := range x.index {
			var sum float64
			for k, i := range index {
				sum += float64(x.value[r][k] * column[i])
			}
			image[c][r] = sum
		}
	}
}

// back stores Xᵀ·image in space.
func (x *terms) back(space, image [][]float64) {
	for c, column := range image {
		clear(space[c])
		for r, index := range x.index {
			for k, i := range index {
				space[c][i] += float64(x.value[r][k] * column[r])
			}
		}
	}
}

func newColumns(n, length int) [][]float64 {
	columns := make([][]float64, n)
	for i := range columns {
		columns[i] = make([]float64, length)
	}
	return columns
}

// orthonormal makes columns orthogonal and of length 1, by Gram and Schmidt, twice
// for precision; a column that the ones before it span becomes zero.
func orthonormal(columns [][]float64) {
	for i, x := range columns {
		before := dot(x, x)
		for range 2 {
			for _, y := range columns[:i] {
				by := dot(x, y)
				for k := range x {
					x[k] -= float64(by * y[k])
				}
			}
		}
		length := dot(x, x)
		if length <= 1e-20*before || length == 0 {
			clear(x)
			continue
		}
		scale := 1 / math.Sqrt(length)
		for k := range x {
			x[k] *= scale
		}
	}
}

func dot(x, y []float64) (sum float64) {
	for i, v := range x {
		sum += float64(v * y[i])
	}
	return sum
}
