//go:build !js

package ui

import (
	"maps"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"sparrow/wasm/vocabulary"
)

// spoken has pages speak of v for the rest of the test.
func spoken(t *testing.T, v vocabulary.Vocabulary) (unused []string) {
	t.Helper()
	t.Cleanup(func() { Speak(new(vocabulary.Vocabulary)) })
	return Speak(&v)
}

// all returns every text of w but the names of genres, by name.
func (w *words) all() map[string]string {
	texts, v := map[string]string{}, reflect.ValueOf(w).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.String {
			texts[v.Type().Field(i).Name] = f.String()
		}
	}
	maps.Copy(texts, w.features)
	maps.Copy(texts, w.lab)
	return texts
}

// bracketed finds the name of a noun that stands where the noun should.
var bracketed = regexp.MustCompile(`\[\w+\]`)

// TestEveryNounOfTheTextsIsKnown: what a text names in brackets is a noun of its language.
func TestEveryNounOfTheTextsIsKnown(t *testing.T) {
	for lang, w := range languages {
		for name, text := range w.all() {
			if bracketed.MatchString(text) {
				t.Errorf("%s: %s says %q", lang, name, text)
			}
		}
	}
}

// TestNoTextIsOfOneKindOfCatalog: the app's own texts speak of no films, whatever is in the
// catalog; the words of a kind are in its vocabulary alone.
func TestNoTextIsOfOneKindOfCatalog(t *testing.T) {
	of := regexp.MustCompile(`(?i)\b(films?|movies?|cinema|directors?|watch(ed|ing)?|watchlist|viewers?|screening|books?|records?|posters?)\b|MovieLens|影片|电影|片名|片单|片库|片子|影院|导演|演员|观众|观看|海报|图书|唱片`)
	for lang, w := range languages {
		for name, text := range w.all() {
			if of.MatchString(text) {
				t.Errorf("%s: %s says %q", lang, name, text)
			}
		}
	}
}

func TestSpeak(t *testing.T) {
	no := false
	unused := spoken(t, vocabulary.Vocabulary{
		Name: "Paper Moon", Path: "/book/{id}", Years: &no,
		Nouns:  map[string]map[string]string{"en": {"item": "book", "items": "books", "keep": "reading list"}, "zh": {"item": "书", "measure": "本", "quotes": "《》"}},
		Texts:  map[string]map[string]string{"en": {"pickFirst": "Open this [item] first", "found": "many", "way:taste": "Liking", "none": "?"}, "zh": {"rated": "{mean}"}},
		Genres: map[string]map[string]string{"zh": {"Krimi": "侦探"}},
	})
	for _, c := range []struct{ got, want string }{
		{english.Skip, "Skip to the books"},
		{english.Watchlist, "Reading list"},
		{english.About, "Paper Moon recommends books inside your browser: nothing you like leaves your device unless you want it to, and it works with the network off."},
		{english.PickFirst, "Open this book first"},
		{english.Found, "{n} books"}, // the other text would not say how many
		{english.lab["way:taste"], "Liking"},
		{chinese.SearchNone, "没有找到这本书"},
		{chinese.title("Kant"), "《Kant》"},
		{chinese.genre("Krimi"), "侦探"},
		{chinese.genre("Crime"), "犯罪"},
		{ItemURL("zh", "7"), "/zh/book/7"},
		{parseRoute(at(t, "/book/7")).page, "item"},
		{parseRoute(at(t, "/item/7")).page, "missing"},
		{ManifestOf("en").Name, "Paper Moon"},
		{strings.Join(unused, "\n"), "texts: en: found must fill in {n} and nothing else\ntexts: en: the app has no text none\ntexts: zh: rated must fill in {mean}, {n} and nothing else"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
