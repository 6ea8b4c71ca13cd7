package command

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/shard"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine/enginetest"
)

// TestShardsAreWrittenBesideTheBundle: the core opens, the cells have the length that it says, and latest.json names it.
func TestShardsAreWrittenBesideTheBundle(t *testing.T) {
	dir := t.TempDir()
	b := enginetest.Parity(60)
	b.Meta.Card = "# A card"
	data, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := bundledir.Write(t.Context(), dir, data); err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	if code := Run(t.Context(), []string{"shards", "--bundle", dir, "--core", "12", "--cells", "4", "--json"}, &out, &said); code != 0 {
		t.Fatalf("exit code %d: %s", code, said.String())
	}
	if !strings.Contains(said.String(), "left out of core and cells: the model card") {
		t.Errorf("it says %q", said.String())
	}
	var figures shardsFigures
	if err := json.Unmarshal(out.Bytes(), &figures); err != nil {
		t.Fatal(err)
	}
	core, err := os.ReadFile(figures.Path)
	if err != nil {
		t.Fatal(err)
	}
	store, err := shard.Open(core)
	if err != nil {
		t.Fatal(err)
	}
	cells, err := os.ReadFile(strings.TrimSuffix(figures.Path, ".core") + ".cells")
	if err != nil || len(cells) != figures.Cells || figures.Items != 60 {
		t.Errorf("cells of %d bytes, %v; %+v", len(cells), err, figures)
	}
	for _, p := range store.Lacks([]int32{0, 1, 2, 3}) {
		if err := store.Add(p, cells[p.Offset:][:p.Bytes]); err != nil {
			t.Error(err)
		}
	}
	if all, err := store.Bundle(); err != nil || all.Catalog.Len() != 60 {
		t.Errorf("core and cells have %v items, %v", all.Catalog.Len(), err)
	}
	if latest, err := os.ReadFile(filepath.Join(dir, "latest.json")); err != nil || !strings.Contains(string(latest), `"core":"`+bundledir.Hash(core)) {
		t.Errorf("latest.json is %s, %v", latest, err)
	}
	if code := Run(t.Context(), []string{"shards", "--bundle", dir, "--cells", "-1"}, &out, &said); code != exitUsage {
		t.Errorf("--cells -1: exit code %d", code)
	}
}
