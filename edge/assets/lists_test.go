//go:build !js

package assets

import (
	"bytes"
	"errors"
	"io"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// golden is what the builder writes; it tests its bytes.
const golden = "../testdata/similar.lists"

// writeLists writes the golden similar.lists to dir and returns its lists, as written by hand.
func writeLists(t testing.TB, dir string) map[string]string {
	t.Helper()
	file, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, listsFile), file, 0o644); err != nil {
		t.Fatal(err)
	}
	const heat = `{"id":"50","title":"Heat","year":1995,"genres":["Action","Drama"],"image":"https://img.example/50.jpg?a=1&b=2","url":"https://shop.example/50"}`
	const either, farewell = `{"id":"a/b","title":"Either/Or","year":2001,"genres":["Drama"]}`, `{"id":"霸王别姬","title":"霸王别姬","year":1993,"url":"https://shop.example/霸王别姬"}`
	lists := map[string]string{
		"50":        either + "," + farewell + `,{"id":"say \"hi\"\\","title":"\"Hi\" <b>"}`,
		"a/b":       heat + "," + farewell,
		"霸王别姬":      heat,
		`say "hi"\`: `{"id":"100%","title":"All of It","year":2020,"genres":["Action"]},{"id":"?#&+ é","title":"Marks","year":1950},{"id":"tab\t","title":"Tab","year":1999}`,
		"100%":      "",
		"?#&+ é":    farewell,
	}
	for id, items := range lists {
		lists[id] = `{"bundle":"` + strings.Repeat("0123456789abcdef", 4) + `","items":[` + items + "]}"
	}
	return lists
}

func TestLists(t *testing.T) {
	dir := writeBundles(t)
	lists := writeLists(t, dir)
	s := Serve(nil, NewBundles(dir))
	const missing = "not found\n"
	for _, c := range []struct {
		path        string
		status      int
		body, cache string
	}{
		{"/v1/similar/50.json", 200, lists["50"], aWhile},
		{"/v1/similar/50.json?v=2", 200, lists["50"], aWhile},
		{"/v1/similar/%35%30.json", 200, lists["50"], aWhile},
		{"/v1/similar/a%2Fb.json", 200, lists["a/b"], aWhile},
		{"/v1/similar/a%2fb.json", 200, lists["a/b"], aWhile},
		{"/v1/similar/%E9%9C%B8%E7%8E%8B%E5%88%AB%E5%A7%AC.json", 200, lists["霸王别姬"], aWhile},
		{"/v1/similar/say%20%22hi%22%5C.json", 200, lists[`say "hi"\`], aWhile},
		{"/v1/similar/100%25.json", 200, lists["100%"], aWhile},
		{"/v1/similar/%3F%23%26%2B%20%C3%A9.json", 200, lists["?#&+ é"], aWhile},
		{"/v1/similar/51.json", 204, "", shortly},
		{"/v1/similar/50.json.json", 204, "", shortly},
		{"/v1/similar/" + strings.Repeat("a", 255) + ".json", 204, "", shortly},
		{"/v1/similar/" + strings.Repeat("%61", 255) + ".json", 204, "", shortly},
		{"/v1/similar/" + strings.Repeat("a", 256) + ".json", 404, missing, ""},
		{"/v1/similar/a/b.json", 404, missing, ""},
		{"/v1/similar/50", 404, missing, ""},
		{"/v1/similar/50%2Ejson", 404, missing, ""},
		{"/v1/similar/50.json/", 404, missing, ""},
		{"/v1/similar/.json", 404, missing, ""},
		{"/v1/similar/", 404, missing, ""},
		{"/v1/similar.lists", 404, missing, ""},
		{"/v1/similar/%FF.json", 404, missing, ""},
		{"/v1/similar/%ED%A0%80.json", 404, missing, ""},
		{"/v1/similar/a%00.json", 404, missing, ""},
		{"/v1/similar/tab%09.json", 404, missing, ""},
		{"/v1/similar/%C2%85.json", 404, missing, ""},
		{"/v1/%73imilar/50.json", 404, missing, ""},
		{"/v1/similar%2F50.json", 404, missing, ""},
		{"/v1/similar/..%2Flatest.json", 204, "", shortly},
	} {
		w := get(s, c.path)
		if w.Code != c.status || w.Body.String() != c.body || w.Header().Get("Cache-Control") != c.cache {
			t.Errorf("GET %s = %d %s %q, want %d %s %q", c.path, w.Code, w.Body, w.Header().Get("Cache-Control"), c.status, c.body, c.cache)
		}
		if h := w.Header(); h.Get("Access-Control-Allow-Origin") != "*" && strings.HasPrefix(c.path, listsPath) || c.status == 200 && h.Get("Content-Type") != "application/json" {
			t.Errorf("GET %s has the headers %v", c.path, h)
		}
	}
	// The builder may replace the file, or take it away, at any time.
	other := func(b []byte) []byte { return bytes.Replace(b, []byte("Either/Or"), []byte("Or/Either"), 1) }
	changed := other([]byte(lists["50"]))
	file, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "similar.lists")
	if err := os.WriteFile(name, other(file), 0o644); err != nil {
		t.Fatal(err)
	}
	if w := get(s, "/v1/similar/50.json"); w.Body.String() != string(changed) {
		t.Errorf("a list after a change = %s", w.Body)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if w := get(s, "/v1/similar/50.json"); w.Code != 204 || w.Header().Get("Cache-Control") != shortly {
		t.Errorf("a list of no file = %d %v, want 204", w.Code, w.Header())
	}
}

func TestListMethods(t *testing.T) {
	dir := writeBundles(t)
	list := writeLists(t, dir)["a/b"]
	s := Serve(nil, NewBundles(dir))
	const path = "/v1/similar/a%2Fb.json"
	for method, want := range map[string]int{"HEAD": 200, "OPTIONS": 204, "POST": 405, "PUT": 405, "DELETE": 405} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		if w.Code != want || method == "HEAD" && (w.Body.Len() > 0 || atoi(w.Header().Get("Content-Length")) != len(list)) {
			t.Errorf("%s = %d, %d bytes, %v, want %d", method, w.Code, w.Body.Len(), w.Header(), want)
		}
	}
	tag := get(s, path).Header().Get("ETag")
	for header, want := range map[string]int{tag: 304, `"x", W/` + tag: 304, "*": 304, `"x"`: 200, "": 200} {
		if w := get(s, path, "If-None-Match", header); w.Code != want || want == 304 && w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
			t.Errorf("If-None-Match %q = %d %s, want %d", header, w.Code, w.Body, want)
		}
	}
}

func atoi(s string) (n int) {
	for _, c := range s {
		n = 10*n + int(c-'0')
	}
	return n
}

// listsOf is a file of one bucket, whose parts a test spoils.
type listsOf struct {
	magic            string
	buckets, offsets uint32
	from, to         uint32
	text             string // behind its length
	length           uint16
	entries          string
}

// TestWidget: the widget's script and its types are the site's, where there is one,
// and nothing else below /v1/ is.
func TestWidget(t *testing.T) {
	site, err := NewSite(writeSite(t, map[string]string{"v1/widget.js": "widget", "v1/widget.d.ts": "types", "v1/other.html": "other"}))
	if err != nil {
		t.Fatal(err)
	}
	bundles := NewBundles(writeBundles(t))
	both, alone := Serve(site, bundles), Serve(nil, bundles)
	for path, want := range map[string]string{
		"/v1/widget.js": "widget", "/v1/widget.js?v=1": "widget", "/v1/widget.d.ts": "types", "/v1/trending.json": "{}",
		"/v1/widget%2Ejs": "not found\n", "/v1/other": "not found\n", "/v1/other.html": "not found\n", "/v1/widget": "not found\n",
	} {
		if w := get(both, path); w.Body.String() != want {
			t.Errorf("GET %s = %d %s, want %s", path, w.Code, w.Body, want)
		}
	}
	for _, path := range []string{"/v1/widget.js", "/v1/widget.d.ts"} {
		if w := get(alone, path); w.Code != 404 {
			t.Errorf("GET %s without a site = %d %s, want 404", path, w.Code, w.Body)
		}
	}
}

// FuzzLists reads any file: what is found has the form of a list, and no more than 4 ×
// the file and the id + 3 MiB is allocated. An id survives its address.
func FuzzLists(f *testing.F) {
	file, err := os.ReadFile(golden)
	if err != nil {
		f.Fatal(err)
	}
	for _, id := range []string{"50", "a/b", "霸王别姬", `say "hi"\`, "51", ""} {
		f.Add(file, id)
	}
	good := listsOf{magic: listsMagic, buckets: 1, offsets: 60, from: 68, to: 80, text: `{"id":"2"}`, length: 10, entries: entryOf("1", 0, 48, 48)}
	f.Add(good.bytes(), "1")
	good.from, good.to = 0, 1<<32-1
	f.Add(good.bytes(), "1")
	f.Fuzz(func(t *testing.T, file []byte, id string) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		list, err := findList(bytes.NewReader(file), int64(len(file)), id)
		runtime.ReadMemStats(&after)
		if got, most := after.TotalAlloc-before.TotalAlloc, uint64(4*(len(file)+len(id))+3<<20); got > most {
			t.Errorf("%d bytes allocated for %d, at most %d are allowed", got, len(file), most)
		}
		if err != nil && !errors.Is(err, errEarlier) {
			t.Errorf("a file in memory cannot be read: %v", err)
		}
		if list != nil && !(bytes.HasPrefix(list, []byte(`{"bundle":"`)) && bytes.HasSuffix(list, []byte("}"))) {
			t.Errorf("%q is no list", list)
		}
		for _, form := range []string{".json", ".html"} {
			if got, as := itemOf(listsPath + url.PathEscape(id) + form); as != "" && (got != id || as != form) {
				t.Errorf("id %q is %q, %s once it was an address", id, got, as)
			}
		}
	})
}

// TestListsAreCompressed: who takes Brotli gets a list in fewer bytes, under a tag of its
// own; others get the plain one.
func TestListsAreCompressed(t *testing.T) {
	dir := t.TempDir()
	lists := writeLists(t, dir)
	s := Serve(nil, NewBundles(dir))
	const path = "/v1/similar/50.json"
	plain, packed := get(s, path), get(s, path, "Accept-Encoding", "gzip, br")
	body, err := io.ReadAll(brotli.NewReader(packed.Body))
	if err != nil || string(body) != lists["50"] || packed.Header().Get("Content-Encoding") != "br" {
		t.Errorf("packed %q, unpacked %.20q, %v", packed.Header().Get("Content-Encoding"), body, err)
	}
	if plain.Body.String() != lists["50"] || plain.Header().Get("Content-Encoding") != "" || !strings.Contains(plain.Header().Get("Vary"), "Accept-Encoding") {
		t.Errorf("plain: %.20q, headers %v", plain.Body, plain.Header())
	}
	tag := packed.Header().Get("ETag")
	if tag == plain.Header().Get("ETag") {
		t.Errorf("both have the tag %s", tag)
	}
	if w := get(s, path, "Accept-Encoding", "br", "If-None-Match", tag); w.Code != 304 || w.Body.Len() > 0 {
		t.Errorf("asked again with its tag: %d, %d bytes", w.Code, w.Body.Len())
	}
}
