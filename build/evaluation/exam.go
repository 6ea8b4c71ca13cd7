package evaluation

import (
	"fmt"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// Exam is what recommended lists are judged by after one training.
type Exam struct {
	Protocol string
	Train    *dataset.Dataset // what may be learned from
	Cases    []Case
	Masked   [][]catalog.Row // for each case what may not be recommended besides its history; nil: nothing
	Recall   int             // places of the recall that the protocol's figures have; 0 for none
}

// ListProtocols name what [Examine] knows.
var ListProtocols = []string{"leave-one-out", "time-split", "strangers", "random-ratio"}

// Unordered reports whether the histories or the answers of the protocol called name
// stand in no order, so that a model that counts has no reason to fade older events.
func Unordered(name string) bool {
	return name == "strangers" || name == "random-ratio" || name == "orders"
}

// Examine returns the exam of d by the protocol called name. share is that of the
// interactions for time-split and that of the users for strangers. Draws, from 0, of
// the protocols that draw are each another.
func Examine(d *dataset.Dataset, name string, share float64, draw int) (*Exam, error) {
	const seed = 1
	var err error
	x := &Exam{}
	switch name {
	case "leave-one-out":
		x.Protocol, x.Train, x.Cases = LeaveOneOutName(d), d.WithoutOpinions(1), LeaveOneOut(d)
	case "time-split":
		x.Protocol = fmt.Sprintf("global time split, the newest %g %%", 100*share)
		x.Train, x.Cases, err = TimeSplit(d, share)
		if err == nil {
			unseen, answers := Unseen(x.Train, x.Cases)
			x.Protocol = fmt.Sprintf("%s (%d of %d answers are items that no one had before)", x.Protocol, unseen, answers)
		}
	case "strangers":
		o := DefaultStrangersOptions()
		o.Share, o.Draw, o.Seed = share, draw, seed
		x.Protocol, x.Recall = fmt.Sprintf("strangers, %g %% of the users, a random 20 %% of the likes of each hidden", 100*share), 20
		x.Train, x.Cases, err = Strangers(d, o)
	case "random-ratio":
		x.Protocol, x.Recall = "3 stars and more, random 8:1:1 a user", 10
		x.Train, x.Cases, x.Masked, err = RandomRatio(d, seed, draw)
	default:
		err = fmt.Errorf("evaluation: no protocol is called %q; there are %q", name, ListProtocols)
	}
	return x, err
}
