//go:build !js

package engine_test

import (
	"slices"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/live"
)

// TestAnOverlayStaysWhenTheSecondFileComes: lists are then those of a bundle of one file with
// the same overlay, and after a file that does not fit they are what they were.
func TestAnOverlayStaysWhenTheSecondFileComes(t *testing.T) {
	first, supplement := inParts(t, func(*bundle.Bundle) {})
	b := asked()
	whole, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	o := &live.Overlay{Items: []live.Item{{ID: "3", Hidden: true}}, New: []live.New{{ID: "n", Title: "Even n", Genres: []string{"Comedy"}}}}
	e, err := engine.Open(first)
	if err != nil {
		t.Fatal(err)
	}
	of, err := engine.Open(whole)
	if err != nil {
		t.Fatal(err)
	}
	e.Overlay(o)
	of.Overlay(o)
	list := func(e *engine.Engine) []engine.Recommendation {
		return e.Recommend(engine.Query{History: feature.History{{Row: 3, Stars: 5}}, Filter: engine.Filter{Genre: engine.AllGenres}, K: 10})
	}
	before := list(e)
	if err := e.Extend(supplement[1:]); err == nil || !slices.EqualFunc(list(e), before, same) {
		t.Errorf("Extend of a file that does not fit: %v", err)
	}
	if err := e.Extend(supplement); err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(list(of), list(e), same) || e.Catalog().Len() != of.Catalog().Len() {
		t.Errorf("with the second file and the overlay the list is\n%v, want\n%v", rowsOf(list(e)), rowsOf(list(of)))
	}
}
