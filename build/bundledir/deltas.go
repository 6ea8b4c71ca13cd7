package bundledir

import (
	"cmp"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sparrow/edge/delta"
	"sparrow/edge/durable"
)

// writeDeltas writes, beside the bundle of the given hash, what turns the other
// bundles of dir into it, for devices that have one of them: of the newest ones
// that the bundle shares enough with.
func writeDeltas(ctx context.Context, dir, hash string, data []byte) error {
	others, err := bundlesIn(dir)
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(info fs.FileInfo) bool { return info.Name() == hash+".bundle" })
	for _, info := range others[:min(len(others), delta.Most)] {
		if err := ctx.Err(); err != nil {
			return err
		}
		other, err := os.ReadFile(filepath.Join(dir, info.Name()))
		if err != nil {
			return err
		}
		if Hash(other)+".bundle" != info.Name() {
			continue // damaged, so that no device has it
		}
		packed, err := delta.Make(other, data)
		if err != nil {
			return err
		}
		if packed == nil {
			continue
		}
		name := delta.Name(filepath.Join(dir, hash+".bundle"), delta.Sum(other))
		if err := durable.WriteFile(ctx, name, func(w io.Writer) error { _, err := w.Write(packed); return err }); err != nil {
			return err
		}
	}
	return nil
}

// bundlesIn returns the bundles of a folder, those that were written last first.
func bundlesIn(dir string) ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var bundles []fs.FileInfo
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && isBundle(e.Name()) {
			bundles = append(bundles, info)
		}
	}
	slices.SortFunc(bundles, func(a, b fs.FileInfo) int {
		return cmp.Or(b.ModTime().Compare(a.ModTime()), strings.Compare(a.Name(), b.Name()))
	})
	return bundles, nil
}

// removeDeltas removes the deltas of a bundle of dir.
func removeDeltas(dir, bundle string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if delta.Of(e.Name()) != bundle {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}
