package engine

import (
	"math"

	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// vectorTaste is the share of taste, against genres, in the vectors that tell
// how different two items of a list are.
const vectorTaste = 0.5

// width returns the length of an item's vector: D of taste and one a genre.
func (e *Engine) width() int { return e.bundle.Retrieval.Out.Cols + len(e.catalog.GenreNames) }

// Describe returns the unit vectors, [n×width], of n items: half output vector
// of the retrieval model, half genres weighted by their inverse document
// frequency. The inner product of two is 0.5·cosine + 0.5·cosine; an item
// without one half lives on the other.
func (e *Engine) Describe(rows []catalog.Row) []float32 {
	d, width := e.bundle.Retrieval.Out.Cols, e.width()
	vectors := make([]float32, len(rows)*width)
	for i, r := range rows {
		v := vectors[i*width : (i+1)*width]
		taste, story := e.inverse[r], e.genres.norm[r]
		if story > 0 {
			story = 1 / story
		}
		if taste > 0 && story > 0 {
			taste *= float32(math.Sqrt(vectorTaste))
			story *= float32(math.Sqrt(1 - vectorTaste))
		}
		row, _ := e.bundle.Retrieval.Out.Row(int(r))
		for c, x := range row {
			v[c] = float32(x) * taste
		}
		s := e.genres
		for _, t := range s.terms[s.start[r]:s.start[r+1]] {
			v[d+int(t)] = s.idf[t] * story
		}
	}
	return vectors
}

// distance returns 1 minus the inner product of the i-th and the j-th of vectors.
func (e *Engine) distance(vectors []float32, i, j int) float32 {
	width := e.width()
	return 1 - vec.Dot(vectors[i*width:(i+1)*width], vectors[j*width:])
}
