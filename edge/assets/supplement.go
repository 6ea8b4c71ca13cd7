//go:build !js

package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"sparrow/wasm/wire"
)

// supplements are bundles whose second file was compared with what the first
// one names. Without it pages make lists all the same and ask for it only
// later, so that a server which does not say what is missing looks well.
type supplements struct {
	lock   sync.Mutex
	latest string                // tag of the latest.json whose bundle was compared
	known  map[string][2]version // by hash: both files as they were then
}

// Check tells Failed what the second file of the bundle that latest.json names
// lacks. It is told once, and again when a file has changed and is not mended
// by that.
func (b *Bundles) Check() {
	latest, err := b.tags.open(filepath.Join(b.folder, "latest.json"))
	if err != nil {
		return // which the first page that asks is told
	}
	defer latest.Close()
	b.compareLatest(latest)
}

// compareLatest compares the bundle that a latest.json names, where it is
// another latest.json than the last time. It reads latest to its end and goes
// back.
func (b *Bundles) compareLatest(latest content) {
	s := &b.supplements
	s.lock.Lock()
	same := s.latest == latest.tag
	s.latest = latest.tag
	s.lock.Unlock()
	if same || b.Failed == nil {
		return
	}
	var named struct {
		Bundle string `json:"bundle"`
	}
	err := json.NewDecoder(io.LimitReader(latest, mostLatest)).Decode(&named)
	if _, sought := latest.Seek(0, io.SeekStart); err != nil || sought != nil {
		return
	}
	if _, hash := fileOf("/v1/a/" + named.Bundle + ".bundle"); hash != "" {
		b.compare(hash)
	}
}

// mostLatest is how many bytes of a latest.json are read for the name in it.
const mostLatest = 64 << 10

// compare tells Failed what is wrong with the second file of the bundle of that
// hash, unless it has looked at these files before. What it keeps is bounded by
// the bundles in the folder.
func (b *Bundles) compare(hash string) {
	if b.Failed == nil {
		return
	}
	first, now := b.look(hash + ".bundle")
	if now == (version{}) {
		return
	}
	second, then := b.look(hash + ".supplement")
	if then == (version{}) {
		second = strings.TrimSuffix(first, ".bundle") + ".supplement"
	}
	s := &b.supplements
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.known[hash] == [2]version{now, then} {
		return
	}
	if s.known == nil {
		s.known = map[string][2]version{}
	}
	s.known[hash] = [2]version{now, then}
	if err := mismatch(first, second); err != nil {
		b.Failed(err)
	}
}

// look returns where a file of a bundle lies, as the builder lays them out or
// the exporter; zero is the version of none.
func (b *Bundles) look(file string) (name string, v version) {
	for _, folder := range []string{b.folder, filepath.Join(b.folder, "a")} {
		name = filepath.Join(folder, file)
		if info, err := os.Stat(name); err == nil {
			return name, version{info.Size(), info.ModTime()}
		}
	}
	return name, v
}

// mismatch returns why the file second is not the one that the bundle first
// names.
func mismatch(first, second string) error {
	sum, size, err := namedBy(first)
	if err != nil || size == 0 {
		return err
	}
	const so = "pages make lists without weaker transitions, and have no model card and no further models; copy it there again, or make the bundle again"
	file, err := os.Open(second)
	if missing(err) {
		return fmt.Errorf("%s, the second file of a bundle, is missing: %s", second, so)
	}
	if err != nil {
		return err
	}
	defer file.Close()
	got := sha256.New()
	n, err := io.Copy(got, io.LimitReader(file, size+1))
	if err != nil {
		return err
	}
	if n != size || !bytes.Equal(got.Sum(nil), sum) {
		return fmt.Errorf("%s is not the second file that %s names: %s", second, filepath.Base(first), so)
	}
	return nil
}

// headBytes are read of a first file. The name of the second one stands at the
// beginning, in the first 60.
const headBytes = 4 << 10

// namedBy returns the SHA-256 and the length of the second file that a bundle
// names; no length where it names none, or is no bundle.
func namedBy(first string) (sum []byte, size int64, err error) {
	file, err := os.Open(first)
	if err != nil {
		return nil, 0, err
	}
	defer file.Close()
	head := make([]byte, headBytes)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, 0, err
	}
	sum, size = supplementIn(head[:n])
	return sum, size, nil
}

// supplementIn finds what a bundle that begins with head names as its second
// file: {"sparrow": version, "meta": {"supplement": [SHA-256, length], …}, …}.
func supplementIn(head []byte) (sum []byte, size int64) {
	r := wire.NewReader(head)
	if r.Map() < 2 || r.Str() != "sparrow" || r.Uint() == 0 || r.Str() != "meta" {
		return nil, 0
	}
	for range r.Map() {
		if r.Str() != "supplement" {
			r.Skip()
			continue
		}
		if r.Array() != 2 {
			return nil, 0
		}
		sum, n := r.Bin(), r.Uint()
		if r.Err() != nil || len(sum) != sha256.Size || n == 0 || n >= 1<<31 {
			return nil, 0
		}
		return sum, int64(n)
	}
	return nil, 0
}
