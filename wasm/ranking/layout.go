package ranking

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// Layout is the order of the inputs of the first layer, for the trainer and for
// the engine: the candidate side, [C], then the user side, [U]. Each begins with its
// numeric features, standardized, and goes on with embeddings: of the item's
// genres and of the item; of the user's genres and of the items that they liked.
type Layout struct {
	Candidate, User []feature.Numeric // numeric features of the two sides
	Mean, Deviation []float32         // of each, candidate side first
	GenreWidth      int               // E
	Width           int               // D, of the retrieval vectors
}

// NewLayout sorts numeric features into the two sides; each keeps its order. Mean
// and Deviation are left to the caller.
func NewLayout(numeric []feature.Numeric, genreWidth, width int) Layout {
	l := Layout{GenreWidth: genreWidth, Width: width}
	for _, f := range numeric {
		if f.Side() == feature.OfUser {
			l.User = append(l.User, f)
		} else {
			l.Candidate = append(l.Candidate, f)
		}
	}
	return l
}

// Sides returns C and U, the widths of the two sides.
func (l *Layout) Sides() (candidate, user int) {
	return len(l.Candidate) + feature.ItemGenres*l.GenreWidth + l.Width,
		len(l.User) + feature.UserGenres*l.GenreWidth + feature.UserItems*l.Width
}

// Embeddings are what the embedded features are looked up in. Each method fills
// dst, with zeros for what there is not.
type Embeddings interface {
	Genre(dst []float32, g int)         // [E]; g is the genre + 1, 0 for none
	Item(dst []float32, r catalog.Row)  // [D], the vector that is retrieved
	Liked(dst []float32, r catalog.Row) // [D], the vector of an item of the history, None for none
}

// ReadItem stores the candidate side of v, [C], in dst.
func (l *Layout) ReadItem(dst []float32, v *feature.Item, e Embeddings) {
	for i, f := range l.Candidate {
		dst[i] = (v.Numeric[f] - l.Mean[i]) / l.Deviation[i]
	}
	dst = l.readGenres(dst[len(l.Candidate):], v.Genres[:], e)
	e.Item(dst, v.Row)
}

// ReadUser stores the user side, [U], in dst.
func (l *Layout) ReadUser(dst []float32, u *feature.User, e Embeddings) {
	n := len(l.Candidate)
	for i, f := range l.User {
		dst[i] = (u.Of(f) - l.Mean[n+i]) / l.Deviation[n+i]
	}
	dst = l.readGenres(dst[len(l.User):], u.Genres[:], e)
	for _, r := range u.Items {
		e.Liked(dst[:l.Width], r)
		dst = dst[l.Width:]
	}
}

// readGenres stores the embeddings of genres in dst and returns the rest of it.
func (l *Layout) readGenres(dst []float32, genres []uint16, e Embeddings) []float32 {
	for _, g := range genres {
		e.Genre(dst[:l.GenreWidth], int(g))
		dst = dst[l.GenreWidth:]
	}
	return dst
}
