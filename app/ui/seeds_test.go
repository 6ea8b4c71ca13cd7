package ui

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/protocol"
)

func TestSeedsComeBack(t *testing.T) {
	price := 9.5
	want := seeds{
		"home||": {Shelves: []protocol.Shelf{{Kind: "popular", Cards: []protocol.Card{{ID: "1", Title: "</script><b>A&B \x00\r\n“千与千寻”\\", Year: 2001, Mean: 4.2, Price: &price}}}}},
		"open|":  {Status: &protocol.Status{Name: "MovieLens", Items: 9742}},
	}
	text := want.text()
	if strings.ContainsAny(text, "<&\x00\r\n") {
		t.Errorf("the text holds what HTML reads: %q", text)
	}
	got, err := readSeeds(text)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	for _, bad := range []string{"", "x", text[:len(text)/2], text + "x", "一"} {
		if all, err := readSeeds(bad); err == nil {
			t.Errorf("%q was read as %v", bad, all)
		}
	}
}

func FuzzReadSeeds(f *testing.F) {
	f.Add(seeds{"a": {Total: 3}}.text())
	f.Fuzz(func(t *testing.T, text string) {
		all, err := readSeeds(text)
		if err != nil {
			return
		}
		again, err := readSeeds(all.text())
		if diff := cmp.Diff(all, again); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
	})
}
