//go:build !js

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sparrow/edge/assets"
	"sparrow/edge/changes"
)

// writeKeys writes a file of keys and returns its name.
func writeKeys(t *testing.T, keys ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(name, []byte(strings.Join(keys, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func testChanger(t *testing.T, keyFile string) (c *changer, dir string) {
	t.Helper()
	dir = t.TempDir()
	bundles := assets.NewBundles(dir)
	c, err := newChanger(keyFile, dir, bundles.Live, func(error) {}, assets.Serve(nil, bundles))
	if err != nil {
		t.Fatal(err)
	}
	return c, dir
}

func ask(h http.Handler, method, path, key, body string) *httptest.ResponseRecorder {
	return askFrom(h, method, path, key, body, "")
}

func askFrom(h http.Handler, method, path, key, body, origin string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	if origin != "" {
		r.Header.Set("Origin", origin)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// changeStep is one of testdata/changes.json: requests that follow each other, and
// what the edge answers. This test sends them to the native handler,
// worker/tests/live.test.mjs sends them to workerd.
type changeStep struct {
	Name, Method, Path, Key, Origin, Body string
	Blanks                                int // a body of so many
	Status                                int
	Says                                  string // is in the answer
	Is                                    any    // the answer, but for its moment; nil where it does not matter
}

func TestChanges(t *testing.T) {
	raw, err := os.ReadFile("testdata/changes.json")
	if err != nil {
		t.Fatal(err)
	}
	var steps []changeStep
	if err := json.Unmarshal(raw, &steps); err != nil {
		t.Fatal(err)
	}
	c, dir := testChanger(t, writeKeys(t, oldKey, newKey))
	named := map[string]string{"old": oldKey, "new": newKey, "none": strings.Repeat("c3", 32)}
	for _, step := range steps {
		w := askFrom(c, step.Method, step.Path, named[step.Key], step.Body+strings.Repeat(" ", step.Blanks), step.Origin)
		if w.Code != step.Status || !strings.Contains(w.Body.String(), step.Says) {
			t.Errorf("%s: %s %s = %d %q, want %d %q", step.Name, step.Method, step.Path, w.Code, w.Body, step.Status, step.Says)
		}
		if step.Is == nil {
			continue
		}
		var is map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &is); err != nil {
			t.Fatal(err)
		}
		if at, _ := is["at"].(string); len(at) != len("2026-11-30T12:00:00Z") {
			t.Errorf("%s: at is %q", step.Name, at)
		}
		delete(is, "at")
		if diff := cmp.Diff(step.Is, any(is)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.Name, diff)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, changes.Name), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if w := ask(c, "PUT", "/v1/live", oldKey, `{}`); w.Code != 409 || !strings.Contains(w.Body.String(), "mend or delete it") {
		t.Errorf("with a damaged overlay: %d %q", w.Code, w.Body)
	}
	if w := ask(c, "GET", "/v1/live.json", "", ""); w.Code != 200 || !strings.Contains(w.Body.String(), `"hidden":true`) {
		t.Errorf("the last good one: %d %q", w.Code, w.Body)
	}
}

func TestAnOverlayIsAskedForOnce(t *testing.T) {
	c, _ := testChanger(t, writeKeys(t, oldKey))
	made := ask(c, "PUT", "/v1/live", oldKey, `{"items":{"a":{"stock":0}}}`)
	got := ask(c, "GET", "/v1/live.json", "", "")
	tag := got.Header().Get("ETag")
	if tag == "" || tag != made.Header().Get("ETag") || got.Header().Get("Cache-Control") != "public, max-age=10" {
		t.Errorf("GET has %v, PUT had %v", got.Header(), made.Header())
	}
	r := httptest.NewRequest("GET", "/v1/live.json", nil)
	r.Header.Set("If-None-Match", tag)
	again := httptest.NewRecorder()
	if c.ServeHTTP(again, r); again.Code != 304 || again.Body.Len() > 0 {
		t.Errorf("asked again: %d %q", again.Code, again.Body)
	}
}

// TestKeysAreReplacedWithoutARestart goes through a change of keys as the guide has it.
func TestKeysAreReplacedWithoutARestart(t *testing.T) {
	file := writeKeys(t, oldKey)
	c, _ := testChanger(t, file)
	for _, step := range []struct {
		keys     []string
		old, new int
	}{
		{[]string{oldKey}, 200, 403},
		{[]string{oldKey, newKey}, 200, 200},
		{[]string{newKey}, 403, 200},
		{nil, 503, 503}, // a file of no key is a mistake, and admits no one
	} {
		if err := os.WriteFile(file, []byte(strings.Join(step.keys, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		before, after := ask(c, "PUT", "/v1/live", oldKey, `{}`).Code, ask(c, "PUT", "/v1/live", newKey, `{}`).Code
		if before != step.old || after != step.new {
			t.Errorf("with %d keys: %d and %d, want %d and %d", len(step.keys), before, after, step.old, step.new)
		}
	}
	c, _ = testChanger(t, "")
	if w := ask(c, "PUT", "/v1/live", oldKey, `{}`); w.Code != 403 || !strings.Contains(w.Body.String(), "start it with --live-key-file") {
		t.Errorf("without a file: %d %q", w.Code, w.Body)
	}
}

func TestNoEdgeStartsWithKeysOfNoUse(t *testing.T) {
	weak := writeKeys(t, "open sesame")
	for _, c := range []struct {
		name string
		o    options
		says string
	}{
		{"no file", options{LiveKeyFile: "/nowhere", Bundles: t.TempDir()}, "/nowhere"},
		{"a weak key", options{LiveKeyFile: weak, Bundles: t.TempDir()}, "key 1 has 4 characters"},
		{"no folder", options{LiveKeyFile: writeKeys(t, oldKey), Bundles: "/dev/null"}, "could be kept"},
	} {
		_, err := c.o.files(c.o.bundles(func(error) {}), func(error) {}, nil)
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "sesame") {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
	}
	o := options{LiveKeyFile: weak, Keep: 1, Connections: 1}
	if err := o.Validate(); err == nil || !strings.Contains(err.Error(), "needs --bundles") {
		t.Errorf("without --bundles: %v", err)
	}
}

// TestKilledEdgeKeepsEveryChange kills the edge while eight senders change the overlay: it is
// whole, and has every change that was confirmed.
func TestKilledEdgeKeepsEveryChange(t *testing.T) {
	dir, file := t.TempDir(), writeKeys(t, oldKey)
	var lock sync.Mutex
	confirmed := map[string]bool{}
	for round := range 3 {
		origin, process := startEdge(t, "--feedback", t.TempDir(), "--bundles", dir, "--live-key-file", file)
		var group sync.WaitGroup
		enough := make(chan struct{})
		for w := range 8 {
			group.Go(func() {
				for i := 0; ; i++ {
					id := fmt.Sprintf("%d-%d-%d", round, w, i)
					status, err := put(origin, `{"items":{"`+id+`":{"stock":0}}}`)
					if err != nil {
						return // killed
					}
					if status != 200 {
						t.Errorf("status %d", status)
						return
					}
					lock.Lock()
					confirmed[id] = true
					if len(confirmed) == (round+1)*60 {
						close(enough)
					}
					lock.Unlock()
				}
			})
		}
		<-enough
		process.Process.Kill()
		process.Wait()
		group.Wait()
	}
	v, err := changes.NewFolder(dir, time.Now).Now()
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Items map[string]json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(v.Text, &all); err != nil {
		t.Fatal(err)
	}
	history, err := changes.NewFolder(dir, time.Now).History()
	if err != nil {
		t.Fatal(err)
	}
	for id := range confirmed {
		if all.Items[id] == nil || !strings.Contains(string(history), `"`+id+`"`) {
			t.Errorf("change %s was confirmed and is lost", id)
		}
	}
}

// put sends a change to an edge that runs.
func put(origin, text string) (status int, err error) {
	r, err := http.NewRequest("PUT", origin+"/v1/live", strings.NewReader(text))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+oldKey)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, errors.Join(err, response.Body.Close())
}
