//go:build !js

package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// content is what an address answers with. Close it.
type content struct {
	io.ReadSeekCloser
	size int64
	tag  string // of these bytes, without quotes
}

// send answers with a whole file, with the requested range of it or with 304,
// and with the shortest of its other forms that exists and is wanted. Ranges
// count the bytes of the plain one, so they are cut from that. With a status
// other than 200 the file is sent as it is.
func send(w http.ResponseWriter, r *http.Request, status int, plain content, other forms) {
	h := w.Header()
	h.Set("Vary", other.vary())
	body := plain
	if r.Header.Get("Range") == "" {
		if c, coding := other.choose(r.Header); coding != "" {
			defer c.Close()
			body = c
			h.Set("Content-Encoding", coding)
		}
	}
	h.Set("Content-Length", strconv.FormatInt(body.size, 10))
	if status != http.StatusOK {
		w.WriteHeader(status)
		if r.Method == http.MethodGet {
			io.Copy(w, body)
		}
		return
	}
	h.Set("ETag", `"`+body.tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, body)
}

// inMemory is content that lies in memory.
func inMemory(b []byte, tag string) content {
	return content{nopCloser{bytes.NewReader(b)}, int64(len(b)), tag}
}

type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }

// tags are the hashes of files, taken again when a file has changed.
type tags struct {
	lock  sync.Mutex
	known map[string]tagged
}

type tagged struct {
	size    int64
	changed time.Time
	tag     string
}

// open opens a regular file as content. An error that is [missing] says that
// there is no such file; every other, that it cannot be read now.
func (t *tags) open(name string) (c content, err error) {
	file, err := os.Open(name)
	if err != nil {
		return c, err
	}
	defer func() {
		if err != nil {
			file.Close()
		}
	}()
	info, err := file.Stat()
	if err != nil {
		return c, err
	}
	if !info.Mode().IsRegular() {
		return c, fs.ErrNotExist
	}
	tag, err := t.tag(name, file, info)
	return content{file, info.Size(), tag}, err
}

// missing reports whether an error says that no file has that name. A name that
// goes on below a file, or is too long for any, is such a one.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ENAMETOOLONG)
}

// unavailable answers for a file that is there, or may be, and cannot be read:
// nothing may remember that. failed, if any, gets the reason.
func unavailable(w http.ResponseWriter, failed func(error), err error) {
	if failed != nil {
		failed(err)
	}
	h := w.Header()
	h.Set("Retry-After", "10")
	refuse(w, http.StatusServiceUnavailable, "cannot be read now")
}

func (t *tags) tag(name string, file io.ReadSeeker, info os.FileInfo) (string, error) {
	t.lock.Lock()
	known, ok := t.known[name]
	t.lock.Unlock()
	if ok && known.size == info.Size() && known.changed.Equal(info.ModTime()) {
		return known.tag, nil
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	tag := hex.EncodeToString(sum.Sum(nil)[:8])
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.known == nil {
		t.known = map[string]tagged{}
	}
	t.known[name] = tagged{info.Size(), info.ModTime(), tag}
	return tag, nil
}
