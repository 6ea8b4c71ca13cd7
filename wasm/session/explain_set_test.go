package session

import (
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/protocol"
)

// TestLikesOfOneSittingHaveNoLast explains an item to who likes ten in one sitting, and
// to who rates ten, month by month: to the first nothing is said of the last one, in
// whatever way.
func TestLikesOfOneSittingHaveNoLast(t *testing.T) {
	byPlace := func(a protocol.Answer) (plain, inSet, titled int) {
		for _, r := range a.Reasons {
			name, set := strings.CutSuffix(r.Feature, feature.InSet)
			f, ok := feature.NumericOf(name)
			switch {
			case !ok || !f.ByPlace():
				if set {
					t.Errorf("%s is said of a set", r.Feature)
				}
				continue
			case set:
				inSet++
			default:
				plain++
			}
			if r.Value == "Heat" {
				titled++
			}
		}
		return plain, inSet, titled
	}
	ids := []catalog.ID{"1", "32", "50", "110", "260", "296", "318", "356", "593", "6"} // the last one is Heat
	for _, sitting := range []bool{true, false} {
		s := demo(t)
		for i, id := range ids {
			e := protocol.Entry{ID: id, Action: protocol.Like, At: int64(1e9 + 20*i)}
			if !sitting {
				e = protocol.Entry{ID: id, Action: protocol.Rate, Stars: []float32{3, 5}[i%2], At: int64(1e9 + 3e6*i)}
			}
			ask(t, s, protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{e}})
		}
		a := ask(t, s, protocol.Request{Verb: protocol.Explain, ID: "16"})
		plain, inSet, titled := byPlace(a)
		if sitting && (plain > 0 || inSet != 6 || titled > 0) || !sitting && (inSet > 0 || plain != 6 || titled == 0) {
			t.Errorf("one sitting %v: %d features are of the last one, %d of the set, %d name it: %+v", sitting, plain, inSet, titled, a.Reasons)
		}
		if !slices.IsSortedFunc(a.Reasons, func(x, y protocol.Reason) int {
			return int(100000 * (max(y.Contribution, -y.Contribution) - max(x.Contribution, -x.Contribution)))
		}) {
			t.Error("the reasons are not sorted")
		}
	}
}
