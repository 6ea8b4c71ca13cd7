package bundledir

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sparrow/edge/delta"
)

// models returns n bundles of 100 KB, each of which differs a little from the
// one before.
func models(n int) [][]byte {
	r := rand.New(rand.NewPCG(7, 8))
	body := make([]byte, 100_000)
	for i := range body {
		body[i] = byte(r.Uint32() >> 24)
	}
	var all [][]byte
	for i := range n {
		body = bytes.Clone(body)
		body[1000*i]++
		all = append(all, body)
	}
	return all
}

// TestDeltas writes and promotes bundles into a folder whose name is a pattern:
// each has a delta of the others before latest.json names it, and both go
// together.
func TestDeltas(t *testing.T) {
	to := filepath.Join(t.TempDir(), "[a]*")
	all := models(4)
	makes := func(of, from int) {
		t.Helper()
		packed, err := os.ReadFile(delta.Name(filepath.Join(to, Hash(all[of])+".bundle"), delta.Sum(all[from])))
		if err != nil {
			t.Fatalf("no delta of %d from %d: %v", of, from, err)
		}
		if got, err := delta.Apply(all[from], packed, len(all[of])); err != nil || !bytes.Equal(got, all[of]) || len(packed) > 500 {
			t.Errorf("the delta of %d from %d, %d bytes, makes %d, %v", of, from, len(packed), len(got), err)
		}
	}
	write := func(dir string, i int) {
		t.Helper()
		path, _, err := Write(t.Context(), dir+"/", all[i])
		at := time.Now().Add(time.Duration(i-100) * time.Hour)
		if err := errors.Join(err, os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	write(to, 0)
	write(to, 1)
	makes(1, 0)
	// One that is damaged, and one that has nothing in common with the others.
	put(t, to, called("d")+".bundle", "damaged", 90*time.Hour)
	other := bytes.Repeat([]byte("other"), 20_000)
	put(t, to, Hash(other)+".bundle", string(other), 95*time.Hour)
	next := filepath.Join(to, "next")
	write(next, 2)
	if _, err := Promote(t.Context(), next, to); err != nil {
		t.Fatal(err)
	}
	makes(2, 0)
	makes(2, 1)
	write(to, 3)
	if n, err := Prune(to, time.Now()); err != nil || n != 3 {
		t.Errorf("Prune = %d, %v, want 3: the two that were written last stay, and that of latest.json", n, err)
	}
	makes(3, 2)
	entries, err := os.ReadDir(to)
	if err != nil {
		t.Fatal(err)
	}
	var of []string
	for _, e := range entries {
		if bundle := delta.Of(e.Name()); bundle != "" && !slices.Contains(of, bundle) {
			of = append(of, bundle)
		}
	}
	if want := []string{Hash(all[3]) + ".bundle"}; !slices.Equal(of, want) {
		t.Errorf("after Prune deltas of %q are there, want of %q", of, want)
	}
}
