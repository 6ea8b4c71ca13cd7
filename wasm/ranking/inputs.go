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
	in, out    *quant.Matrix
	candidate  []feature.Numeric // those of Model.Features that differ between candidates
	user       []feature.Numeric // the rest of them
	candidates int               // C
	users      int               // U
}

func newInputs(m *Model, in, out *quant.Matrix) inputs {
	s := inputs{model: m, in: in, out: out}
	for _, name := range m.Features {
		f, ok := feature.NumericOf(name)
		switch {
		case !ok:
			panic("ranking: a model that was not checked")
		case f.Side() == feature.OfUser:
			s.user = append(s.user, f)
		default:
			s.candidate = append(s.candidate, f)
		}
	}
	s.candidates, s.users = m.sides(out.Cols)
	return s
}

// readItem stores the candidate side, [C], in dst.
func (s *inputs) readItem(dst []float32, v *feature.Item) {
	m := s.model
	for i, f := range s.candidate {
		dst[i] = (v.Numeric[f] - m.Mean[i]) / m.Deviation[i]
	}
	dst = s.genres(dst[len(s.candidate):], v.Genres[:])
	nn.Embed(dst, s.out, m.OutScale, int(v.Row))
}

// readUser stores the user side, [U], in dst.
func (s *inputs) readUser(dst []float32, u *feature.User) {
	m, n := s.model, len(s.candidate)
	for i, f := range s.user {
		dst[i] = (u.Numeric[int(f)-feature.CandidateNumerics] - m.Mean[n+i]) / m.Deviation[n+i]
	}
	dst = s.genres(dst[len(s.user):], u.Genres[:])
	for _, r := range u.Items {
		nn.Embed(dst[:s.in.Cols], s.in, m.InScale, int(r))
		dst = dst[s.in.Cols:]
	}
}

// genres stores the embeddings of genres (genre+1, 0 for none) and returns the
// rest of dst.
func (s *inputs) genres(dst []float32, genres []uint16) []float32 {
	width := s.model.Genre.Cols
	for _, g := range genres {
		nn.Embed(dst[:width], &s.model.Genre, 1, int(g))
		dst = dst[width:]
	}
	return dst
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
			all = append(all, span{feature: numbered(name, k), width: s.model.Genre.Cols, genre: int(g) - 1, row: catalog.None})
		}
	}
	for _, f := range s.candidate {
		numeric(f, v.Numeric[f])
	}
	genres(feature.ItemGenre, v.Genres[:])
	all = append(all, span{feature: feature.ItemID, width: s.out.Cols, genre: -1, row: v.Row})
	for _, f := range s.user {
		numeric(f, u.Numeric[int(f)-feature.CandidateNumerics])
	}
	genres(feature.UserGenre, u.Genres[:])
	for k, r := range u.Items {
		all = append(all, span{feature: numbered(feature.UserRatedItem, k), width: s.in.Cols, genre: -1, row: r})
	}
	return all
}

// numbered returns name and k+1: "userGenre1".
func numbered(name string, k int) string { return name + string(rune('1'+k)) }
