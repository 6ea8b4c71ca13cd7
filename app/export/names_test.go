package main

import (
	"encoding/json"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sparrow/app/site"
	"sparrow/app/ui"
	"sparrow/app/ui/uitest"
	"sparrow/edge/assets"
	"sparrow/wasm/catalog"
)

// hostile returns the texts of wasm/catalog/testdata: ids that lead out of a
// folder, end a name, mean a device, or look like another.
func hostile(t *testing.T) (texts []string) {
	t.Helper()
	raw, err := os.ReadFile("../../wasm/catalog/testdata/segments.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []struct{ Text string }
	if err := json.Unmarshal(raw, &all); err != nil || len(all) < 200 {
		t.Fatalf("%d texts, want 200 or more: %v", len(all), err)
	}
	for _, one := range all {
		texts = append(texts, one.Text)
	}
	return texts
}

// TestNoIdLeadsOutOfTheSite writes the site of a catalog whose ids and genres are
// all hostile, beside files of others, and asks the edge for every page.
func TestNoIdLeadsOutOfTheSite(t *testing.T) {
	ids := hostile(t)
	session := uitest.Planted(len(ids))
	for i, id := range ids {
		c := &session.Cards[i]
		c.ID, c.Title, c.Genres = catalog.ID(id), "Item number "+strconv.Itoa(i)+".", []string{ids[(i+1)%len(ids)]}
	}
	built := exportedOf(t, session, exportCommand{Items: len(ids)})
	outer := t.TempDir()
	for _, name := range []string{"index.html", "victim/index.html"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(outer, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(outer, name), []byte("theirs"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(outer, "deep", "er", "out")
	if err := built.Write(out, 0, func(string) {}); err != nil {
		t.Fatal(err)
	}
	err := fs.WalkDir(os.DirFS(outer), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(name, "deep/er/out/") && name != "index.html" && name != "victim/index.html" {
			t.Errorf("%s was written outside of the site", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "victim/index.html"} {
		if text, _ := os.ReadFile(filepath.Join(outer, name)); string(text) != "theirs" {
			t.Errorf("%s of someone else was overwritten", name)
		}
	}

	edge, err := assets.NewSite(out)
	if err != nil {
		t.Fatal(err)
	}
	own := 0
	for i, id := range ids {
		for _, lang := range []string{"en", "zh"} {
			link := ui.ItemURL(lang, catalog.ID(id))
			w := httptest.NewRecorder()
			edge.ServeHTTP(w, httptest.NewRequest("GET", link, nil))
			body := w.Body.String()
			title := strings.Contains(body, ">Item number "+strconv.Itoa(i)+".</h1>")
			switch {
			case w.Code != 200:
				t.Errorf("id %q: GET %s = %d", id, link, w.Code)
			case title:
				own++
			case !strings.Contains(body, `class="shell"`):
				t.Errorf("id %q: GET %s is another's page: %.80q", id, link, body)
			}
		}
		w := httptest.NewRecorder()
		edge.ServeHTTP(w, httptest.NewRequest("GET", ui.GenreURL("en", id), nil))
		if w.Code != 200 {
			t.Errorf("genre %q: %d", id, w.Code)
		}
	}
	if own < 2*200 {
		t.Errorf("%d of %d pages were rendered in advance, want 400 or more", own, 2*len(ids))
	}
}

// TestPagesThatShareAFileHaveNone holds that a host without case never answers
// with the page of another item.
func TestPagesThatShareAFileHaveNone(t *testing.T) {
	session := uitest.Planted(4)
	for i, id := range []catalog.ID{"abc", "ABC", "plain", catalog.ID(strings.Repeat("x", 241))} {
		session.Cards[i].ID = id
	}
	paths, shy := addresses(session, 3)
	text := strings.Join(paths, " ")
	if shy != 2 || strings.Contains(strings.ToLower(text), "/abc") || !strings.Contains(text, "/item/plain") {
		t.Errorf("%d items without a page of their own, want 2; pages %q", shy, paths)
	}
	if _, shy := addresses(session, 4); shy != 3 {
		t.Errorf("%d items without a page of their own, want 3 with the one whose name is too long", shy)
	}
	if paths, _ := addresses(session, 1); strings.Contains(strings.Join(paths, " "), "/item/abc") {
		t.Error("the page of an item shares a file with that of an item that has none")
	}
}

// exportedOf is exported with another session and command.
func exportedOf(t *testing.T, s ui.Session, c exportCommand) *site.Site {
	t.Helper()
	return buildOf(t, s, &c)
}

// buildOf is exportedOf, and leaves in c what the command says at its end.
func buildOf(t *testing.T, s ui.Session, c *exportCommand) *site.Site {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"app.wasm", "engine.wasm"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c.Static, c.AppWasm, c.EngineWasm = "../../static", filepath.Join(dir, "app.wasm"), filepath.Join(dir, "engine.wasm")
	built, err := c.build(s, []byte("a bundle"))
	if err != nil {
		t.Fatal(err)
	}
	return built
}
