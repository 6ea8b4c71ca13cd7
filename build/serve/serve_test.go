package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
)

// found returns the items of a search.
func found(hits []catalog.Hit) (rows []catalog.Row) {
	for _, hit := range hits {
		rows = append(rows, hit.Row)
	}
	return rows
}

// put makes the planted bundle of n items the newest of dir and returns its hash.
func put(t testing.TB, dir string, n int) (hash string) {
	t.Helper()
	data, err := bundle.Encode(enginetest.Parity(n))
	if err != nil {
		t.Fatal(err)
	}
	if _, hash, err = bundledir.Write(t.Context(), dir+"/", data); err != nil {
		t.Fatal(err)
	}
	return hash
}

// open serves dir and returns what the server says.
func open(t testing.TB, dir string) (s *Server, said *[]string) {
	t.Helper()
	said = new([]string)
	s, err := Open(dir, 2, nil, func(line string) { *said = append(*said, line) })
	if err != nil {
		t.Fatal(err)
	}
	return s, said
}

// ask sends a request; with a body it is POST.
func ask(h http.Handler, path, body string) *httptest.ResponseRecorder {
	method, w := "GET", httptest.NewRecorder()
	if body != "" {
		method = "POST"
	}
	h.ServeHTTP(w, httptest.NewRequest(method, path, strings.NewReader(body)))
	return w
}

func idsOf(t *testing.T, body io.Reader) (ids []catalog.ID) {
	t.Helper()
	var l list
	if err := json.NewDecoder(body).Decode(&l); err != nil {
		t.Fatal(err)
	}
	for _, it := range l.Items {
		ids = append(ids, it.ID)
	}
	return ids
}

// TestAnswersAreTheEngines compares lists with what the engine answers.
func TestAnswersAreTheEngines(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, 60)
	s, _ := open(t, dir)
	h, b := s.Handler(), enginetest.Parity(60)
	e := engine.New(b)
	ids := func(rows []catalog.Row) (ids []catalog.ID) {
		for _, r := range rows {
			ids = append(ids, b.Catalog.IDs[r])
		}
		return ids
	}
	western, err := e.Where("genre=Western", catalog.None)
	if err != nil {
		t.Fatal(err)
	}
	western = slices.Clone(western)
	similar := func(r catalog.Row, k int, among []uint64) (rows []catalog.Row) {
		for _, s := range e.SimilarAmong(r, k, among) {
			rows = append(rows, s.Row)
		}
		return rows
	}
	recommend := func(q engine.Query) (rows []catalog.Row) {
		q.Filter.Genre = engine.AllGenres
		for _, r := range e.Recommend(q) {
			rows = append(rows, r.Row)
		}
		return rows
	}
	for _, c := range []struct {
		path, body string
		want       []catalog.Row
	}{
		{"/v1/similar/1", "", similar(0, 10, nil)},
		{"/v1/similar/8?k=3", "", similar(7, 3, nil)},
		{"/v1/similar/8?k=4&filter=genre%3DWestern", "", similar(7, 4, western)},
		{"/v1/search?q=even+1&k=2", "", found(e.Search("even 1", 2))},
		{"/v1/recommend", `{}`, recommend(engine.Query{K: 10, Variety: .2})},
		{"/v1/recommend", `{"likes":["1","5"],"k":7}`, recommend(engine.Query{K: 7, Variety: .2, History: feature.History{{Row: 0, Stars: 5}, {Row: 4, Stars: 5}}})},
		{"/v1/recommend", `{"history":[{"item":"1","at":20},{"item":"2","stars":1,"at":10}],"variety":0}`, recommend(engine.Query{K: 10, History: feature.History{{Row: 1, Stars: 1, At: 10}, {Row: 0, At: 20}}})},
		{"/v1/recommend", `{"ratings":[{"item":"1","stars":4.5}],"dislikes":["3"],"exclude":["5"]}`, recommend(engine.Query{K: 10, Variety: .2, History: feature.History{{Row: 0, Stars: 4.5}}, Disliked: []catalog.Row{2}, Exclude: []catalog.Row{4, 2}})},
		{"/v1/recommend", `{"history":[{"item":"1"},{"item":"3"}],"repeat":["3"]}`, recommend(engine.Query{K: 10, Variety: .2, History: feature.History{{Row: 0}, {Row: 2}}, Again: []catalog.Row{2}})},
	} {
		w := ask(h, c.path, c.body)
		if w.Code != 200 {
			t.Errorf("%s %s = %d %s", c.path, c.body, w.Code, w.Body)
			continue
		}
		if diff := cmp.Diff(ids(c.want), idsOf(t, w.Body)); diff != "" {
			t.Errorf("%s %s (-engine +served):\n%s", c.path, c.body, diff)
		}
	}
}

// TestNewestIsServed: a newer bundle takes the place of the one before, and what cannot be
// served is said once, until it can.
func TestNewestIsServed(t *testing.T) {
	dir := t.TempDir()
	first := put(t, dir, 40)
	s, said := open(t, dir)
	h := s.Handler()
	check := func(when, hash, trouble string, lines int) {
		t.Helper()
		var got health
		if err := json.Unmarshal(ask(h, "/v1/health", "").Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if got.Bundle != hash || !strings.Contains(got.Trouble, trouble) || trouble == "" && got.Trouble != "" || len(*said) != lines {
			t.Errorf("%s: %+v, %q; want bundle %.12s, trouble %q and %d lines", when, got, *said, hash, trouble, lines)
		}
	}
	check("at first", first, "", 1)
	s.refresh()
	check("where nothing changes", first, "", 1)
	second := put(t, dir, 44)
	s.refresh()
	check("a newer one", second, "", 2)
	if err := bundledir.AmendLatest(t.Context(), dir, map[string]any{"trending": true}); err != nil {
		t.Fatal(err)
	}
	s.refresh()
	check("the same one with trends", second, "", 2)
	third := put(t, dir, 48)
	name := filepath.Join(dir, third+".bundle")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data[:len(data)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s.refresh()
		check("half a bundle", second, "does not have the content", 3)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	s.refresh()
	check("all of it", third, "", 4)
	if err := os.Remove(filepath.Join(dir, "latest.json")); err != nil {
		t.Fatal(err)
	}
	s.refresh()
	check("without latest.json", third, "latest.json", 5)
}

// TestNoRequestFailsMeanwhile asks while bundles are replaced.
func TestNoRequestFailsMeanwhile(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, 40)
	s, _ := open(t, dir)
	h := s.Handler()
	ctx, stop := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	for i := range 4 {
		asking.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				for path, body := range map[string]string{
					"/v1/similar/7": "", "/v1/search?q=odd": "", "/v1/recommend": `{"likes":["3"],"because":true}`,
					"/v1/batch": `{"requests":[{"similar":{"item":"5","filter":"genre=same"}},{"recommend":{"likes":["2"]}}]}`,
				} {
					if w := ask(h, path, body); w.Code != 200 {
						t.Errorf("asker %d, round %d: %s = %d %s", i, n, path, w.Code, w.Body)
						return
					}
				}
			}
		})
	}
	for n := range 6 {
		put(t, dir, 40+4*(n%2+1))
		s.refresh()
	}
	stop()
	asking.Wait()
}

// TestBusy: a request whose sender goes while all engines are busy is refused, and the
// engine that answers next is not lost.
func TestBusy(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, 40)
	s, _ := open(t, dir)
	p := s.served.Load()
	a, b := <-p.idle, <-p.idle
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/v1/similar/1", nil).WithContext(gone))
	if w.Code != busy || w.Header().Get("Retry-After") == "" {
		t.Errorf("without an engine: %d %s %v", w.Code, w.Body, w.Header())
	}
	p.idle <- a
	p.idle <- b
	if w := ask(s.Handler(), "/v1/similar/1", ""); w.Code != 200 {
		t.Errorf("with engines: %d %s", w.Code, w.Body)
	}
}

// TestRun: a server answers on a listener, and ends without an error when it is told to.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	hash := put(t, dir, 40)
	s, _ := open(t, dir)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Run(ctx, listener) }()
	answer, err := http.Get(fmt.Sprintf("http://%s/v1/health", listener.Addr()))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(body), hash) {
		t.Errorf("health = %s (%v)", body, err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Run = %v", err)
	}
}

// TestOpenRefuses what does not serve.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"nothing": "", "latest.json": `{"bundle":"x"}`} {
		if text != "" {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Open(dir, 1, nil, func(string) {}); err == nil {
			t.Errorf("a folder with %s is served", name)
		}
	}
}

// TestPanic: what fails is 500 and said, and the server goes on.
func TestPanic(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, 40)
	s, said := open(t, dir)
	w := ask(s.recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("planted") })), "/", "")
	if w.Code != 500 || !strings.Contains(strings.Join(*said, "\n"), "planted") {
		t.Errorf("after a panic: %d %s, %q", w.Code, w.Body, *said)
	}
}
