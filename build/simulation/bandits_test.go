package simulation

import (
	"reflect"
	"runtime"
	"testing"
)

// TestWhoeverExploresEarnsMore plays a few worlds: those who learn are between chance and the
// one who knows, and get better as they learn; the same seed gives the same on any number of processors.
func TestWhoeverExploresEarnsMore(t *testing.T) {
	c := Small(300, 8, 1)
	play := func(procs int) []Earned {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		return Play(c, nil, Trials(), 6, 1500, 3, 1)
	}
	all := play(2)
	if !reflect.DeepEqual(all, play(1)) {
		t.Error("the same seed gives other figures on another number of processors")
	}
	of := map[string]Earned{}
	for _, e := range all {
		of[e.Name] = e
	}
	chance, knows := of["chance"].All, of["knows the crowd"].All
	for _, name := range []string{"ε-greedy, 10 %", "LinUCB", "Thompson sampling"} {
		e := of[name]
		if e.All < chance+0.3*(knows-chance) || e.All > knows {
			t.Errorf("%s earns %.3f, chance %.3f, who knows %.3f", name, e.All, chance, knows)
		}
		if e.Parts[2] <= e.Parts[0] {
			t.Errorf("%s does not get better: %.3f", name, e.Parts)
		}
	}
}
