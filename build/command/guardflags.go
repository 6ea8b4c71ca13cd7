package command

import (
	"sparrow/build/console"
	"sparrow/build/feedback"
)

// guardFlags are how much of feedback one network may bring. A verb has defaults
// of its own.
type guardFlags struct {
	NetworkVisitors *int   `placeholder:"N" help:"New visitors of one network and day who count, so that no machine that makes visitors up decides; 0 for all (3, in an experiment 1)."`
	NetworkShare    *share `placeholder:"SHARE" help:"The same as a share of the day's, where that is more (0.1%)."`
}

// guard returns the flags as a guard, by default d.
func (f *guardFlags) guard(d feedback.Guard) (feedback.Guard, error) {
	if f.NetworkVisitors != nil {
		d.Visitors = *f.NetworkVisitors
	}
	if f.NetworkShare != nil {
		d.Share = float64(*f.NetworkShare)
	}
	if d.Visitors < 0 {
		return d, console.Usagef("--network-visitors must not be negative")
	}
	return d, nil
}
