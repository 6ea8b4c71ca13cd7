package command

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/pipeline"
)

// TestSequenceBundle goes the whole way with the model of sequences and further ranking
// models, in one go and in steps, and asks what comes of it.
func TestSequenceBundle(t *testing.T) {
	in, dir := written(t, brief), t.TempDir()
	b := filepath.Join(dir, "one.bundle")
	flags := []string{"--retrieval", "sequence", "--models", "Wide & Deep,DIN", "--width", "17", "--epochs", "8"} // of a width that two heads do not divide
	out, _ := call(t, append([]string{"bundle", "--input", in, "--out", b, "--json"}, flags...)...)
	var p pipeline.Packed
	if err := json.Unmarshal([]byte(out), &p); err != nil {
		t.Fatal(err)
	}
	figures := map[string]float32{}
	for _, m := range p.Metrics {
		figures[m.Name] = m.Value
	}
	exact, shipped := figures["NDCG@10 retrieved float32"], figures["NDCG@10 retrieved"]
	if exact == 0 || shipped < 0.9*exact || shipped > 1.1*exact {
		t.Errorf("NDCG@10 of retrieval is %g as float32 and %g as int8", exact, shipped)
	}

	work := filepath.Join(dir, "work")
	steps := filepath.Join(dir, "steps.bundle")
	call(t, "prepare", "--input", in, "--work", work)
	call(t, append([]string{"train", "--work", work}, flags...)...)
	call(t, "pack", "--work", work, "--out", steps)
	one, _ := os.ReadFile(b)
	if two, err := os.ReadFile(steps); err != nil || !bytes.Equal(one, two) {
		t.Errorf("in steps the bundle has other bytes (%v)", err)
	}

	if out, _ := call(t, "inspect", "--bundle", b); !strings.Contains(out, "self-attention (retrieval)") || !strings.Contains(out, "60 × 17 int8 of ±31,") || !strings.Contains(out, "DIN") {
		t.Errorf("inspect does not show the networks:\n%s", out)
	}
	card, _ := call(t, "inspect", "--bundle", b, "--card")
	for _, want := range []string{"# Model card: ", "self-attention (retrieval)", "60 × 17 int8 of ±31,", "DIN (pointwise)", "of 90 users with 60 items", "| NDCG@10 ranked | 0.", "## Limits"} {
		if !strings.Contains(card, want) {
			t.Errorf("the card lacks %q:\n%s", want, card)
		}
	}
	var list []similarFigure
	out, _ = call(t, "similar", "--bundle", b, "--item", "2", "--k", "4", "--json")
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 4 {
		t.Fatalf("similar: %v in %s", err, out)
	}
	for _, s := range list {
		if (atoi(s.ID)-1)%brief.Groups != 1 {
			t.Errorf("similar to item 2: %+v is of another group", s)
		}
	}
	// Trained once more for another protocol, it is the same kind of model.
	if _, said := call(t, "evaluate", "--bundle", b, "--input", in, "--protocol", "time-split", "--no-baselines"); strings.Contains(said, "warning") {
		t.Errorf("evaluate by time-split: %s", said)
	}
}
