//go:build !js

package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/event"
)

// tell sends the body of a server's request, with its key.
func tell(s *memStore, key, body string) *httptest.ResponseRecorder {
	c := testConfig()
	c.server, _ = parseKeys(oldKey + "\n" + newKey)
	c.serverFlag = "--server-key FILE"
	r := httptest.NewRequest("POST", "/v1/server-events", strings.NewReader(body))
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	w := httptest.NewRecorder()
	newHandler(c, s).ServeHTTP(w, r)
	return w
}

// TestServerEvents: what a server says is kept as events of devices are, with both keys, and the
// same id makes the same event.
func TestServerEvents(t *testing.T) {
	const body = `[
		{"id":"order 7, line 1","kind":"purchase","at":"2025-11-24T15:59:00Z","visitor":"customer 7","item":"50","value":25.5,"currency":"EUR","quantity":2},
		{"id":"order 7, line 2","kind":"purchase","at":1763999940,"visitor":"customer 7","item":"60","value":0},
		{"id":"r1","kind":"rate","at":1763999940000,"visitor":"customer 8","item":"50","stars":4.5},
		{"id":"p1","kind":"play","at":1763999940000,"visitor":"customer 8","item":"50","value":90},
		{"id":"t1","kind":"return","at":1763999940000,"visitor":"customer 7","item":"60"}]`
	var s memStore
	for _, key := range []string{oldKey, newKey} {
		if w := tell(&s, key, body); w.Code != 202 || w.Body.String() != "{\"stored\":5}\n" {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if len(s.records) != 2 || !bytes.Equal(s.records[0], s.records[1]) {
		t.Errorf("%d records, which differ; want the same two", len(s.records))
	}
	record, err := event.DecodeRecord(s.records[0])
	if err != nil || record.Site != "server" || record.Received != noon || record.Sent != noon || len(record.Dead) > 0 {
		t.Fatalf("kept %+v, %v", record, err)
	}
	var got []string
	ids, visitors, sessions := map[event.ID]bool{}, map[event.Visitor]bool{}, map[event.ID]bool{}
	for _, raw := range record.Events {
		e, err := event.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		ids[e.ID], visitors[e.Visitor], sessions[e.Session] = true, true, true
		got = append(got, fmt.Sprintf("%s %s %d %d %s %d %g %d", e.Kind, e.Item, e.At, e.Value, strings.Trim(string(e.Currency[:]), "\x00"), e.Count, e.Stars, e.Seq))
	}
	want := []string{"purchase 50 1763999940000 2550 EUR 2 0 0", "purchase 60 1763999940000 0  0 0 1", "rate 50 1763999940000 0  0 4.5 2", "play 50 1763999940000 9000  0 0 3", "return 60 1763999940000 0  0 0 4"}
	if diff := cmp.Diff(want, got); diff != "" || len(ids) != 5 || len(visitors) != 2 || len(sessions) != 2 {
		t.Errorf("%d ids of %d visitors in %d sessions, want 5, 2 and 2; -want +got:\n%s", len(ids), len(visitors), len(sessions), diff)
	}
}

// TestServerEventsAreRefusedWhole: the answer names the event and what is wrong, and nothing is
// kept.
func TestServerEventsAreRefusedWhole(t *testing.T) {
	const good = `{"id":"1","kind":"purchase","at":1763999940,"visitor":"v","item":"50"}`
	change := func(field, value string) string {
		return "[" + good + "," + strings.Replace(strings.Replace(good, `"id":"1"`, `"id":"2"`, 1), "}", `,"`+field+`":`+value+"}", 1) + "]"
	}
	instead := func(field, value string) string {
		return "[" + strings.Replace(good, field, value, 1) + "]"
	}
	for _, c := range []struct {
		name, key, body string
		code            int
		says            string
	}{
		{"no key", "", "[" + good + "]", 401, "name a key: Authorization: Bearer KEY"},
		{"another key", strings.Repeat("c3", 32), "[" + good + "]", 403, "this key is none of --server-key FILE"},
		{"no JSON", oldKey, "purchase", 422, "no JSON array of events"},
		{"an object", oldKey, good, 422, "no JSON array of events"},
		{"no event", oldKey, "[]", 422, "holds no event"},
		{"too many", oldKey, "[" + strings.Repeat(good+",", 50) + good + "]", 422, "51 events, of which a request has at most 50"},
		{"too large", oldKey, `["` + strings.Repeat("x", event.MaxBody) + `"]`, 413, "send them in several"},
		{"a field that is not known", oldKey, change("price", "3"), 422, `event 2: json: unknown field "price": it has id, kind`},
		{"no id", oldKey, instead(`"1"`, `""`), 422, "event 1: id has 0 bytes"},
		{"a long item", oldKey, instead(`"50"`, `"`+strings.Repeat("x", 201)+`"`), 422, "item has 201 bytes"},
		{"an impression", oldKey, instead("purchase", "impression"), 422, `kind "impression" is none of`},
		{"no time", oldKey, instead("1763999940", "null"), 422, "at null: want a moment"},
		{"of last year", oldKey, instead("1763999940", "1700000000"), 422, "older than 14 days; go run ./build import-events"},
		{"of tomorrow", oldKey, instead("1763999940", "1764090000"), 422, "in the future"},
		{"a negative value", oldKey, change("value", "-1"), 422, "event 2: value -1: want 0 to"},
		{"a value of a return", oldKey, "[" + strings.Replace(good, `"purchase"`, `"return","value":3`, 1) + "]", 422, "value 3: want 0 to 0"},
		{"a long currency", oldKey, change("currency", `"EURO"`), 422, "event 2: currency"},
		{"small letters", oldKey, change("value", `5,"currency":"eur"`), 422, "event 2: event:"},
		{"a part of a piece", oldKey, change("quantity", "1.5"), 422, "quantity 1.5: want a whole number"},
		{"stars of a purchase", oldKey, change("stars", "5"), 422, "stars 5: want 0.5 to 5"},
		{"a wish among events", oldKey, change("x", "1,\"kind\":\"erase\""), 422, "event 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s memStore
			w := tell(&s, c.key, c.body)
			if w.Code != c.code || !strings.Contains(w.Body.String(), c.says) || len(s.records) > 0 || strings.Contains(w.Body.String(), oldKey) {
				t.Errorf("%d %swith %d records, want %d with %q and none", w.Code, w.Body, len(s.records), c.code, c.says)
			}
		})
	}
	var s memStore
	c := testConfig()
	c.serverFlag = "--server-key FILE"
	r := httptest.NewRequest("POST", "/v1/server-events", strings.NewReader("["+good+"]"))
	r.Header.Set("Authorization", "Bearer "+oldKey)
	w := httptest.NewRecorder()
	newHandler(c, &s).ServeHTTP(w, r)
	if w.Code != 403 || !strings.Contains(w.Body.String(), "start it with --server-key FILE") {
		t.Errorf("an edge without keys answers %d %s", w.Code, w.Body)
	}
}

// TestAServerErasesItsCustomers: the wish is that of the visitor whose events it sent, and no
// secret of a page reaches them.
func TestAServerErasesItsCustomers(t *testing.T) {
	var s memStore
	tell(&s, oldKey, `[{"id":"1","kind":"view","at":1763999940,"visitor":"customer 7","item":"50"}]`)
	if w := tell(&s, oldKey, `[{"kind":"erase","visitor":"customer 7"}]`); w.Code != 202 || w.Body.String() != "{\"erased\":true}\n" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	first, err := event.DecodeRecord(s.records[0])
	if err != nil {
		t.Fatal(err)
	}
	e, err := event.Decode(first.Events[0])
	if err != nil {
		t.Fatal(err)
	}
	second, err := event.DecodeRecord(s.records[1])
	if err != nil || second.Erase == nil || *second.Erase != e.Visitor || len(second.Events) > 0 {
		t.Errorf("the wish is %+v, %v; want of %x", second, err, e.Visitor)
	}
}

// FuzzServerEvents: any body is answered with 202, 413 or 422, and what is kept are good events.
func FuzzServerEvents(f *testing.F) {
	f.Add(`[{"id":"1","kind":"purchase","at":1763999940,"visitor":"v","item":"50","value":1e300,"quantity":1e9}]`)
	f.Add(`[{"kind":"erase","visitor":"v"}]`)
	f.Add(`[{"id":"1","kind":"rate","at":"2025-11-24T15:59:00+01:00","visitor":"v","item":"\ud800","stars":-0.5}]`)
	f.Fuzz(func(t *testing.T, body string) {
		var s memStore
		w := tell(&s, oldKey, body)
		if w.Code != 202 {
			if len(s.records) > 0 || w.Code != 413 && w.Code != 422 {
				t.Errorf("%d with %d records", w.Code, len(s.records))
			}
			return
		}
		record := s.only(t)
		for _, raw := range record.Events {
			if _, err := event.Decode(raw); err != nil {
				t.Error(err)
			}
		}
		if (record.Erase == nil) != (len(record.Events) > 0) {
			t.Errorf("kept %+v", record)
		}
	})
}
