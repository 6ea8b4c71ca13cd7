// Package bundledir reads and writes bundles: one file, or a folder of bundles
// named by their hash with a latest.json that names the newest.
package bundledir

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sparrow/edge/durable"
	"sparrow/wasm/bundle"
)

// latest is what latest.json states of the newest bundle beside it.
type latest struct {
	Bundle string `json:"bundle"` // sha256 of its bytes, which is its name
	Bytes  int    `json:"bytes"`
}

// Write writes a bundle to out and returns the path and its sha256. Where
// out is a folder, or ends like one, the file is called <sha256>.bundle and
// latest.json names it; bundles that were there before stay, and get deltas to it. What
// belongs to the bundle is written before latest.json: where that fails, on a full disk,
// the bundle is taken away again and the last one stays in service.
func Write(ctx context.Context, out string, data []byte, belongings ...func(hash string) error) (path, hash string, err error) {
	hash = Hash(data)
	plain := func(w io.Writer) error { _, err := w.Write(data); return err }
	if !IsFolder(out) {
		if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
			return "", "", err
		}
		return out, hash, durable.WriteFile(ctx, out, plain)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", "", err
	}
	path = filepath.Join(out, hash+".bundle")
	before := exists(path)
	if err := durable.WriteFile(ctx, path, plain); err != nil {
		return "", "", err
	}
	belongings = append(belongings, func(hash string) error { return writeDeltas(ctx, out, hash, data) })
	for _, write := range belongings {
		if err := write(hash); err != nil {
			if !before {
				err = errors.Join(err, os.Remove(path), removeIfThere(SupplementOf(path)))
			}
			return "", "", err
		}
	}
	return path, hash, AmendLatest(ctx, out, map[string]any{"bundle": hash, "bytes": len(data)})
}

// Check returns why [Write] could not write to out now, so that it is known before
// the training.
func Check(out string) error {
	if IsFolder(out) {
		return durable.CheckFolder(out)
	}
	if dir := filepath.Dir(out); !exists(dir) {
		return durable.CheckFolder(dir)
	}
	return durable.CheckFile(out)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// AmendLatest gives fields of dir's latest.json new values and keeps all
// others; it begins a new one where no readable one exists. A file that
// states so already is left alone.
func AmendLatest(ctx context.Context, dir string, fields map[string]any) error {
	path := filepath.Join(dir, "latest.json")
	all, changed := make(map[string]json.RawMessage), false
	text, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(text, &all) != nil {
		all = make(map[string]json.RawMessage)
	}
	for name, value := range fields {
		raw, err := json.Marshal(value)
		if err != nil {
			return err
		}
		changed = changed || !bytes.Equal(all[name], raw)
		all[name] = raw
	}
	if !changed {
		return nil
	}
	return durable.WriteFile(ctx, path, func(w io.Writer) error { return json.NewEncoder(w).Encode(all) })
}

// CountOthers returns how many bundles other than that of the given hash dir holds.
func CountOthers(dir, hash string) (n int) {
	all, _ := filepath.Glob(filepath.Join(dir, "*.bundle"))
	for _, p := range all {
		if filepath.Base(p) != hash+".bundle" {
			n++
		}
	}
	return n
}

// IsFolder reports whether path is a folder, or ends like one.
func IsFolder(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir() || strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator))
}

// Read reads the bundle at path; of a folder it reads the one that latest.json
// names. It returns its bytes and the path of its file. In a folder the bytes
// must have the hash that is the file's name.
func Read(path string) (data []byte, file string, err error) {
	if IsFolder(path) {
		name := filepath.Join(path, "latest.json")
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, "", err
		}
		var l latest
		if err := json.Unmarshal(text, &l); err != nil {
			return nil, "", fmt.Errorf("%s: %w", name, err)
		}
		if b, err := hex.DecodeString(l.Bundle); err != nil || len(b) != sha256.Size {
			return nil, "", errors.New(name + " names no bundle")
		}
		path = filepath.Join(path, l.Bundle+".bundle")
		if data, err = os.ReadFile(path); err == nil && Hash(data) != l.Bundle {
			err = fmt.Errorf("%s does not have the content that its name promises: make it again, or copy it again", path)
		}
		return data, path, err
	}
	data, err = os.ReadFile(path)
	return data, path, err
}

// Open reads and decodes the bundle at path, with its second file where that is there,
// and returns the bytes of the first, too.
func Open(path string) (*bundle.Bundle, []byte, error) {
	data, file, err := Read(path)
	if err != nil {
		return nil, nil, err
	}
	b, err := bundle.Decode(data)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	if _, err := Complete(b, file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	return b, data, nil
}

// Hash returns the name of a bundle: the SHA-256 of its bytes, in hex.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
