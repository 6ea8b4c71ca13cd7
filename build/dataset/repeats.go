package dataset

import "sparrow/wasm/catalog"

// What becomes of rows of the same user and item.
const (
	RepeatsAuto   = ""       // newest where the newest row has a rating, which replaces older ones, else sum
	RepeatsSum    = "sum"    // weights are added up, so that n plays weigh n; time and rating are the newest
	RepeatsNewest = "newest" // all but the newest are dropped
)

// sums adds up the weights of one user's repeated pairs, of which older ones fade. It
// adds in full precision: a thousand times a little is a lot, which codes would round
// off.
//
// Where a file has kinds of events, an interaction of its own stands for all that the
// user did with the item: the sum of the weights of its events. It counts in full where
// one of these does, and then its sum says how sure it is; else in part, by its sum.
type sums struct {
	mode  string
	w     *weighing
	done  *done     // nil where the file has no kinds
	kept  []int32   // [N] place of the row of an item that stays
	total []float64 // [N] 0 for a pair that was not repeated
	rows  []catalog.Row

	whole []bool        // [N] the pair has an event that counts in full
	back  []float64     // [N] pieces that returns still take back
	sent  []catalog.Row // whose back is not 0
}

func newSums(items int, mode string, w *weighing, d *done) *sums {
	s := &sums{mode: mode, w: w, done: d, kept: make([]int32, items), total: make([]float64, items)}
	if d != nil {
		s.whole, s.back = make([]bool, items), make([]float64, items)
	}
	return s
}

// takeBack takes the pieces of a purchase off that the user returned later, and reports
// whether something of e is left. e comes before all that it was called with.
func (s *sums) takeBack(e *Interaction) bool {
	if s.done == nil {
		return true
	}
	switch kind(e.Part) {
	case returned:
		if s.back[e.Row] == 0 {
			s.sent = append(s.sent, e.Row)
		}
		s.back[e.Row] += weightOf(e.Confidence)
		return false
	case purchase:
		if back := s.back[e.Row]; back > 0 {
			pieces := weightOf(e.Confidence)
			s.back[e.Row] = max(0, back-pieces)
			if pieces-back < rounding*pieces {
				s.done.takenBack++
				return false
			}
			e.Confidence = codeOf(pieces - back)
		}
	}
	return true
}

// rounding is more than what codes round off, as a share.
const rounding = .01

// counts returns what an event counts for before it fades, and whether that is in full.
func (s *sums) counts(e Interaction) (weight float64, whole bool) {
	weight = weightOf(e.Confidence)
	if s.done == nil || s.done.top == 0 || e.Part == uint8(noKind) || e.Stars > 0 {
		return weight, true
	}
	own := s.w.weight[e.Part] / s.done.top
	return weight * own, own >= 1
}

// keep notes that e[k] stays.
func (s *sums) keep(e []Interaction, k int) {
	r := e[k].Row
	s.kept[r] = int32(k)
	if s.done != nil {
		s.total[r], s.whole[r] = s.counts(e[k])
		s.rows = append(s.rows, r)
	}
}

// add adds the weight of old to that of the row in e which stays, and reports
// whether it does.
func (s *sums) add(e []Interaction, old Interaction) bool {
	stays := &e[s.kept[old.Row]]
	if s.mode == RepeatsNewest || s.mode == RepeatsAuto && stays.Stars > 0 {
		return false
	}
	if s.total[old.Row] == 0 {
		s.total[old.Row], _ = s.counts(*stays)
		s.rows = append(s.rows, old.Row)
	}
	weight, whole := s.counts(old)
	s.total[old.Row] += s.w.faded(weight, old.At, stays.At)
	if s.done != nil {
		s.whole[old.Row] = s.whole[old.Row] || whole
		if stays.Stars == 0 { // a view after a rating takes no stars off
			stays.Stars = old.Stars
		}
	}
	return true
}

// flush stores the sums in e, which is all that the user did.
func (s *sums) flush(e []Interaction) {
	for _, r := range s.rows {
		i := &e[s.kept[r]]
		switch {
		case s.done == nil:
			i.Confidence = codeOf(s.total[r])
		case s.whole[r]:
			i.Part, i.Confidence = 0, codeOf(s.total[r])
		default:
			i.Part, i.Confidence = PartBelow(s.total[r]), mean
		}
		s.total[r] = 0
	}
	s.rows = s.rows[:0]
	for _, r := range s.sent {
		if s.back[r] > rounding {
			s.done.unbought++
		}
		s.back[r] = 0
	}
	s.sent = s.sent[:0]
}
