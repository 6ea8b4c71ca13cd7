package bundledir

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sparrow/edge/durable"
)

// Promote moves the newest bundle of the folder from, which lies on the same disk,
// with its lists into the folder to, whose newest it becomes. A reader of to never
// meets a name without its file, and lists that say which items exist come after the
// bundle that has them: the bundle with its second file and with deltas from others of
// to, the lists of items,
// latest.json, the popular ones.
func Promote(ctx context.Context, from, to string) (hash string, err error) {
	data, file, err := Read(from)
	if err != nil {
		return "", err
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	hash = Hash(data)
	move := func(name string, must bool) error {
		err := os.Rename(filepath.Join(from, name), filepath.Join(to, name))
		if errors.Is(err, fs.ErrNotExist) && !must {
			return nil
		}
		return errors.Join(err, durable.SyncFolder(to))
	}
	if _, err := SupplementFor(data, file); err != nil {
		return "", err
	}
	if err := move(SupplementOf(filepath.Base(file)), false); err != nil {
		return "", err
	}
	if err := move(filepath.Base(file), true); err != nil {
		return "", err
	}
	if err := writeDeltas(ctx, to, hash, data); err != nil {
		return "", err
	}
	if err := move("similar.lists", false); err != nil {
		return "", err
	}
	if err := AmendLatest(ctx, to, map[string]any{"bundle": hash, "bytes": len(data)}); err != nil {
		return "", err
	}
	return hash, move("popular.json", false)
}

// pruned is the age at which a bundle that nothing names may go: a page that has
// read latest.json may still be about to load it.
const pruned = 24 * time.Hour

// Prune removes the bundles of dir that no device needs any more, and what a killed
// program has left half-written, and returns how many bundles those were. These stay:
// that of latest.json, those of experiments.json, the two that were written last, and
// what is younger than a day at now. It removes nothing where it cannot be told.
func Prune(dir string, now time.Time) (removed int, err error) {
	needed, err := named(dir)
	if err != nil {
		return 0, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil || !info.Mode().IsRegular():
		case strings.HasPrefix(e.Name(), ".") && strings.HasSuffix(e.Name(), ".part") && now.Sub(info.ModTime()) > pruned:
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return 0, err
			}
		}
	}
	bundles, err := bundlesIn(dir)
	if err != nil {
		return 0, err
	}
	for i, info := range bundles {
		if i < 2 || now.Sub(info.ModTime()) <= pruned || needed[strings.TrimSuffix(info.Name(), ".bundle")] {
			continue
		}
		path := filepath.Join(dir, info.Name())
		for _, form := range []string{path + ".br", SupplementOf(path), SupplementOf(path) + ".br"} {
			if err := removeIfThere(form); err != nil {
				return removed, err
			}
		}
		if err := removeDeltas(dir, info.Name()); err != nil {
			return removed, err
		}
		if err := os.Remove(path); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}

// isBundle reports whether a file of a folder of bundles is one.
func isBundle(name string) bool {
	hash, is := strings.CutSuffix(name, ".bundle")
	b, err := hex.DecodeString(hash)
	return is && err == nil && len(b) == 32 && strings.ToLower(hash) == hash
}

// named returns the hashes of the bundles that latest.json and experiments.json of a
// folder name.
func named(dir string) (map[string]bool, error) {
	var l latest
	text, err := os.ReadFile(filepath.Join(dir, "latest.json"))
	if err == nil {
		err = json.Unmarshal(text, &l)
	}
	if err != nil {
		return nil, fmt.Errorf("latest.json: %w", err)
	}
	var e struct {
		Layers []struct {
			Arms []struct {
				Bundle string `json:"bundle"`
			} `json:"arms"`
		} `json:"layers"`
	}
	text, err = os.ReadFile(filepath.Join(dir, "experiments.json"))
	if err == nil {
		err = json.Unmarshal(text, &e)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("experiments.json: %w", err)
	}
	needed := map[string]bool{l.Bundle: true}
	for _, layer := range e.Layers {
		for _, arm := range layer.Arms {
			needed[arm.Bundle] = true
		}
	}
	return needed, nil
}
