package command

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestNoFigureOfWhatHasSeenTheAnswer: of a bundle that was trained on all, evaluate measures what
// the same training makes without the answers, which is what its figures say; where it has
// seen none, itself.
func TestNoFigureOfWhatHasSeenTheAnswer(t *testing.T) {
	in, dir := written(t, brief), t.TempDir()
	all, less, measured := filepath.Join(dir, "all.bundle"), filepath.Join(dir, "less.bundle"), filepath.Join(dir, "measured.bundle")
	out, _ := call(t, "bundle", "--input", in, "--out", all)
	if !strings.Contains(out, "figures of a model that was trained in the same way without each user's last choice") {
		t.Errorf("bundle does not say what its figures are of:\n%s", out)
	}
	if out, _ := call(t, "inspect", "--bundle", all); !strings.Contains(out, "without each user's last choice; this one was trained on all") {
		t.Errorf("inspect does not say what the figures are of:\n%s", out)
	}
	const again = "the same training is run again without them"
	table, said := call(t, "evaluate", "--bundle", all, "--input", in, "--no-baselines")
	if !strings.Contains(said, again) || strings.Contains(said, "warning") {
		t.Errorf("evaluate says of a bundle that has seen the answers:\n%s", said)
	}
	call(t, "bundle", "--input", in, "--out", measured, "--ship", "measured")
	if want, _ := call(t, "evaluate", "--bundle", measured, "--input", in, "--no-baselines"); table != want {
		t.Errorf("evaluate measures\n%s\nwhere the bundle that was measured has\n%s", table, want)
	}
	if _, said := call(t, "evaluate", "--bundle", all, "--input", in, "--no-baselines", "--protocol", "orders"); strings.Contains(said, again) || strings.Contains(said, "warning") {
		t.Errorf("orders looks for no answer, and evaluate says:\n%s", said)
	}

	call(t, "bundle", "--input", in, "--out", less, "--drop-last", "1")
	if _, said := call(t, "evaluate", "--bundle", less, "--input", in, "--no-baselines"); strings.Contains(said, again) || strings.Contains(said, "warning") {
		t.Errorf("evaluate says of a bundle that has seen all but the answers:\n%s", said)
	}
}
