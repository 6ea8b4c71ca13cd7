package dataset

import "sparrow/wasm/catalog"

// What becomes of rows of the same user and item.
const (
	RepeatsAuto   = ""       // newest where the newest row has a rating, which replaces older ones, else sum
	RepeatsSum    = "sum"    // weights are added up, so that n plays weigh n; time and rating are the newest
	RepeatsNewest = "newest" // all but the newest are dropped
)

// sums adds up the weights of one user's repeated pairs. It adds in full
// precision: a thousand times a little is a lot, which codes would round off.
type sums struct {
	mode  string
	kept  []int32   // [N] place of the row of an item that stays
	total []float64 // [N] 0 for a pair that was not repeated
	rows  []catalog.Row
}

func newSums(items int, mode string) *sums {
	return &sums{mode: mode, kept: make([]int32, items), total: make([]float64, items)}
}

// keep notes that e[k] stays.
func (s *sums) keep(e []Interaction, k int) { s.kept[e[k].Row] = int32(k) }

// add adds the weight of old to that of the row in e which stays, and reports
// whether it does.
func (s *sums) add(e []Interaction, old Interaction) bool {
	stays := e[s.kept[old.Row]]
	if s.mode == RepeatsNewest || s.mode == RepeatsAuto && stays.Stars > 0 {
		return false
	}
	if s.total[old.Row] == 0 {
		s.total[old.Row] = weightOf(stays.Confidence)
		s.rows = append(s.rows, old.Row)
	}
	s.total[old.Row] += weightOf(old.Confidence)
	return true
}

// flush stores the sums in e, which is all that the user did.
func (s *sums) flush(e []Interaction) {
	for _, r := range s.rows {
		e[s.kept[r]].Confidence = codeOf(s.total[r])
		s.total[r] = 0
	}
	s.rows = s.rows[:0]
}
