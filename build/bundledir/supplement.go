package bundledir

import (
	"context"
	"crypto/sha256"
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

// supplementSuffix ends the name of the second file of a bundle.
const supplementSuffix = ".supplement"

// SupplementOf returns the path of the second file of the bundle whose first one is at
// path.
func SupplementOf(path string) string { return strings.TrimSuffix(path, ".bundle") + supplementSuffix }

// WriteSupplement writes the second file of the bundle of the given hash into the
// folder out.
func WriteSupplement(ctx context.Context, out, hash string, data []byte) error {
	path := SupplementOf(filepath.Join(out, hash+".bundle"))
	return durable.WriteFile(ctx, path, func(w io.Writer) error { _, err := w.Write(data); return err })
}

// Complete adds the second file of bundle b, whose first one is file, to b, and returns
// its bytes; none where b has no second one. The error is [fs.ErrNotExist] where it is
// missing. After an error b is what it was.
func Complete(b *bundle.Bundle, file string) ([]byte, error) {
	data, err := readSupplement(b, file)
	if err != nil || data == nil {
		return nil, err
	}
	if err := b.Extend(data); err != nil {
		return nil, fmt.Errorf("%s: %w", SupplementOf(file), err)
	}
	return data, nil
}

func readSupplement(b *bundle.Bundle, file string) ([]byte, error) {
	if b.Supplement == nil {
		return nil, nil
	}
	path := SupplementOf(file)
	data, err := os.ReadFile(path)
	if err == nil && sha256.Sum256(data) != b.Supplement.SHA256 {
		err = fmt.Errorf("%s does not have the content that %s promises: make both again, or copy it again", path, filepath.Base(file))
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("the second file of the bundle, with its model card, weaker transitions and further models, is missing: copy it there, or make the bundle again: %w", err)
	}
	return data, err
}

// SupplementFor returns the second file that the bundle of these bytes names; none
// where they are no bundle or it names none. The error is [fs.ErrNotExist] where it is
// not beside the first one, file.
func SupplementFor(data []byte, file string) ([]byte, error) {
	b, err := bundle.DecodeLists(data)
	if err != nil {
		return nil, nil
	}
	return readSupplement(b, file)
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
