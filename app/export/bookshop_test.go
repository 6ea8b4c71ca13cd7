package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sparrow/app/ui"
	"sparrow/build/bundledir"
	"sparrow/build/embedding"
	"sparrow/build/pipeline"
	"sparrow/build/sample"
	"sparrow/wasm/session"
	"sparrow/wasm/vocabulary"
)

// cinematic finds words that are said of films and of nothing else that is sold or played.
var cinematic = regexp.MustCompile(`(?i)\b(films?|movies?|cinemas?|directors?|watch(ed|es|ing)?|watchlist|viewers?|screenings?|actors?)\b|MovieLens|影片|电影|片名|片单|片库|片子|影院|放映|导演|演员|观众|观看|上映|海报|看片`)

// quiet is a run of the builder that no one looks at.
type quiet struct{}

func (quiet) Stage(string) func(done, of int) { return func(int, int) {} }
func (quiet) Stop()                           {}
func (quiet) Say(string, ...any)              {}

// shopOf returns the bundle of a made-up catalog, whose vectors mean nothing.
func shopOf(t *testing.T, name string) []byte {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(t.Context(), name, dir, sample.Options{Seed: 1, Items: 120, People: 60}); err != nil {
		t.Fatal(err)
	}
	d, _, err := pipeline.DefaultInput(dir).Read(t.Context(), quiet{})
	if err != nil {
		t.Fatal(err)
	}
	const width = 8
	v := &embedding.Vectors{Figures: embedding.Figures{Width: width, From: width, Levels: 127}}
	r := rand.New(rand.NewPCG(1, 1))
	for range d.Catalog.Len() {
		v.Has = append(v.Has, true)
		for range width {
			v.Values = append(v.Values, r.Float32()/width)
		}
	}
	out := filepath.Join(dir, "bundle") + "/"
	if _, err := (pipeline.Options{Seed: 1, Index: "none"}).Import(t.Context(), quiet{}, d, v, out); err != nil {
		t.Fatal(err)
	}
	data, _, err := bundledir.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestAShopSpeaksOfWhatItSells reads every page of the bookshop's site and of the music
// magazine's, in both languages: no text and no address is about films.
func TestAShopSpeaksOfWhatItSells(t *testing.T) {
	for _, shop := range []struct{ name, site, root, english, chinese string }{
		{"books", "Lindenhof Books", "/book/", "books", "图书"},
		{"music", "Groove Notes", "/record/", "records", "唱片"},
	} {
		t.Run(shop.name, func(t *testing.T) {
			t.Cleanup(func() { ui.Speak(new(vocabulary.Vocabulary)) })
			data := shopOf(t, shop.name)
			s, err := session.Open(data)
			if err != nil {
				t.Fatal(err)
			}
			v, err := vocabularyOf(data)
			if err != nil {
				t.Fatal(err)
			}
			c := exportCommand{Items: 40, Feedback: true, vocabulary: *v}
			out := buildOf(t, s, &c)
			if len(c.said) > 0 {
				t.Errorf("the exporter says %q", c.said)
			}
			logo := out.Assets()["logo.svg"]
			decades := 0
			pages, items := 0, 0
			for _, path := range out.Paths() {
				if !strings.HasSuffix(path, ".html") {
					continue
				}
				pages++
				if strings.Contains(path, shop.root) {
					items++
				}
				decades += bytes.Count(out.File(path), []byte(`id="decade`))
				for _, text := range textsOf(t, out.File(path)) {
					if found := cinematic.FindString(text); found != "" {
						t.Errorf("%s says %q in %.200q", path, found, text)
					}
				}
			}
			if decades > 0 {
				t.Errorf("%d choices of a decade in a shop that has none of years or does not offer it", decades)
			}
			if pages < 90 || items != 80 {
				t.Errorf("%d pages, %d of them of items, want 80 of 40 items", pages, items)
			}
			for path, want := range map[string][]string{
				"/index.html": {shop.site, shop.english, `href="` + logo + `" rel="icon"`}, "/zh/index.html": {shop.site, shop.chinese}, "/manifest.webmanifest": {shop.site, shop.english, `"src": "` + logo + `"`},
				"/shell.json": {`"items":"` + shop.root + `"`, `"` + shop.root + `"`}, "/demo/index.html": {`value="` + shop.root + `{id}"`},
				out.Assets()["app.js"]: {`"` + shop.root + `{id}"`}, out.Assets()["app.css"]: {"--on-accent:", ".mark{background:url(" + logo + ")"},
			} {
				for _, text := range want {
					if !bytes.Contains(out.File(path), []byte(text)) {
						t.Errorf("%s lacks %s", path, text)
					}
				}
			}
			for _, path := range out.Paths() {
				if found := cinematic.Find(out.File(path)); found != nil && (strings.HasSuffix(path, ".demo.js") || strings.HasSuffix(path, ".webmanifest")) {
					t.Errorf("%s says %q", path, found)
				}
			}
		})
	}
}

// TestTheWidgetIsOfNoKindOfCatalog reads what the widget and the loaders say.
func TestTheWidgetIsOfNoKindOfCatalog(t *testing.T) {
	for _, path := range []string{"widget/words/en.js", "widget/words/zh.js", "js/loader-words.js", "js/compile.js", "demo/index.html"} {
		text, err := os.ReadFile(filepath.Join("../../static", path))
		if err != nil {
			t.Fatal(err)
		}
		if found := cinematic.Find(text); found != nil {
			t.Errorf("static/%s says %q", path, found)
		}
	}
}

// textsOf returns what a page says and where it leads: its texts and the values of
// attributes, but of those that only style sheets and scripts read.
func textsOf(t *testing.T, page []byte) (texts []string) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent.DataAtom != atom.Script {
			texts = append(texts, n.Data)
		}
		for _, a := range n.Attr {
			if a.Key != "class" && a.Key != "id" && !strings.HasPrefix(a.Key, "data-") {
				texts = append(texts, a.Val)
			}
		}
	}
	return texts
}
