//go:build !js

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sparrow/wasm/event"
)

// TestMain lets the test program be the edge.
func TestMain(m *testing.M) {
	if os.Getenv("EDGE_MAIN") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// startEdge runs the edge as a process of its own and returns its address.
func startEdge(t *testing.T, flags ...string) (origin string, process *exec.Cmd) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	process = exec.Command(self, append([]string{"--addr", "127.0.0.1:0"}, flags...)...)
	process.Env = append(os.Environ(), "EDGE_MAIN=1")
	process.Stderr = os.Stderr
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { process.Process.Kill(); process.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	port := regexp.MustCompile(`^edge: .* http://localhost:(\d+)`).FindStringSubmatch(line)
	if err != nil || port == nil {
		t.Fatalf("the edge prints %q, %v", line, err)
	}
	return "http://127.0.0.1:" + port[1], process
}

// send posts a batch as the edge's own page would.
func send(origin string, body io.Reader) (*http.Response, error) { return sendFrom(origin, body, "") }

// sendFrom posts it as a proxy would that was sent it from an address.
func sendFrom(origin string, body io.Reader, address string) (*http.Response, error) {
	r, err := http.NewRequest("POST", origin+"/v1/events", body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Origin", origin)
	r.Header.Set("Content-Type", "text/plain")
	if address != "" {
		r.Header.Set("X-Forwarded-For", address)
	}
	response, err := http.DefaultClient.Do(r)
	if err == nil {
		response.Body.Close()
	}
	return response, err
}

// TestKilledEdgeLosesNothing kills the edge three times while eight senders are
// at it: every event that it confirmed is in the segments.
func TestKilledEdgeLosesNothing(t *testing.T) {
	folder := t.TempDir()
	var lock sync.Mutex
	confirmed := map[event.ID]bool{}
	for round := range 3 {
		origin, process := startEdge(t, "--feedback", folder, "--rate", "0")
		var group sync.WaitGroup
		enough := make(chan struct{})
		for w := range 8 {
			group.Go(func() {
				for i := 0; ; i++ {
					n := round<<14 | w<<11 | i&0x7ff
					now := time.Now().UnixMilli()
					b := event.Batch{Sent: now, Events: [][]byte{liked(n, now)}}
					response, err := send(origin, bytes.NewReader(b.Append(nil)))
					if err != nil {
						return // killed
					}
					if response.StatusCode != http.StatusAccepted {
						t.Errorf("status %d", response.StatusCode)
						return
					}
					lock.Lock()
					confirmed[id(n)] = true
					if len(confirmed) == (round+1)*100 {
						close(enough)
					}
					lock.Unlock()
				}
			})
		}
		<-enough
		process.Process.Kill()
		process.Wait()
		group.Wait()
	}
	kept := map[event.ID]bool{}
	for _, name := range segmentFiles(t, folder) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for record := range event.Segment(b) {
			for _, raw := range record.Events {
				e, err := event.Decode(raw)
				if err != nil {
					t.Error(err)
				}
				kept[e.ID] = true
			}
		}
	}
	for id := range confirmed {
		if !kept[id] {
			t.Errorf("event %x was confirmed and is lost", id)
		}
	}
	t.Logf("%d confirmed, %d kept", len(confirmed), len(kept))
}

// TestEdgeEndsWhenAsked: SIGTERM lets the request under way finish.
func TestEdgeEndsWhenAsked(t *testing.T) {
	folder := t.TempDir()
	origin, process := startEdge(t, "--feedback", folder)
	now := time.Now().UnixMilli()
	b := event.Batch{Sent: now, Events: [][]byte{liked(1, now)}}
	raw := b.Append(nil)
	body, writer := io.Pipe()
	// The edge answers 100 once it reads the body. Until then the request may be on its way over
	// a connection that was used before, which the edge takes for idle and closes.
	reads, answered := make(chan bool, 1), make(chan int, 1)
	trace := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{Got100Continue: func() { reads <- true }})
	go func() {
		r, _ := http.NewRequestWithContext(trace, "POST", origin+"/v1/events", body)
		r.Header = http.Header{"Origin": {origin}, "Content-Type": {"text/plain"}, "Expect": {"100-continue"}}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Error(err)
			answered <- 0
			return
		}
		response.Body.Close()
		answered <- response.StatusCode
	}()
	select {
	case <-reads:
	case <-time.After(10 * time.Second):
		t.Fatal("the edge does not read the body")
	}
	writer.Write(raw[:10]) // the request is under way
	if err := process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	writer.Write(raw[10:])
	writer.Close()
	if status := <-answered; status != http.StatusAccepted {
		t.Errorf("the request under way is answered with %d, want 202", status)
	}
	if err := process.Wait(); err != nil {
		t.Errorf("the edge ended with %v", err)
	}
	if names, torn := sites(t, folder); len(names) != 1 || torn > 0 {
		t.Errorf("%q records, %d torn", names, torn)
	}
}

// TestEdgeServesItsFolders: the site, the bundles, and a bundle that was
// written while it ran.
func TestEdgeServesItsFolders(t *testing.T) {
	site, bundles := t.TempDir(), t.TempDir()
	write := func(folder, name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(site, "index.html", "home")
	write(site, "shell.html", "shell")
	write(site, "shell.json", `{"routes":["/movie/"]}`)
	write(site, "_headers", "/*\n  X-Site: yes\n")
	write(bundles, "latest.json", "{}")
	origin, _ := startEdge(t, "--site", site, "--bundles", bundles, "--feedback", t.TempDir())
	hash := strings.Repeat("0a", 32)
	write(bundles, hash+".bundle", "model")
	for path, want := range map[string]string{"/": "home", "/movie/7": "shell", "/v1/latest.json": "{}", "/v1/a/" + hash + ".bundle": "model", "/healthz": "ok\n"} {
		response, err := http.Get(origin + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		ofSite := path == "/" || path == "/movie/7"
		if err != nil || response.StatusCode != 200 || string(body) != want || (response.Header.Get("X-Site") == "yes") != ofSite {
			t.Errorf("GET %s = %d %q, %v, %v, want %q", path, response.StatusCode, body, response.Header, err, want)
		}
	}
}

// TestWrongFlags: an edge that cannot do what its flags demand ends with the
// reason.
func TestWrongFlags(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		says  string
		code  int
		flags []string
	}{
		{"holds no site", 1, []string{"--site", t.TempDir(), "--feedback", t.TempDir()}},
		{"origin shop.example", 2, []string{"--origin", "shop.example=shop", "--feedback", t.TempDir()}},
		{"--keep", 2, []string{"--keep", "0", "--feedback", t.TempDir()}},
		{"--trusted-proxy", 2, []string{"--trusted-proxy", "proxy.example", "--feedback", t.TempDir()}},
		{"--proxy-header", 2, []string{"--proxy-header", "X-Real-IP", "--feedback", t.TempDir()}},
		{"want a name alone", 2, []string{"--host", "https://movies.example", "--feedback", t.TempDir()}},
		{"--connections", 2, []string{"--connections", "0", "--feedback", t.TempDir()}},
		{"--bogus", 2, []string{"--bogus"}},
		{"store: ", 1, []string{"--feedback", filepath.Join(file, "below")}},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		process := exec.CommandContext(ctx, self, append([]string{"--addr", "127.0.0.1:0"}, c.flags...)...)
		process.Env = append(os.Environ(), "EDGE_MAIN=1")
		out, err := process.CombinedOutput()
		if err == nil || process.ProcessState.ExitCode() != c.code || !strings.Contains(string(out), c.says) {
			t.Errorf("%q: %v, prints %q, want exit code %d and %q", c.flags, err, out, c.code, c.says)
		}
	}
}

// TestServerBounds: endless headers are refused, and every wait for a client
// has a timeout.
func TestServerBounds(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, listener, http.NotFoundHandler()) }()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nX: "+strings.Repeat("x", 64<<10))
	answer, err := bufio.NewReader(conn).ReadString('\n')
	if !strings.Contains(answer, strconv.Itoa(http.StatusRequestHeaderFieldsTooLarge)) {
		t.Errorf("64 KB of headers are answered with %q, %v, want 431", answer, err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	s := newServer(context.Background(), http.NotFoundHandler())
	if s.ReadHeaderTimeout == 0 || s.ReadHeaderTimeout > 10*time.Second || s.ReadTimeout == 0 || s.ReadTimeout > 30*time.Second || s.WriteTimeout == 0 || s.IdleTimeout == 0 {
		t.Errorf("timeouts for a slow sender: %v, %v, %v, %v", s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout)
	}
}

func TestPanicIsAnswered(t *testing.T) {
	w := post(recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a test's") })), "/", nil)
	if w.Code != 500 || strings.Contains(w.Body.String(), "test") {
		t.Errorf("= %d %q, want 500 without details", w.Code, w.Body)
	}
}
