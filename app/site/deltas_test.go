//go:build !js

package site

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sparrow/edge/delta"
)

// versions returns n versions of a program of 100 KB, each with one function
// more.
func versions(n int) [][]byte {
	r := rand.New(rand.NewPCG(5, 6))
	body := make([]byte, 100_000)
	for i := range body {
		body[i] = byte(r.Uint32() >> 24)
	}
	all := [][]byte{body}
	for len(all) < n {
		body = slices.Concat(body[:50_000], []byte("func"), body[50_000:])
		all = append(all, body)
	}
	return all
}

// TestWriteMakesDeltas writes versions of a site into one folder: each large file
// has a delta of every version that lies there, which stays with its file when
// that version goes, and goes with its file.
func TestWriteMakesDeltas(t *testing.T) {
	dir := t.TempDir()
	programs := versions(3)
	name := func(i int) string { return "a/" + Hash(programs[i]) + ".app.wasm" }
	from := func(to, of int) string { return delta.Name(name(to), delta.Sum(programs[of])) }
	write := func(i int, keep time.Duration, deltas bool) {
		t.Helper()
		s := small()
		s.Keep, s.Deltas = keep, deltas
		s.Asset("app.wasm", programs[i])
		s.Asset("icon.png", append([]byte{byte(i)}, programs[i]...))
		s.Asset("small.js", programs[i][:1000+i])
		if err := writeTo(s, dir); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(when string, want ...string) {
		t.Helper()
		slices.Sort(want)
		all := filesBelow(t, dir)
		got := slices.DeleteFunc(all, func(n string) bool { return !strings.HasSuffix(n, ".wasm") && !strings.HasSuffix(n, ".dcz") })
		if !slices.Equal(got, want) {
			t.Errorf("%s the folder holds %q, want %q", when, got, want)
		}
	}
	write(0, 0, true)
	holds("at first", name(0))
	write(1, 0, true)
	holds("after the next", name(1), from(1, 0))
	packed, err := os.ReadFile(filepath.Join(dir, from(1, 0)))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := delta.Apply(programs[0], packed, len(programs[1])); err != nil || !bytes.Equal(got, programs[1]) || len(packed) > 500 {
		t.Errorf("the delta of %d bytes makes %d, %v", len(packed), len(got), err)
	}
	write(1, 0, true)
	holds("written again, without the version before", name(1), from(1, 0))
	write(2, time.Hour, true)
	holds("after a third, where versions stay", name(1), name(2), from(2, 1))
	write(0, time.Hour, true)
	holds("back at the first", name(0), name(1), name(2), from(0, 1), from(0, 2))
	write(1, time.Hour, false)
	holds("without deltas", name(0), name(1), name(2))

	// A version that lies damaged in the folder is no visitor's.
	for _, file := range []string{name(0), name(2)} {
		if err := os.WriteFile(filepath.Join(dir, file), programs[1], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(1, time.Hour, true)
	holds("with damaged versions", name(0), name(1), name(2))
}

// TestWriteMakesFewDeltas holds that of many versions the newest have deltas.
func TestWriteMakesFewDeltas(t *testing.T) {
	dir := t.TempDir()
	programs := versions(delta.Most + 4)
	for i, body := range programs {
		s := small()
		s.Keep, s.Deltas = time.Hour, i == len(programs)-1
		s.Asset("app.wasm", body)
		if err := writeTo(s, dir); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(time.Duration(i-100) * time.Minute)
		if err := os.Chtimes(filepath.Join(dir, "a", Hash(body)+".app.wasm"), at, at); err != nil {
			t.Fatal(err)
		}
	}
	last := programs[len(programs)-1]
	for i, body := range programs[:len(programs)-1] {
		_, err := os.Stat(filepath.Join(dir, delta.Name("a/"+Hash(last)+".app.wasm", delta.Sum(body))))
		if want := i >= len(programs)-1-delta.Most; (err == nil) != want {
			t.Errorf("version %d of %d has a delta: %t, want %t", i, len(programs), err == nil, want)
		}
	}
}
