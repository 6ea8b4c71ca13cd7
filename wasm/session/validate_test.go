package session

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/protocol"
)

// letters returns a catalog of the items "a" to "f".
func letters() *catalog.Catalog {
	c := &catalog.Catalog{IDs: []catalog.ID{"a", "b", "c", "d", "e", "f"}}
	c.Index()
	return c
}

func entry(id catalog.ID, a protocol.Action, stars float32, at int64) protocol.Entry {
	return protocol.Entry{ID: id, Action: a, Stars: stars, At: at}
}

func TestFold(t *testing.T) {
	log := []protocol.Entry{
		entry("a", protocol.Rate, 2, 10),
		entry("b", protocol.Like, 0, 20),
		entry("c", protocol.Dislike, 0, 30),
		entry("zzz", protocol.Like, 0, 35), // not in this catalog
		entry("d", protocol.Watchlist, 0, 40),
		entry("e", protocol.Watchlist, 0, 50),
		entry("a", protocol.Rate, 4, 55),
		entry("e", protocol.NotInterested, 0, 60),
		entry("b", protocol.Clear, 0, 70),
		entry("d", protocol.Clear, 0, 80),
		entry("f", protocol.Like, 0, 85),
		entry("f", protocol.Watchlist, 0, 90),
		entry("f", protocol.Watchlist, 0, 91),
	}
	m := fold(letters(), settle(log))
	want := feature.History{{Row: 0, Stars: 4, At: 55}, {Row: 5, Stars: 5, At: 85}}
	if diff := gocmp.Diff(want, m.history); diff != "" {
		t.Errorf("history -want +got\n%s", diff)
	}
	if want := []catalog.Row{5, 0}; !slices.Equal(m.liked, want) {
		t.Errorf("liked %v, want %v", m.liked, want)
	}
	if want := []catalog.Row{2, 4}; !slices.Equal(m.disliked, want) {
		t.Errorf("disliked %v, want %v", m.disliked, want)
	}
	if want := []catalog.Row{4}; !slices.Equal(m.watch, want) {
		t.Errorf("watchlist %v, want %v", m.watch, want)
	}
}

// A view speaks for an item as long as no one says anything else of it; a later
// view moves it to the end of the history.
func TestFoldViews(t *testing.T) {
	m := fold(letters(), settle([]protocol.Entry{
		entry("a", protocol.View, 0, 10),
		entry("b", protocol.View, 0, 20),
		entry("c", protocol.View, 0, 30),
		entry("d", protocol.Rate, 2, 40),
		entry("d", protocol.View, 0, 50), // the opinion stands
		entry("c", protocol.Dislike, 0, 60),
		entry("a", protocol.View, 0, 70),
		entry("e", protocol.View, 0, 80),
		entry("e", protocol.Clear, 0, 90),
	}))
	want := feature.History{{Row: 1, At: 20}, {Row: 3, Stars: 2, At: 40}, {Row: 0, At: 70}}
	if diff := gocmp.Diff(want, m.history); diff != "" {
		t.Errorf("history -want +got\n%s", diff)
	}
	if len(m.liked) > 0 || !slices.Equal(m.disliked, []catalog.Row{2}) {
		t.Errorf("liked %v, disliked %v, want none and [2]", m.liked, m.disliked)
	}
}

func TestFault(t *testing.T) {
	tests := []struct {
		name  string
		entry protocol.Entry
		want  string // part of the error, "" for none
	}{
		{"half a star", entry("a", protocol.Rate, 0.5, 1), ""},
		{"no stars", entry("a", protocol.Rate, 0, 1), "in halves"},
		{"a third of a star", entry("a", protocol.Rate, 1.0/3, 1), "in halves"},
		{"six stars", entry("a", protocol.Rate, 6, 1), "in halves"},
		{"a like with stars", entry("a", protocol.Like, 3, 1), "only a rating"},
		{"another verb", entry("a", "love", 0, 1), `"love"`},
		{"no id", entry("", protocol.Like, 0, 1), "id"},
		{"a book for an id", entry(catalog.ID(strings.Repeat("x", maxID+1)), protocol.Like, 0, 1), "id"},
		{"before the epoch", entry("a", protocol.Like, 0, -1), "1970"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := fault(&tt.entry)
			if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
				t.Errorf("fault(%v) = %q, want a text with %q", tt.entry, got, tt.want)
			}
		})
	}
}

func TestMerge(t *testing.T) {
	a, b := entry("a", protocol.Like, 0, 10), entry("b", protocol.Like, 0, 30)
	early, late := entry("c", protocol.Like, 0, 20), entry("d", protocol.Like, 0, 40)
	onList, onListToo := entry("e", protocol.Watchlist, 0, 5), entry("e", protocol.Watchlist, 0, 6)
	tests := []struct {
		name                string
		log, imported, want []protocol.Entry
	}{
		{"into an empty one", nil, []protocol.Entry{b, a}, []protocol.Entry{a, b}},
		{"by time", []protocol.Entry{a, b}, []protocol.Entry{early, late}, []protocol.Entry{a, early, b, late}},
		{"nothing twice", []protocol.Entry{a, b}, []protocol.Entry{a, b, late}, []protocol.Entry{a, b, late}},
		{"a watchlist does not toggle", []protocol.Entry{onList}, []protocol.Entry{onListToo}, []protocol.Entry{onList}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := gocmp.Diff(tt.want, merge(tt.log, tt.imported)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// drawLog draws a valid log, with items that no catalog knows.
func drawLog(t *rapid.T, label string) []protocol.Entry {
	log := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) protocol.Entry {
		e := protocol.Entry{
			ID:     catalog.ID(rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "gone", "电影"}).Draw(t, "id")),
			Action: rapid.SampledFrom(actions[:]).Draw(t, "action"),
			At:     rapid.Int64Range(0, 1<<33).Draw(t, "at"),
		}
		if e.Action == protocol.Rate {
			e.Stars = float32(rapid.IntRange(1, 10).Draw(t, "halves")) / 2
		}
		return e
	}), 0, 60).Draw(t, label)
	slices.SortStableFunc(log, func(a, b protocol.Entry) int { return cmp.Compare(a.At, b.At) })
	return log
}

func TestStoredLogComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := drawLog(t, "log")
		got, err := decode(encode(log))
		if err != nil {
			t.Fatalf("decode(encode(log)): %v", err)
		}
		if !slices.Equal(got, log) {
			t.Fatalf("got %v, want %v", got, log)
		}
	})
}

func TestMergeLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log, imported := settle(drawLog(t, "log")), settle(drawLog(t, "imported"))
		if got := merge(nil, log); !slices.Equal(got, log) {
			t.Fatalf("merge(nothing, log) = %v, want %v", got, log)
		}
		if got := merge(log, log); !slices.Equal(got, log) {
			t.Fatalf("merge(log, log) = %v, want %v", got, log)
		}
		merged := merge(log, imported)
		for _, e := range append(slices.Clone(log), imported...) {
			if e.Action != protocol.Watchlist && e.Action != protocol.View && !slices.Contains(merged, e) {
				t.Fatalf("%v is lost", e)
			}
		}
		if again := settle(merged); !slices.Equal(again, merged) {
			t.Fatalf("settle changes a settled log %v to %v", merged, again)
		}
	})
}

func TestDecodeRefuses(t *testing.T) {
	good := encode([]protocol.Entry{entry("a", protocol.Rate, 4, 1)})
	tests := []struct {
		name string
		data []byte
	}{
		{"half a profile", good[:len(good)-1]},
		{"something after the end", append(slices.Clone(good), 0)},
		{"a later version", append([]byte{0x92, storeVersion + 1}, good[2:]...)},
		{"an announcement of 2³² entries", []byte{0x92, storeVersion, 0xdd, 0xff, 0xff, 0xff, 0xff}},
		{"a like with stars", encode([]protocol.Entry{entry("a", protocol.Like, 4, 1)})},
		{"a later entry before an earlier one", encode([]protocol.Entry{entry("a", protocol.Like, 0, 2), entry("a", protocol.Clear, 0, 1)})},
		{"text", []byte("hello")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if log, err := decode(tt.data); err == nil {
				t.Errorf("decode gave %v, want an error", log)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(encode(nil))
	f.Add(encode([]protocol.Entry{entry("a", protocol.Rate, 4.5, 1), entry("b", protocol.Watchlist, 0, 1<<40)}))
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := decode(data)
		if err != nil {
			return
		}
		for _, e := range log {
			if text := fault(&e); text != "" {
				t.Fatalf("decoded %v: %v", e, text)
			}
		}
		again, err := decode(encode(log))
		if err != nil || !slices.Equal(again, log) {
			t.Fatalf("%v became %v, %v", log, again, err)
		}
	})
}
