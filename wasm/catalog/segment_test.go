package catalog

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// segments are texts with their segments, worked out apart from this code. The
// edge's worker and its site read the same file.
func segments(t testing.TB) (all []struct{ Text, Segment string }) {
	t.Helper()
	raw, err := os.ReadFile("testdata/segments.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &all); err != nil || len(all) < 200 {
		t.Fatalf("%d texts, want 200 or more: %v", len(all), err)
	}
	return all
}

func TestSegment(t *testing.T) {
	for _, one := range segments(t) {
		if got := Segment(one.Text); got != one.Segment {
			t.Errorf("Segment(%q) = %q, want %q", one.Text, got, one.Segment)
		}
		if got := FromSegment(one.Segment); got != one.Text {
			t.Errorf("FromSegment(%q) = %q, want %q", one.Segment, got, one.Text)
		}
	}
	for foreign, want := range map[string]string{ // not written by Segment
		"霸王别姬": "霸王别姬", "a/b": "a/b", "~zz": "~zz", "a~2": "a~2", "a~": "a~", "(no genres listed)": "(no genres listed)", "~2E": "~2E",
	} {
		if got := FromSegment(foreign); got != want {
			t.Errorf("FromSegment(%q) = %q, want %q", foreign, got, want)
		}
	}
}

// FuzzSegment holds that a segment means its text and no other, and is a plain
// name for browsers, hosts and file systems.
func FuzzSegment(f *testing.F) {
	for _, one := range segments(f) {
		f.Add(one.Text)
		f.Add(one.Segment)
	}
	f.Fuzz(func(t *testing.T, text string) {
		FromSegment(text)
		s := Segment(text)
		if got := FromSegment(s); got != text {
			t.Fatalf("%q has the segment %q, which means %q", text, s, got)
		}
		if s == "" || s[0] == '-' || reserved(s) || len(s) > 3*len(text)+1 ||
			strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~") != "" {
			t.Fatalf("%q has the segment %q", text, s)
		}
	})
}
