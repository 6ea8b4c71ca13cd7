//go:build !js

// Package site turns rendered pages and files into what a static host serves:
// files named by their content, compressed beforehand, the same bytes each time.
package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
)

// Site is a set of files by their path, which begins with "/".
type Site struct {
	// Keep is for how long [Site.Write] leaves files that are named by their content
	// and not part of the site any more: open pages of yesterday may ask for them.
	Keep time.Duration
	// Deltas has [Site.Write] make deltas of large files for those who have them of a
	// site before: package delta.
	Deltas bool

	base   string // the path of the whole site on its host, "/repo"; often ""
	files  map[string][]byte
	assets map[string]string // name → URL
}

// New returns a site without files, all of which will be below the path base of
// their host: "/repo", or "".
func New(base string) *Site {
	return &Site{base: base, files: map[string][]byte{}, assets: map[string]string{}}
}

// Put adds the file at path, which [Site.Write] refuses when it leads anywhere
// but into its folder.
func (s *Site) Put(path string, body []byte) { s.files[path] = body }

// Base returns the path of the site on its host.
func (s *Site) Base() string { return s.base }

// Hashed adds a file under a name that its content decides, /a/<16 hex>.<name>,
// and returns its URL, which has the base before that. Such a file never changes.
func (s *Site) Hashed(name string, body []byte) string {
	path := "/a/" + Hash(body) + "." + name
	s.files[path] = body
	return s.base + path
}

// Asset is Hashed for a file of the app itself.
func (s *Site) Asset(name string, body []byte) string {
	s.assets[name] = s.Hashed(name, body)
	return s.assets[name]
}

// Assets returns the URLs of the app's own files by name.
func (s *Site) Assets() map[string]string { return s.assets }

// Hash returns the first 16 hexadecimal digits of the SHA-256 of all parts.
func Hash(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// Paths returns the path of every file, sorted.
func (s *Site) Paths() []string {
	paths := make([]string, 0, len(s.files))
	for p := range s.files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}

// File returns the bytes at path, or nil.
func (s *Site) File(path string) []byte { return s.files[path] }

// Write stores the site in the folder dir, with a .br sibling of Brotli quality
// 0 to 11 for every file that shrinks by it. No file names one that is not there
// yet, also while the folder is being served: those named by their content come
// first, with their deltas if s.Deltas, and the service worker's script, which
// names all others, last. Files of a
// site that was in dir before and are not part of this one are removed then, those
// named by their content once they have not been part of it for s.Keep. A folder of
// anything else is refused. Nothing outside of dir is touched, whatever the paths
// are and wherever links in dir lead. done is called with the path of each file.
func (s *Site) Write(dir string, quality int, done func(path string)) error {
	root, err := openRoot(dir)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	defer root.Close()
	keep := map[string]bool{}
	for part, paths := range s.inOrder() {
		if err := s.writeFiles(root, paths, quality, keep, done); err != nil {
			return fmt.Errorf("site: %w", err)
		}
		if part == contents && s.Deltas {
			if err := s.writeDeltas(root, keep); err != nil {
				return fmt.Errorf("site: %w", err)
			}
		}
	}
	if err := s.removeOthers(root, keep, time.Now()); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	return nil
}

// writeFiles writes files on all processors and adds their names to keep.
func (s *Site) writeFiles(root *os.Root, paths []string, quality int, keep map[string]bool, done func(path string)) error {
	jobs := make(chan string)
	var group sync.WaitGroup
	var lock sync.Mutex
	var failed error
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for path := range jobs {
				written, err := s.writeFile(root, path, quality)
				lock.Lock()
				for _, w := range written {
					keep[w] = true
				}
				done(path)
				if failed == nil {
					failed = err
				}
				lock.Unlock()
			}
		})
	}
	for _, path := range paths {
		jobs <- path
	}
	close(jobs)
	group.Wait()
	return failed
}

// mark is a file that every site has, the first to be written.
const mark = ".assetsignore"

// openRoot opens the folder dir, which it makes if need be: an empty one, or one
// of a site. What begins with a dot, as .git and .well-known, does not count.
func openRoot(dir string) (*os.Root, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	if _, err := root.Stat(mark); err == nil {
		return root, nil
	}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			err = fmt.Errorf("%s holds %s, which is no part of a site and would be removed: name an empty folder", dir, e.Name())
			break
		}
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return root, nil
}

// writeFile writes the file whose path is at, and its compressed sibling where that is
// smaller. It returns the names of what it wrote.
func (s *Site) writeFile(root *os.Root, at string, quality int) ([]string, error) {
	name := strings.TrimPrefix(at, "/")
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
		return nil, fmt.Errorf("%q is no path of a file", at)
	}
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return nil, err
	}
	body, written := s.files[at], []string{name}
	// The compressed sibling comes first: servers name its bytes after the plain
	// file, so what is sent may be newer than its name for a moment, and never older.
	packed, err := []byte(nil), error(nil)
	if compressible(at) {
		if strings.Contains(at, "/movie/") {
			quality = min(quality, 9) // there are many: the last two steps take ten times as long for a tenth less
		}
		packed, err = compress(body, quality)
	}
	switch {
	case err != nil:
		return nil, err
	case packed != nil && len(packed) < len(body):
		written, err = append(written, name+".br"), replaceFile(root, name+".br", packed)
	default:
		if err = root.Remove(name + ".br"); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err != nil {
		return nil, err
	}
	return written, replaceFile(root, name, body)
}

// replaceFile leaves the old file or the new one, never half of one, and does
// not touch a file that holds the same bytes already.
func replaceFile(root *os.Root, name string, body []byte) error {
	if old, err := root.ReadFile(name); err == nil && bytes.Equal(old, body) {
		return nil
	}
	part := name + ".part"
	if err := root.WriteFile(part, body, 0o644); err != nil {
		return err
	}
	return root.Rename(part, name)
}

// windows are the logarithms of the windows that brotli is tried with at its
// best quality. Where a model's tables lie in a file of 1.7 MB moves the outcome
// of one window by 4 %, that of the better of the two by less than 1 %. A window of 16 MiB, as
// long as app.wasm, makes it 3 KB longer than that of 4 MiB.
var windows = []int{22, 20}

// compress returns body after brotli: at quality 11, and below mostTried, the
// shortest of all windows.
func compress(body []byte, quality int) (shortest []byte, err error) {
	tried := windows
	if quality < 11 || len(body) > mostTried {
		tried = windows[:1]
	}
	for _, window := range tried {
		var b bytes.Buffer
		w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: quality, LGWin: window})
		if _, err := w.Write(body); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		if shortest == nil || b.Len() < len(shortest) {
			shortest = b.Bytes()
		}
	}
	return shortest, nil
}

// mostTried is the length of a file, in bytes, that is compressed once: a
// second try takes as long as the first.
const mostTried = 4 << 20

// packedKinds are the endings of pictures that are compressed by themselves.
var packedKinds = []string{".png", ".ico", ".jpg", ".jpeg", ".webp", ".avif", ".gif"}

// compressible reports whether a file is text or code: not a picture, and not a
// file that only the host reads.
func compressible(at string) bool {
	return !slices.Contains(packedKinds, strings.ToLower(path.Ext(at))) && at != "/_headers" && at != "/.assetsignore"
}
