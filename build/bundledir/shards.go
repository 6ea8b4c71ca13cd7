package bundledir

import (
	"context"
	"io"
	"path/filepath"

	"sparrow/edge/durable"
)

// WriteShards writes a bundle in shards into the folder of bundles, the cells first: <sha256>.core, whose hash
// names both, and <sha256>.cells. latest.json names it beside the bundle.
func WriteShards(ctx context.Context, dir string, core, cells []byte) (path string, err error) {
	hash := Hash(core)
	for _, file := range []struct {
		suffix string
		data   []byte
	}{{".cells", cells}, {".core", core}} {
		path = filepath.Join(dir, hash+file.suffix)
		if err := durable.WriteFile(ctx, path, func(w io.Writer) error { _, err := w.Write(file.data); return err }); err != nil {
			return "", err
		}
	}
	return path, AmendLatest(ctx, dir, map[string]any{"core": hash})
}
