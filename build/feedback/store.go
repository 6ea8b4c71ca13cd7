package feedback

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"time"
)

// suffix is how the names of segments end.
const suffix = ".seg"

// store is where segments lie.
type store interface {
	// list returns the segments in the order of their names.
	list(ctx context.Context) ([]object, error)
	// each calls read with the bytes of every object, in their order.
	each(ctx context.Context, objects []object, read func(o object, r io.Reader) error) error
}

// object is a segment that was found.
type object struct {
	name string // below the place that was named, parts separated by slashes
	key  string // to open it with
	size int64
	tag  string // of its content, "" where that takes reading it
}

// openStore finds out what kind of place from names.
func openStore(from string, getenv func(string) string) (store, error) {
	if getenv == nil {
		getenv = os.Getenv
	}
	if rest, ok := strings.CutPrefix(from, "s3://"); ok {
		return openBucket(rest, getenv)
	}
	st, err := os.Stat(from)
	if err != nil {
		return nil, err
	}
	if !st.IsDir() && !strings.HasSuffix(from, suffix) {
		return nil, errors.New(from + " is neither a folder nor a segment (*" + suffix + ")")
	}
	return folder(from), nil
}

// older reports whether o lies in a folder that is called for a day, in UTC,
// before that of since.
func (o object) older(since time.Time) bool {
	const day = "2006-01-02"
	for dir := path.Dir(o.name); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if at, err := time.Parse(day, path.Base(dir)); err == nil {
			return at.Format(day) < since.UTC().Format(day)
		}
	}
	return false
}

// Digest returns a hash of all segments below from, see [Open]: as long as it
// stays the same, so do they.
func Digest(ctx context.Context, from string, getenv func(string) string) (string, error) {
	s, err := openStore(from, getenv)
	if err != nil {
		return "", fmt.Errorf("feedback: %w", err)
	}
	found, err := s.list(ctx)
	if err != nil {
		return "", fmt.Errorf("feedback: %s: %w", from, err)
	}
	h := sha256.New()
	var unread []object
	for _, o := range found {
		fmt.Fprintf(h, "%q %d %q\n", o.name, o.size, o.tag)
		if o.tag == "" {
			unread = append(unread, o)
		}
	}
	err = s.each(ctx, unread, func(_ object, r io.Reader) error {
		_, err := io.Copy(h, r)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("feedback: %s: %w", from, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
