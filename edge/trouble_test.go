//go:build !js

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sparrow/wasm/event"
)

// limitedEdge runs the edge under a limit of the shell, as "-n 64", and returns
// its address and what it prints to stderr.
func limitedEdge(t *testing.T, limit string, flags ...string) (origin string, said *lines) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell to set a limit with")
	}
	process := exec.Command(sh, append([]string{"-c", "ulimit " + limit + ` && exec "$0" "$@"`, self, "--addr", "127.0.0.1:0"}, flags...)...)
	process.Env = append(os.Environ(), "EDGE_MAIN=1")
	said = new(lines)
	process.Stderr = said
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { process.Process.Kill(); process.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	port := regexp.MustCompile(`http://localhost:(\d+)`).FindStringSubmatch(line)
	if err != nil || port == nil {
		t.Fatalf("the edge prints %q, %v, and %q", line, err, said.text())
	}
	return "http://127.0.0.1:" + port[1], said
}

// lines is what a process prints.
type lines struct {
	lock sync.Mutex
	b    bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.b.Write(p)
}

func (l *lines) text() string { l.lock.Lock(); defer l.lock.Unlock(); return l.b.String() }

// TestFullDisk: while nothing can be written, every batch is answered with 503,
// no file is left behind, one line is printed, the edge is alive and not ready.
func TestFullDisk(t *testing.T) {
	folder := t.TempDir()
	origin, said := limitedEdge(t, "-f 0", "--feedback", folder, "--rate", "0")
	var answers, wrong atomic.Int64
	var group sync.WaitGroup
	end := time.Now().Add(2 * time.Second)
	for w := range 16 {
		group.Go(func() {
			for i := 0; time.Now().Before(end); i++ {
				now := time.Now().UnixMilli()
				b := event.Batch{Sent: now, Events: [][]byte{liked(w<<10|i&0x3ff, now)}}
				response, err := send(origin, bytes.NewReader(b.Append(nil)))
				if err != nil || response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "" {
					wrong.Add(1)
				}
				answers.Add(1)
			}
		})
	}
	group.Wait()
	if wrong.Load() > 0 || answers.Load() < 100 {
		t.Errorf("%d of %d batches are answered with something else than 503 and Retry-After", wrong.Load(), answers.Load())
	}
	if files := segmentFiles(t, folder); len(files) > 0 {
		t.Errorf("%d files are left behind", len(files))
	}
	if n := strings.Count(said.text(), "store:"); n != 1 {
		t.Errorf("%d lines are printed for %d failures, want 1:\n%s", n, answers.Load(), said.text())
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503} {
		response, err := http.Get(origin + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want || response.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("GET %s = %d %v, want %d", path, response.StatusCode, response.Header, want)
		}
	}
}

// TestReadyAgain: an edge without requests finds out by itself that the disk
// takes feedback again.
func TestReadyAgain(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	s := openStore(t, folder, c.now)
	h := newHandler(config{stores: s.Ready, failed: func(error) {}}, s)
	ready := func(want int) {
		t.Helper()
		c.add(time.Minute)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil)); w.Code != want {
			t.Errorf("GET /readyz = %d %q, want %d", w.Code, w.Body, want)
		}
	}
	ready(200)
	events := filepath.Join(folder, "events")
	if err := errors.Join(os.Rename(events, events+".away"), os.WriteFile(events, nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	ready(503)
	ready(503)
	if err := errors.Join(os.Remove(events), os.Rename(events+".away", events)); err != nil {
		t.Fatal(err)
	}
	ready(200)
	if left, err := os.ReadDir(events); err != nil || len(left) > 0 {
		t.Errorf("the question leaves %v, %v", left, err)
	}
}

// TestStoreLeavesAFailingDiskAlone counts the tries: a few in the first second,
// one every ten seconds later, and one that succeeds ends it.
func TestStoreLeavesAFailingDiskAlone(t *testing.T) {
	folder, c := t.TempDir(), testClock()
	s := openStore(t, folder, c.now)
	events := filepath.Join(folder, "events")
	if err := errors.Join(os.Remove(events), os.WriteFile(events, nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	tries := 0
	for range 60 * 100 { // a minute
		if s.Append(t.Context(), site("a")) == nil {
			t.Fatal("a record is acknowledged without a disk")
		}
		tries = s.bad.failures
		c.add(10 * time.Millisecond)
	}
	if tries < 8 || tries > 16 {
		t.Errorf("%d tries in a minute of 6,000 requests, want 8 to 16", tries)
	}
	if err := os.Remove(events); err != nil {
		t.Fatal(err)
	}
	c.add(10 * time.Second)
	for range 2 {
		if err := s.Append(t.Context(), site("b")); err != nil {
			t.Errorf("the disk is back, and a record gets %v", err)
		}
	}
}

// TestComplaints: of thousands of errors a period has one line, and that says
// how many there were.
func TestComplaints(t *testing.T) {
	var out lines
	c := newComplaints(&out, "edge", 200*time.Millisecond)
	for i := range 5000 {
		c.fail(fmt.Errorf("no space, %d", i))
	}
	if got := out.text(); got != "edge: no space, 0\n" {
		t.Errorf("at first it prints %q", got)
	}
	want := "edge: no space, 0\nedge: no space, 4999 (the last of 4999 in 200ms)\n"
	for deadline := time.Now().Add(10 * time.Second); out.text() != want; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it prints %q, want %q", out.text(), want)
		}
	}
	time.Sleep(500 * time.Millisecond)
	fmt.Fprintln(c, "another")
	if got := out.text(); got != want+"edge: another\n" {
		t.Errorf("after silence it prints %q", got)
	}
}
