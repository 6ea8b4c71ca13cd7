package poster

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/wasm/catalog"
)

// drawn is an item as static/widget/cover.js draws it.
type drawn struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Year   int      `json:"year"`
	Genres []string `json:"genres"`
}

// TestTheWidgetDrawsTheSame compares the covers of app and widget, byte by byte:
// of every item of the demo, and of made-up ones in other scripts, without a
// year, a genre or a title.
func TestTheWidgetDrawsTheSame(t *testing.T) {
	b, _, err := bundledir.Open("../../data/demo")
	if err != nil {
		t.Fatal(err)
	}
	c := b.Catalog
	ranks := c.GenreRanks()
	var items []drawn
	for r := range c.Len() {
		genres := []string{}
		for _, g := range c.Specific(nil, catalog.Row(r), ranks) {
			genres = append(genres, c.GenreNames[g])
		}
		items = append(items, drawn{string(c.IDs[r]), c.Titles[r], int(c.Years[r]), genres})
	}
	rng := rand.New(rand.NewPCG(1, 2))
	words := []string{"The", "Lamp", "A & B", "<i>", `"Q"`, "100%", "Œuvre", "ÉTÉ", "straße", "Кино", "霸王别姬", "さくら", "서울", "🎬", "semi-detached", "either/or", "(a.k.a. Other)", "(Something else entirely)",
		"Donaudampfschifffahrtsgesellschaft", "…", "—", "  ", "\u00a0", "\u0085", "\ufeffx", "\u2028", "I", "ijl", "mMwW"}
	for i := range 6000 {
		item := drawn{ID: []string{"", "a/", "霸", "tt"}[i%4] + strconv.Itoa(i), Genres: []string{}}
		var title []string
		for range rng.IntN(12) {
			title = append(title, words[rng.IntN(len(words))])
		}
		item.Title = strings.Join(title, []string{" ", ""}[rng.IntN(2)])
		if rng.IntN(4) > 0 {
			item.Year = 1880 + rng.IntN(160)
		}
		for range rng.IntN(5) {
			item.Genres = append(item.Genres, append(someGenres, "Children's", "constructor")[rng.IntN(len(someGenres)+2)])
		}
		items = append(items, item)
	}
	text, err := json.Marshal(items)
	if err != nil {
		t.Fatal(err)
	}
	scripts, err := filepath.Glob("../../static/widget/cover*.js") // read here too, so that a change is no cached result
	if err != nil || len(scripts) == 0 {
		t.Fatal(err, scripts)
	}
	for _, name := range scripts {
		if _, err := os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	node := exec.Command("node", "testdata/draw.mjs")
	node.Stdin = bytes.NewReader(text)
	out, err := node.Output()
	var svgs []string
	if err != nil || json.Unmarshal(out, &svgs) != nil || len(svgs) != len(items) {
		t.Fatalf("the widget draws %d of %d covers: %v", len(svgs), len(items), err)
	}
	others := 0
	for i, item := range items {
		if want := SVG(item.ID, item.Title, item.Year, item.Genres); svgs[i] != want {
			if others++; others < 6 {
				t.Errorf("the cover of %+v\nwidget %s\napp    %s", item, svgs[i], want)
			}
		}
	}
	if others > 0 {
		t.Errorf("%d of %d covers are others than the app's", others, len(items))
	}
}
