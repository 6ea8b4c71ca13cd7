//go:build !js

package engine_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// inParts returns the bundle of [asked] as two files, after harm to it.
func inParts(t *testing.T, harm func(*bundle.Bundle)) (first, supplement []byte) {
	t.Helper()
	b := asked()
	harm(b)
	first, supplement, err := bundle.EncodeParts(b, nil)
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

// cut returns the bundle of [asked], of whose transitions the first file has the two
// strongest of each item, and the golden answers without the others.
func cut() (b *bundle.Bundle, early []bundle.Golden) {
	b = asked()
	b.First = 2
	without := *b.Early()
	without.Pointwise = nil
	return b, []bundle.Golden{engine.New(&without).Judge(b.Golden[0].History, 10)}
}

// TestTheRestOfTheListsComesLater: the first file answers its own golden questions with
// short lists, and with the second one an engine answers every question as one that had
// all from the beginning; what is similar is the same throughout.
func TestTheRestOfTheListsComesLater(t *testing.T) {
	b, early := cut()
	first, supplement, err := bundle.EncodeParts(b, early)
	if err != nil {
		t.Fatal(err)
	}
	one, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := engine.Open(one)
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.Open(first)
	if err != nil {
		t.Fatal(err)
	}
	lists, err := engine.OpenLists(first)
	if err != nil {
		t.Fatal(err)
	}
	if e.Lacks() == nil || lists.Lacks() == nil {
		t.Error("the rest of the lists is not missed")
	}
	histories := []feature.History{nil, {{Row: 3, Stars: 5}}, {{Row: 3, Stars: 5}, {Row: 8, Stars: 4, At: 90}, {Row: 5, Stars: 5, At: 99}}}
	differ := func() (n int) {
		for _, h := range histories {
			q := engine.Query{History: h, K: 10}
			x, y := whole.Recommend(q), e.Recommend(q)
			if !slices.EqualFunc(x, y, same) {
				n++
			}
			whole.Attribute(h, nil, x)
			e.Attribute(h, nil, y)
			if n == 0 && !slices.Equal(x, y) {
				t.Errorf("reasons for %v differ", h)
			}
		}
		return n
	}
	similar := func(of *engine.Engine) (all [][]engine.Similar) {
		for r := range of.Catalog().Len() {
			all = append(all, of.Similar(catalog.Row(r), 10))
		}
		return all
	}
	want := similar(whole)
	if n := differ(); n == 0 {
		t.Error("lists do not tell whether the second file is there")
	}
	if !reflect.DeepEqual(similar(e), want) || !reflect.DeepEqual(similar(lists), want) {
		t.Error("what is similar changes without the second file")
	}
	if err := e.Extend(supplement); err != nil {
		t.Fatal(err)
	}
	if n := differ(); n != 0 || e.Lacks() != nil {
		t.Errorf("with the second file %d lists differ from those of one file, and it lacks %v", n, e.Lacks())
	}
	if !reflect.DeepEqual(similar(e), want) {
		t.Error("what is similar changes with the second file")
	}
}

// TestARestOfOtherAnswersIsRefused, and lists stay those of the first file.
func TestARestOfOtherAnswersIsRefused(t *testing.T) {
	b, early := cut()
	b.Golden[0].Scores[1][4]++
	first, supplement, err := bundle.EncodeParts(b, early)
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.Open(first)
	if err != nil {
		t.Fatal(err)
	}
	q := engine.Query{History: feature.History{{Row: 3, Stars: 5}}, K: 10}
	before := e.Recommend(q)
	if err := e.Extend(supplement); err == nil || !strings.Contains(err.Error(), "the ranker says") {
		t.Errorf("Extend = %v, want … the ranker says …", err)
	}
	if !slices.EqualFunc(before, e.Recommend(q), same) || e.Lacks() == nil {
		t.Error("the second file was refused and changed a list")
	}
	early[0].Scores[1][4]++
	if first, _, err = bundle.EncodeParts(b, early); err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Open(first); err == nil || !strings.Contains(err.Error(), "the ranker says") {
		t.Errorf("Open of a first file with other answers = %v", err)
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
