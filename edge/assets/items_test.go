//go:build !js

package assets

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestItemsThatDoNotExist holds that the edge answers 404 where the newest
// bundle has no such item, and never where that is not known.
func TestItemsThatDoNotExist(t *testing.T) {
	site, err := NewSite(writeSite(t, map[string]string{"shell.json": `{"languages":["/zh"],"routes":["/browse","/movie/"],"items":"/movie/"}`}))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	check := func(when string, want map[string]int) {
		t.Helper()
		for path, status := range want {
			w := get(site, path)
			begins := map[int]string{200: "shell", 404: "nothing"}[status]
			if strings.HasPrefix(path, "/zh/") {
				begins = map[int]string{200: "壳", 404: "没有"}[status]
			}
			if path == "/movie/1" {
				begins = "movie one"
			}
			if w.Code != status || !strings.HasPrefix(w.Body.String(), begins) {
				t.Errorf("%s: GET %s = %d %.20q, want %d %q", when, path, w.Code, w.Body, status, begins)
			}
		}
	}
	check("without bundles", map[string]int{"/movie/none": 200})
	site.Items = NewBundles(dir)
	check("without lists", map[string]int{"/movie/none": 200, "/movie/50": 200})

	golden, err := os.ReadFile("../testdata/similar.lists")
	if err != nil {
		t.Fatal(err)
	}
	hash := strings.Repeat("0123456789abcdef", 4)
	put("similar.lists", string(golden))
	put("latest.json", `{"bundle":"`+hash+`","bytes":1}`)
	check("with lists of an unknown bundle", map[string]int{"/movie/none": 200})
	put("popular.json", `{"bundle":"`+hash+`","items":[]}`)
	check("with lists", map[string]int{
		"/movie/50": 200, "/zh/movie/50": 200, "/movie/a~2fb": 200, "/movie/a%2Fb": 200, "/movie/100~25": 200, "/movie/~e9~9c~b8~e7~8e~8b~e5~88~ab~e5~a7~ac": 200,
		"/movie/1":    200, // rendered in advance
		"/movie/none": 404, "/zh/movie/none": 404, "/movie/none/": 404, "/movie/5": 404, "/movie/50/more": 404, "/browse": 200,
		"/movie/tab~09": 200, "/movie/" + strings.Repeat("x", 256): 200, "/movie/~ff": 200, // no list can be theirs
	})
	put("latest.json", `{"bundle":"`+strings.Repeat("f", 64)+`","bytes":1}`)
	check("with lists of the bundle before", map[string]int{"/movie/none": 200})
	put("latest.json", "{")
	check("with a broken latest.json", map[string]int{"/movie/none": 200})
}

func TestWellKnownIsTheHosts(t *testing.T) {
	site, err := NewSite(writeSite(t, map[string]string{".well-known/security.txt": "Contact: mailto:a@example.org", "shell.json": `{"languages":["/zh"],"routes":["/"]}`}))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/.well-known/security.txt": 200, "/.well-known/change-password": 404, "/.well-known/": 404, "/.well-known": 404, "/.well-known/a/b": 404} {
		w := get(site, path)
		if w.Code != want || strings.Contains(w.Header().Get("Content-Type"), "html") {
			t.Errorf("GET %s = %d %s %.30q, want %d and no page", path, w.Code, w.Header().Get("Content-Type"), w.Body, want)
		}
	}
}
