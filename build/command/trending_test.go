package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/bundledir"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// TestTrendingVerb publishes twice beside a bundle, and another bundle after that.
func TestTrendingVerb(t *testing.T) {
	data, err := makeSmall()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "bundles")
	if _, _, err := bundledir.Write(t.Context(), out+"/", data); err != nil {
		t.Fatal(err)
	}
	if err := bundledir.AmendLatest(t.Context(), out, map[string]any{"note": "kept"}); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	from := t.TempDir()
	for day := range 3 { // today, 100 and 400 days ago
		at := now.AddDate(0, 0, -100*day*day)
		dir := filepath.Join(from, at.UTC().Format("2006-01-02"))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		var b []byte
		for v := range 10 + day {
			events := []event.Event{{Kind: event.Like, Item: catalog.ID(strconv.Itoa(3 + day))}, {Kind: event.Like, Item: "no such item"}}
			b = append(b, request(100*day+v, at.UnixMilli(), events...)...)
		}
		if err := os.WriteFile(filepath.Join(dir, "a.seg"), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		said, _ := call(t, "trending", "--from", from, "--out", out, "--json")
		var figures trendingFigures
		if err := json.Unmarshal([]byte(said), &figures); err != nil || figures.Items != 1 || figures.Read.Skipped != 2 {
			t.Errorf("the run says %s (%v), want one item and two older segments", said, err)
		}
	}
	text, err := os.ReadFile(filepath.Join(out, trendingFile))
	if want := `{"asOf":` + strconv.FormatInt(now.Unix(), 10) + `,"halfLifeDays":7,"items":[["3",10]]}` + "\n"; err != nil || string(text) != want {
		t.Errorf("trending.json is %s (%v), want %s", text, err, want)
	}
	latest := func() map[string]any {
		t.Helper()
		m := make(map[string]any)
		if text, err := os.ReadFile(filepath.Join(out, "latest.json")); err != nil || json.Unmarshal(text, &m) != nil {
			t.Fatalf("latest.json: %s (%v)", text, err)
		}
		return m
	}
	before := latest()
	if before["trending"] != true || before["note"] != "kept" || before["bytes"] != float64(len(data)) {
		t.Errorf("latest.json says %v", before)
	}
	if _, _, err := bundledir.Write(t.Context(), out, []byte("another")); err != nil {
		t.Fatal(err)
	}
	after := latest()
	if after["bundle"] == before["bundle"] {
		t.Error("latest.json names the old bundle")
	}
	after["bundle"], after["bytes"] = before["bundle"], before["bytes"]
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("a new bundle changed more of latest.json (-before +after):\n%s", diff)
	}
}

func TestSpan(t *testing.T) {
	for text, want := range map[string]time.Duration{"7d": 168 * time.Hour, "0.5d": 12 * time.Hour, "36h": 36 * time.Hour, "90m": 90 * time.Minute} {
		var s span
		if err := s.UnmarshalText([]byte(text)); err != nil || time.Duration(s) != want {
			t.Errorf("%q is %v (%v), want %v", text, time.Duration(s), err, want)
		}
	}
	for _, text := range []string{"", "d", "7", "-1d", "0h", "1s", "NaNd", "+Infd", "1e9d"} {
		var s span
		if err := s.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was taken for %v", text, time.Duration(s))
		}
	}
}
