//go:build !js

package engine_test

import (
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// inParts returns the bundle of [asked] as two files, after harm to it.
func inParts(t *testing.T, harm func(*bundle.Bundle)) (first, supplement []byte) {
	t.Helper()
	b := asked()
	harm(b)
	first, supplement, err := bundle.EncodeParts(b)
	if err != nil {
		t.Fatal(err)
	}
	return first, supplement
}

// TestTheSecondFileComesLater: lists need the first file alone; a further model
// answers once the second one is there.
func TestTheSecondFileComesLater(t *testing.T) {
	first, supplement := inParts(t, func(*bundle.Bundle) {})
	whole, err := bundle.Encode(asked())
	if err != nil {
		t.Fatal(err)
	}
	of, err := engine.Open(whole)
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.Open(first)
	if err != nil {
		t.Fatal(err)
	}
	if e.Lacks() == nil || len(e.Models()) != 0 {
		t.Errorf("the first file lacks %v and has models %q", e.Lacks(), e.Models())
	}
	list := func(e *engine.Engine, model string) []engine.Recommendation {
		return e.Recommend(engine.Query{History: feature.History{{Row: 3, Stars: 5}}, K: 10, Model: model})
	}
	if !slices.EqualFunc(list(of, ""), list(e, ""), same) {
		t.Error("lists differ without the second file")
	}
	if err := e.Extend(supplement); err != nil {
		t.Fatal(err)
	}
	if e.Lacks() != nil || !slices.Equal(e.Models(), []string{"Oldest"}) {
		t.Errorf("with the second file it lacks %v and has models %q", e.Lacks(), e.Models())
	}
	if !slices.EqualFunc(list(of, "Oldest"), list(e, "Oldest"), same) || !slices.EqualFunc(list(of, ""), list(e, ""), same) {
		t.Error("lists differ from those of one file")
	}
}

// TestACardAloneIsNotMissed: a second file without models changes no answer.
func TestACardAloneIsNotMissed(t *testing.T) {
	first, supplement := inParts(t, func(b *bundle.Bundle) {
		b.Meta.Card, b.Pointwise = "# A card", nil
		for i := range b.Golden {
			b.Golden[i].Scores = b.Golden[i].Scores[:2]
		}
	})
	e, err := engine.Open(first)
	if err != nil {
		t.Fatal(err)
	}
	if len(supplement) == 0 || e.Lacks() != nil {
		t.Errorf("with a second file of %d bytes, without models, it lacks %+v", len(supplement), e.Lacks())
	}
}

func same(a, b engine.Recommendation) bool { return a.Row == b.Row && a.Score == b.Score }

// TestASecondFileOfOtherAnswersIsRefused, and the engine goes on without it.
func TestASecondFileOfOtherAnswersIsRefused(t *testing.T) {
	first, supplement := inParts(t, func(b *bundle.Bundle) { b.Golden[0].Scores[2][0]++ })
	e, err := engine.Open(first)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Extend(supplement); err == nil || !strings.Contains(err.Error(), "Oldest says") {
		t.Errorf("Extend = %v, want … Oldest says …", err)
	}
	if e.Lacks() == nil || len(e.Models()) != 0 {
		t.Error("the second file was refused and is there")
	}
}
