package ranking

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
)

// inputs turns features into the numbers that the first layer sees.
type inputs struct {
	model      *Model
	layout     Layout
	tables     embeddings
	candidates int // C
	users      int // U
}

func newInputs(m *Model, in, out *quant.Matrix) inputs {
	s := inputs{model: m, layout: m.layout(out.Cols), tables: embeddings{m, in, out}}
	s.candidates, s.users = s.layout.Sides()
	return s
}

// readItem stores the candidate side, [C], in dst.
func (s *inputs) readItem(dst []float32, v *feature.Item) { s.layout.ReadItem(dst, v, &s.tables) }

// readUser stores the user side, [U], in dst.
func (s *inputs) readUser(dst []float32, u *feature.User) { s.layout.ReadUser(dst, u, &s.tables) }

// embeddings are the tables of a bundle as [Embeddings].
type embeddings struct {
	model   *Model
	in, out *quant.Matrix
}

func (t *embeddings) Genre(dst []float32, g int) { nn.Embed(dst, &t.model.Genre, 1, g) }

func (t *embeddings) Item(dst []float32, r catalog.Row) {
	nn.Embed(dst, t.out, t.model.OutScale, int(r))
}

func (t *embeddings) Liked(dst []float32, r catalog.Row) {
	nn.Embed(dst, t.in, t.model.InScale, int(r))
}

// span is the part of the input that belongs to one feature.
type span struct {
	feature string
	width   int
	value   float32     // of a numeric feature
	genre   int         // of a genre feature, else -1
	row     catalog.Row // of an item feature, else None
}

// spans returns the features in the order of the inputs, of one candidate.
func (s *inputs) spans(u *feature.User, v *feature.Item) []span {
	all := make([]span, 0, len(s.model.Features)+feature.ItemGenres+feature.UserGenres+feature.UserItems+1)
	numeric := func(f feature.Numeric, value float32) {
		all = append(all, span{feature: f.String(), width: 1, value: value, genre: -1, row: catalog.None})
	}
	genres := func(name string, of []uint16) {
		for k, g := range of {
			all = append(all, span{feature: numbered(name, k), width: s.layout.GenreWidth, genre: int(g) - 1, row: catalog.None})
		}
	}
	for _, f := range s.layout.Candidate {
		numeric(f, v.Numeric[f])
	}
	genres(feature.ItemGenre, v.Genres[:])
	all = append(all, span{feature: feature.ItemID, width: s.layout.Width, genre: -1, row: v.Row})
	for _, f := range s.layout.User {
		numeric(f, u.Of(f))
	}
	genres(feature.UserGenre, u.Genres[:])
	for k, r := range u.Items {
		all = append(all, span{feature: numbered(feature.UserRatedItem, k), width: s.layout.Width, genre: -1, row: r})
	}
	return all
}

// numbered returns name and k+1: "userGenre1".
func numbered(name string, k int) string { return name + string(rune('1'+k)) }
