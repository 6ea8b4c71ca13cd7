package fetch

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// archive packs files; the key is the name in the archive.
func archive(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(text))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// server serves data as ml-1m.zip and counts the requests for it. answer may
// take a request over: it returns false to let the server answer properly.
type server struct {
	*httptest.Server
	sum    string // SHA-256 of the archive
	mu     sync.Mutex
	ranges []string // of the requests for the archive, in order
}

func serve(t *testing.T, data []byte, answer func(n int, w http.ResponseWriter, r *http.Request) bool) *server {
	t.Helper()
	s := &server{sum: fmt.Sprintf("%X", sha256.Sum256(data))}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.ranges = append(s.ranges, r.Header.Get("Range"))
		n := len(s.ranges)
		s.mu.Unlock()
		if answer != nil && answer(n, w, r) {
			return
		}
		w.Header().Set("ETag", `"v1"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	}))
	t.Cleanup(s.Close)
	return s
}

// part sends the first n bytes of what is announced in full and cuts the line.
func part(w http.ResponseWriter, data []byte, n int) {
	w.Header().Set("ETag", `"v1"`)
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	w.Write(data[:n])
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

func (s *server) source() Source {
	return Source{Base: s.URL, SHA256: s.sum, Stall: 2 * time.Second, Attempts: 3, Pause: func(int) time.Duration { return time.Millisecond }}
}

func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return string(b)
}

// wantFolder checks that exactly the unpacked folder is in dir.
func wantFolder(t *testing.T, dir, text string) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(dir, "ml-1m", "ratings.dat"))
	if err != nil || string(got) != text {
		t.Errorf("ratings.dat has %d bytes, error %v; want %d", len(got), err, len(text))
	}
	wantOnly(t, dir, "ml-1m")
}

func wantOnly(t *testing.T, dir string, names ...string) {
	t.Helper()
	var got []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if fmt.Sprint(got) != fmt.Sprint(names) {
		t.Errorf("the folder holds %q, want %q", got, names)
	}
}

func TestArchive(t *testing.T) {
	text := noise(300_000)
	data := archive(t, map[string]string{"ml-1m/ratings.dat": text, "ml-1m/README": "read me"})
	for _, c := range []struct {
		name   string
		answer func(n int, w http.ResponseWriter, r *http.Request) bool
		ranges []string
	}{
		{"goes well", nil, []string{""}},
		{"is cut and goes on where it was", func(n int, w http.ResponseWriter, r *http.Request) bool {
			if n == 1 {
				part(w, data, 100_000)
			}
			return false
		}, []string{"", "bytes=100000-"}},
		{"a server without ranges sends all again", func(n int, w http.ResponseWriter, r *http.Request) bool {
			if n == 1 {
				part(w, data, 100_000)
			}
			w.Header().Set("ETag", `"v1"`)
			w.Write(data)
			return true
		}, []string{"", "bytes=100000-"}},
		{"another version begins anew", func(n int, w http.ResponseWriter, r *http.Request) bool {
			if n == 1 {
				w.Header().Set("ETag", `"v0"`)
				w.Header().Set("Content-Length", "200000")
				w.Write(make([]byte, 50_000))
				w.(http.Flusher).Flush()
				panic(http.ErrAbortHandler)
			}
			return false
		}, []string{"", "bytes=50000-"}},
		{"corrupt once is fetched again", func(n int, w http.ResponseWriter, r *http.Request) bool {
			if n == 1 {
				bad := bytes.Clone(data)
				bad[1000] ^= 1
				w.Write(bad)
				return true
			}
			return false
		}, []string{"", ""}},
		{"busy servers are asked again", func(n int, w http.ResponseWriter, r *http.Request) bool {
			if n < 3 {
				http.Error(w, "busy", http.StatusServiceUnavailable)
			}
			return n < 3
		}, []string{"", "", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, dir := serve(t, data, c.answer), t.TempDir()
			path, err := s.source().Archive(context.Background(), "ml-1m", dir)
			if err != nil || path != filepath.Join(dir, "ml-1m") {
				t.Fatalf("Archive = %q, %v", path, err)
			}
			wantFolder(t, dir, text)
			if fmt.Sprint(s.ranges) != fmt.Sprint(c.ranges) {
				t.Errorf("ranges asked for: %q, want %q", s.ranges, c.ranges)
			}
		})
	}
}

func TestStall(t *testing.T) {
	text := noise(100_000)
	data := archive(t, map[string]string{"ml-1m/ratings.dat": text})
	over := make(chan struct{})
	s, dir := serve(t, data, func(n int, w http.ResponseWriter, r *http.Request) bool {
		if n > 1 {
			return false
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Content-Length", fmt.Sprint(len(data)))
		w.Write(data[:1000])
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-over:
		}
		return true
	}), t.TempDir()
	defer close(over)
	src := s.source()
	src.Stall = 200 * time.Millisecond
	if _, err := src.Archive(context.Background(), "ml-1m", dir); err != nil {
		t.Fatal(err)
	}
	wantFolder(t, dir, text)
}

func TestArchiveFails(t *testing.T) {
	data := archive(t, map[string]string{"ml-1m/ratings.dat": "x"})
	for _, c := range []struct {
		name, want string
		asks       int
		answer     func(n int, w http.ResponseWriter, r *http.Request) bool
	}{
		{"corrupt twice", "is another file than GroupLens published, twice", 2, func(n int, w http.ResponseWriter, r *http.Request) bool {
			w.Write([]byte("nonsense"))
			return true
		}},
		{"always busy", "given up after 3 attempts", 3, func(n int, w http.ResponseWriter, r *http.Request) bool {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}},
		{"not there", "404", 1, func(n int, w http.ResponseWriter, r *http.Request) bool {
			http.NotFound(w, r)
			return true
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, dir := serve(t, data, c.answer), t.TempDir()
			_, err := s.source().Archive(context.Background(), "ml-1m", dir)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Archive: error %v, want %q in it", err, c.want)
			}
			if len(s.ranges) != c.asks {
				t.Errorf("%d requests, want %d", len(s.ranges), c.asks)
			}
			if _, err := os.Stat(filepath.Join(dir, "ml-1m")); err == nil {
				t.Error("a folder was left behind")
			}
		})
	}
}

// TestInterrupted ends a run in the middle; the next one goes on from there.
func TestInterrupted(t *testing.T) {
	text := noise(200_000)
	data := archive(t, map[string]string{"ml-1m/ratings.dat": text})
	ctx, cancel := context.WithCancel(context.Background())
	s, dir := serve(t, data, func(n int, w http.ResponseWriter, r *http.Request) bool {
		if n > 1 {
			return false
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Content-Length", fmt.Sprint(len(data)))
		w.Write(data[:70_000])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return true
	}), t.TempDir()
	src := s.source()
	src.Stall = time.Minute
	src.Progress = func(done, all int64) {
		if done == 70_000 {
			cancel()
		}
	}
	if _, err := src.Archive(ctx, "ml-1m", dir); !errors.Is(err, context.Canceled) {
		t.Fatalf("Archive: error %v, want context.Canceled", err)
	}
	wantOnly(t, dir, "ml-1m.zip.part", "ml-1m.zip.part.tag")
	if _, err := src.Archive(context.Background(), "ml-1m", dir); err != nil {
		t.Fatal(err)
	}
	wantFolder(t, dir, text)
	if got := fmt.Sprint(s.ranges); got != "[ bytes=70000-]" {
		t.Errorf("ranges asked for: %s", got)
	}
}

func TestUnknownName(t *testing.T) {
	if _, err := (Source{}).Archive(context.Background(), "../ml-1m", t.TempDir()); err == nil {
		t.Error("Archive took a name that is none")
	}
}
