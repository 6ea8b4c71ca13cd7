package main

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sparrow/app/ui"
	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
	"sparrow/wasm/vocabulary"
)

// spoken are the classes of elements in which a page says why something is shown,
// and its title.
var spoken = []string{"card-why", "hero-why", "row-title", "page-title"}

// said returns what a page says in elements of the classes, by class.
func said(t *testing.T, page []byte) map[string][]string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "class" && slices.Contains(spoken, a.Val) {
				all[a.Val] = append(all[a.Val], strings.TrimSpace(textOf(n)))
			}
		}
	}
	return all
}

// demo returns a session over the project's demo bundle, and the bundle.
func demo(t *testing.T) (*session.Session, *bundle.Bundle) {
	t.Helper()
	b, data, err := bundledir.Open(filepath.Join("..", "..", "data", "demo"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	v, err := vocabularyOf(data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ui.Speak(new(vocabulary.Vocabulary)) })
	if unused := ui.Speak(v); len(unused) > 0 {
		t.Errorf("the demo's vocabulary has texts that are not used: %q", unused)
	}
	return s, b
}

// TestNoItemIsSaidToBeLikeTheVisitor asks for the page of every item of the demo,
// also of those that get no file: a stranger's reasons are all of likeness, or of
// the crowd. TestEveryKindOfReasonHasWords holds what these kinds say.
func TestNoItemIsSaidToBeLikeTheVisitor(t *testing.T) {
	s, b := demo(t)
	cards, given := 0, map[string]int{}
	for _, id := range b.Catalog.IDs {
		a := s.Answer(protocol.Request{Verb: protocol.Item, ID: id, K: 16})
		if len(a.Shelves) > 0 {
			t.Errorf("%s: a stranger is given %d shelves of what they like", id, len(a.Shelves))
		}
		for _, c := range a.Cards {
			cards++
			if len(c.Why) == 0 {
				given["none"]++
			}
			for i, w := range c.Why {
				if i == 0 {
					given[w.Kind]++
				}
				if !strings.HasPrefix(w.Kind, "same-") {
					t.Errorf("%s is like %s because of %+v", c.ID, id, w)
				}
			}
		}
	}
	t.Logf("first reasons of %d cards: %v", cards, given)
	if given["none"] > cards/20 {
		t.Errorf("%d of %d cards give no reason", given["none"], cards)
	}
}
