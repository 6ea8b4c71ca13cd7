package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// writeFile gives path the bytes that write writes, all or none: they go to a
// file beside it, which takes the name once it is safe on the disk. When ctx
// has ended by then, or write fails, path stays as it was.
func writeFile(ctx context.Context, path string, write func(io.Writer) error) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*.part")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriterSize(f, 1<<16)
	if err := write(w); err != nil {
		return err
	}
	if err := errors.Join(w.Flush(), f.Chmod(0o644), f.Sync(), ctx.Err()); err != nil {
		return err
	}
	if err := errors.Join(f.Close(), os.Rename(f.Name(), path)); err != nil {
		return err
	}
	return syncFolder(dir)
}

// syncFolder makes the names in dir last through a power cut, where the system can.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	d.Sync() // not every file system can, and the file itself is safe
	return d.Close()
}

// latest is what latest.json says of the newest bundle beside it.
type latest struct {
	Bundle string `json:"bundle"` // sha256 of its bytes, which is its name
	Bytes  int    `json:"bytes"`
}

// writeBundle writes a bundle to out and returns the path and its sha256. Where
// out is a folder, or ends like one, the file is called <sha256>.bundle and
// latest.json names it; bundles that were there before stay.
func writeBundle(ctx context.Context, out string, data []byte) (path, hash string, err error) {
	sum := sha256.Sum256(data)
	hash = hex.EncodeToString(sum[:])
	plain := func(w io.Writer) error { _, err := w.Write(data); return err }
	if !isFolder(out) {
		if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
			return "", "", err
		}
		return out, hash, writeFile(ctx, out, plain)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", "", err
	}
	path = filepath.Join(out, hash+".bundle")
	if err := writeFile(ctx, path, plain); err != nil {
		return "", "", err
	}
	return path, hash, amendLatest(ctx, out, map[string]any{"bundle": hash, "bytes": len(data)})
}

// amendLatest gives fields of dir's latest.json new values and keeps all
// others; it begins a new one where there is none that can be read. A file that
// says so already is left alone.
func amendLatest(ctx context.Context, dir string, fields map[string]any) error {
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
	return writeFile(ctx, path, func(w io.Writer) error { return json.NewEncoder(w).Encode(all) })
}

// others returns how many bundles other than that of the given hash dir holds.
func others(dir, hash string) (n int) {
	all, _ := filepath.Glob(filepath.Join(dir, "*.bundle"))
	for _, p := range all {
		if filepath.Base(p) != hash+".bundle" {
			n++
		}
	}
	return n
}

func isFolder(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir() || strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator))
}

// readBundle reads the bundle at path; of a folder it reads the one that
// latest.json names.
func readBundle(path string) (data []byte, file string, err error) {
	if isFolder(path) {
		text, err := os.ReadFile(filepath.Join(path, "latest.json"))
		if err != nil {
			return nil, "", err
		}
		var l latest
		if err := json.Unmarshal(text, &l); err != nil {
			return nil, "", err
		}
		if b, err := hex.DecodeString(l.Bundle); err != nil || len(b) != sha256.Size {
			return nil, "", errors.New(filepath.Join(path, "latest.json") + " names no bundle")
		}
		path = filepath.Join(path, l.Bundle+".bundle")
	}
	data, err = os.ReadFile(path)
	return data, path, err
}
