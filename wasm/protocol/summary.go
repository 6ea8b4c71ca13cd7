package protocol

import (
	"errors"

	"sparrow/wasm/wire"
)

// Summary is what the page of the visitor's taste says in figures. What too little is known of is 0 or nil:
// the fewest that each figure takes stand beside the fields.
type Summary struct {
	Liked float32 // how many items that they like, or gave 4 stars or more
	Rated float32 // how many items that they gave stars, where items differ in their stars

	// What they liked, rated or have seen, by when they said so: a year or, where all is of one, a month.
	Periods []string  // ascending without a gap, "2024" or "2024-03", at most MostPeriods; nil for fewer than two
	Entries []float32 // of each period: how many
	Earlier float32   // entries before the first period
	Genres  []string  // those of the most entries first, at most MostBands
	Decades []string  // "1990", ascending, those of the most entries, at most MostBands
	Parts   []float32 // what of each period's entries is of a genre and then of a decade, 0 to 1: [(genres + decades)×periods]

	// How deep in the catalog, by how well known an item is: the share of items that are at least as well known.
	Depth      float32 // at least half of what they liked lies no deeper; from FewestLiked likes on
	CrowdDepth float32 // the same of all that the crowd did; 0 where it did nothing

	// Their stars beside the crowd's mean, as cards show it, of Compared items that have both.
	Compared float32
	Beyond   float32 // mean of theirs minus the crowd's; from FewestRated on, as the next two
	Doubt    float32 // standard error of Beyond
	Follows  float32 // correlation of the two; 0 where one of them does not vary
	Least    float32 // with Most: the 95 % interval of Follows
	Most     float32

	// Stars that they might give, of the items in ID.
	Guesses  []float32 // parallel to Cards; nil below FewestRated
	Off      float32   // four of five guesses of their own ratings, each made from the others, are this close
	MeanOff  float32   // mean distance of these guesses
	CrowdOff float32   // mean distance of the crowd's mean, in the place of these guesses
	Tested   float32   // how many guesses these are of
}

// What a Summary takes.
const (
	FewestLiked = 5
	FewestRated = 10
	MostPeriods = 12
	MostBands   = 5
)

// figures are the fields that are one number, in the order in which they are written.
func (s *Summary) figures() []*float32 {
	return []*float32{&s.Liked, &s.Rated, &s.Earlier, &s.Depth, &s.CrowdDepth, &s.Compared, &s.Beyond, &s.Doubt, &s.Follows, &s.Least, &s.Most, &s.Off, &s.MeanOff, &s.CrowdOff, &s.Tested}
}

// Append appends the summary's bytes to dst.
func (s *Summary) Append(dst []byte) []byte {
	w := &wire.Writer{Buf: dst}
	var all []float32
	for _, v := range s.figures() {
		all = append(all, *v)
	}
	f := w.Fields()
	numbers(&f, "f", all)
	texts(&f, "p", s.Periods)
	numbers(&f, "e", s.Entries)
	texts(&f, "g", s.Genres)
	texts(&f, "d", s.Decades)
	numbers(&f, "h", s.Parts)
	numbers(&f, "s", s.Guesses)
	f.Close()
	return w.Buf
}

// DecodeSummary reads what [Summary.Append] wrote, and fails on anything else and on figures that do not
// belong together.
func DecodeSummary(b []byte) (*Summary, error) {
	s, r := new(Summary), wire.NewReader(b)
	for range r.Map() {
		switch r.Str() {
		case "f":
			all, to := floats(r), s.figures()
			for i := range min(len(all), len(to)) {
				*to[i] = all[i]
			}
		case "p":
			s.Periods = strings[string](r)
		case "e":
			s.Entries = floats(r)
		case "g":
			s.Genres = strings[string](r)
		case "d":
			s.Decades = strings[string](r)
		case "h":
			s.Parts = floats(r)
		case "s":
			s.Guesses = floats(r)
		default:
			r.Skip()
		}
	}
	r.End()
	if len(s.Entries) != len(s.Periods) || len(s.Parts) != len(s.Periods)*(len(s.Genres)+len(s.Decades)) {
		r.Fail("columns of unequal length")
	}
	if r.Err() != nil {
		return nil, errors.New("protocol: summary: " + r.Err().Error())
	}
	return s, nil
}
