package command

import (
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	for _, verb := range []string{"fetch", "sample", "bundle", "prepare", "train", "pack", "evaluate", "recommend", "similar", "neighbors", "lists", "inspect", "feedback", "trending", "compare", "bandits", "night", "import", "export", "ranker"} {
		if out, _ := call(t, verb, "--help"); !strings.Contains(out, "Examples:\n") || !strings.Contains(out, "go run ./build "+verb) {
			t.Errorf("%s --help shows no example:\n%s", verb, out)
		}
	}
}
