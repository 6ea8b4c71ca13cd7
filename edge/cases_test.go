//go:build !js

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sparrow/edge/assets"
	"sparrow/edge/delta"
	"sparrow/wasm/event"
)

// testdata/cases.json lists requests and what the edge answers. This test sends
// them to the native handler, worker/tests/cases.test.mjs sends them to
// workerd. "$self" in a header stands for the origin of the server itself.
type edgeCase struct {
	Name    string            `json:"name"`
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Headers map[string]string `json:"headers"`
	Body    struct {
		Hex   string `json:"hex"`
		Text  string `json:"text"`
		Zeros int    `json:"zeros"`
	} `json:"body"`
	Status int               `json:"status"`
	Answer map[string]string `json:"answer"` // headers that must be there
	Absent []string          `json:"absent"` // headers that must not
	Says   *string           `json:"says"`   // the whole body, when it matters
	Keeps  *caseRecord       `json:"keeps"`  // the one record that it leaves; nil for no record
}

// caseRecord is a record as a case sees it.
type caseRecord struct {
	Site   string   `json:"site"`
	Events int      `json:"events"`
	Dead   []string `json:"dead"` // reasons
	Erase  string   `json:"erase"`
}

func (c *edgeCase) body(t *testing.T) []byte {
	raw, err := hex.DecodeString(c.Body.Hex)
	if err != nil {
		t.Fatalf("the case's body: %v", err)
	}
	return append(append(raw, c.Body.Text...), make([]byte, c.Body.Zeros)...)
}

// caseStore holds the records of one case.
type caseStore struct{ records [][]byte }

func (s *caseStore) Append(_ context.Context, record *event.Record) error {
	s.records = append(s.records, encode(*record))
	return nil
}

func TestCases(t *testing.T) {
	raw, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []edgeCase
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	allowed, err := parseOrigins([]string{"https://shop.example=shop"})
	if err != nil {
		t.Fatal(err)
	}
	site, err := assets.NewSite("worker/tests/site")
	if err != nil {
		t.Fatal(err)
	}
	var kept caseStore
	server := httptest.NewServer(newHandler(config{
		origins: allowed,
		now:     func() int64 { return time.Now().UnixMilli() },
		limit:   func(*http.Request, string) int { return 0 },
		failed:  func(err error) { t.Error(err) },
		files:   assets.Serve(site, assets.NewBundles(caseBundles(t))),
		server:  caseKey(t),
	}, &kept))
	defer server.Close()
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			kept.records = nil
			c.ask(t, server)
			if got := records(t, kept.records); !cmp.Equal(got, c.wanted()) {
				t.Errorf("kept (-want +got):\n%s", cmp.Diff(c.wanted(), got))
			}
		})
	}
}

// caseKey is the key of servers that worker/testing/edge.mjs has, too.
func caseKey(t *testing.T) keys {
	t.Helper()
	k, err := parseKeys("server-key-of-the-tests-00000000")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// caseBundles is a folder with one bundle, the word sparrow under its SHA-256,
// a latest.json and a similar.lists that the builder wrote.
func caseBundles(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	lists, err := os.ReadFile("testdata/similar.lists")
	if err != nil {
		t.Fatal(err)
	}
	const bundle = "0454d527a7fa92d74a43d6470a274c87b0383fce739c0d1ac17c973c57f1c60c.bundle"
	eagle := sha256.Sum256([]byte("eagle"))
	for name, text := range map[string]string{bundle: "sparrow", delta.Name(bundle, eagle): "delta", "latest.json": "{}", "similar.lists": string(lists)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func (c *edgeCase) wanted() []caseRecord {
	if c.Keeps == nil {
		return nil
	}
	return []caseRecord{*c.Keeps}
}

// ask sends the case's request and compares the answer.
func (c *edgeCase) ask(t *testing.T, server *httptest.Server) {
	t.Helper()
	var body io.Reader = bytes.NewReader(c.body(t))
	if c.Headers["Transfer-Encoding"] != "" {
		body = struct{ io.Reader }{body} // of a length that the client cannot know
	}
	r, err := http.NewRequest(c.Method, server.URL+c.Path, body)
	if err != nil {
		t.Fatal(err)
	}
	self := func(v string) string { return strings.ReplaceAll(v, "$self", server.URL) }
	for name, value := range c.Headers {
		if name != "Transfer-Encoding" {
			r.Header.Set(name, self(value))
		}
	}
	response, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != c.Status {
		t.Errorf("%s %s: got %d %q, %v, want %d", c.Method, c.Path, response.StatusCode, text, err, c.Status)
	}
	for name, want := range c.Answer {
		if got := response.Header.Get(name); got != self(want) {
			t.Errorf("header %s: got %q, want %q", name, got, self(want))
		}
	}
	for _, name := range c.Absent {
		if got := response.Header.Get(name); got != "" {
			t.Errorf("header %s: got %q, want none", name, got)
		}
	}
	if c.Says != nil && string(text) != *c.Says {
		t.Errorf("body: got %q, want %q", text, *c.Says)
	}
}

// records decodes what the store was given.
func records(t *testing.T, raws [][]byte) (list []caseRecord) {
	t.Helper()
	for _, raw := range raws {
		r, err := event.DecodeRecord(raw)
		if err != nil {
			t.Fatalf("a record: %v", err)
		}
		seen := caseRecord{Site: r.Site, Events: len(r.Events)}
		if r.Erase == nil {
			seen.Dead = []string{}
		} else {
			seen.Erase = hex.EncodeToString(r.Erase[:])
		}
		for _, l := range r.Dead {
			seen.Dead = append(seen.Dead, l.Reason)
		}
		list = append(list, seen)
	}
	return list
}
