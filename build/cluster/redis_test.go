//go:build cluster

package cluster

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// redisServer starts Redis on a port, with nothing on the disk.
func redisServer(t testing.TB, port int) *process {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		run(t, ".", "bash", "-c", "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server")
		if path, err = exec.LookPath("redis-server"); err != nil {
			t.Fatal(err)
		}
	}
	p := start(t, t.TempDir(), nil, path, "--port", fmt.Sprint(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
	p.says(t, "Ready to accept connections", 10*time.Second)
	return p
}

// edgeServer is an edge of the project and the folders that it writes.
type edgeServer struct {
	*process
	origin            string
	bundles, feedback string
}

const liveKey = "7f3a9c0e5b1d48a6b2c4d6e8f0a1b3c57f3a9c0e5b1d48a6b2c4d6e8f0a1b3c5"

// edgeOn starts an edge with folders of its own, on the demo bundle.
func edgeOn(t testing.TB, flags ...string) *edgeServer {
	t.Helper()
	e := &edgeServer{bundles: t.TempDir(), feedback: t.TempDir()}
	run(t, root, "bash", "-c", "cp data/demo/*.bundle data/demo/*.supplement data/demo/latest.json "+e.bundles)
	e.again(t, flags...)
	return e
}

// again starts the edge on its folders.
func (e *edgeServer) again(t testing.TB, flags ...string) {
	t.Helper()
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(liveKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	e.process = start(t, root, nil, program(t, "edge"), append([]string{"--addr", "127.0.0.1:0", "--bundles", e.bundles, "--feedback", e.feedback, "--live-key-file", key}, flags...)...)
	e.says(t, "http://localhost:", 10*time.Second)
	_, rest, _ := strings.Cut(e.said.String(), "http://localhost:")
	port, _, _ := strings.Cut(rest, " ")
	e.origin = "http://127.0.0.1:" + port
}

// ask sends a request as a page of the edge would and returns the status and the body.
func (e *edgeServer) ask(t testing.TB, method, path string, body []byte, header ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, e.origin+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if method == "POST" { // from a page
		r.Header.Set("Origin", e.origin)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(text)
}

// send sends the likes of a visitor.
func (e *edgeServer) send(t testing.TB, visitor event.Visitor, items ...string) int {
	now := time.Now().UnixMilli()
	b := event.Batch{Sent: now}
	for i, item := range items {
		one := event.Event{Kind: event.Like, At: now, Visitor: visitor, Seq: uint32(i), Item: catalog.ID(item)}
		rand.Read(one.ID[:])
		one.ID[6], one.ID[8] = one.ID[6]&0x0f|0x70, one.ID[8]&0x3f|0x80
		one.Session = one.ID
		b.Events = append(b.Events, one.Append(nil))
	}
	status, text := e.ask(t, "POST", "/v1/events", b.Append(nil), "Content-Type", "text/plain")
	if status == http.StatusAccepted && !strings.Contains(text, `"dead":0`) {
		t.Errorf("events are refused: %s", text)
	}
	return status
}

// put changes the live overlay.
func (e *edgeServer) put(t testing.TB, change string) {
	t.Helper()
	if status, text := e.ask(t, "PUT", "/v1/live", []byte(change), "Authorization", "Bearer "+liveKey); status != http.StatusOK {
		t.Fatalf("PUT /v1/live: %d %s", status, text)
	}
}

// has waits until the overlay of the edge contains words.
func (e *edgeServer) has(t testing.TB, words string, within time.Duration) {
	t.Helper()
	wait(t, within, words+" in the overlay of "+e.origin, func() bool {
		_, text := e.ask(t, "GET", "/v1/live.json", nil)
		return strings.Contains(text, words)
	}, e.process)
}

// TestEdgesShareRedis: two edges limit a sender together, have the same overlay and the same wishes to be
// forgotten, keep features of visitors, and go on alone while Redis is away, without losing a change.
func TestEdgesShareRedis(t *testing.T) {
	at := port(t)
	server := redisServer(t, at)
	address := fmt.Sprintf("redis://127.0.0.1:%d/0", at)
	client := redis.NewClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", at)})
	defer client.Close()
	ctx := context.Background()
	a, b := edgeOn(t, "--redis", address, "--rate", "120"), edgeOn(t, "--redis", address, "--rate", "120")

	var secret [16]byte
	rand.Read(secret[:])
	sum := sha256.Sum256(secret[:])
	visitor := event.Visitor(sum[:16])
	key := "sparrow:visitor:" + hex.EncodeToString(visitor[:])

	// Features of a visitor who sends to both.
	for i, e := range []*edgeServer{a, b} {
		if status := e.send(t, visitor, fmt.Sprint(1+i), "50"); status != http.StatusAccepted {
			t.Fatalf("events: %d", status)
		}
	}
	wait(t, 5*time.Second, "the features", func() bool { return client.HGet(ctx, key, "n:like").Val() == "4" }, a.process)
	if items := client.LRange(ctx, key+":items", 0, -1).Val(); len(items) != 4 || !strings.Contains(items[0], `"kind":"like"`) {
		t.Errorf("the last items are %q", items)
	}
	if ttl := client.TTL(ctx, key).Val(); ttl < 24*time.Hour || ttl > 31*24*time.Hour {
		t.Errorf("the features expire in %v", ttl)
	}

	// One overlay.
	a.put(t, `{"items": {"1": {"stock": 0}}}`)
	a.has(t, `"1": {"stock":0}`, time.Second)
	b.has(t, `"1": {"stock":0}`, 2*time.Second)
	b.put(t, `{"items": {"50": {"hidden": true}}}`)
	a.has(t, `"50": {"hidden":true}`, 2*time.Second)

	// A wish to be forgotten.
	if status, text := a.ask(t, "POST", "/v1/erase", secret[:]); status != http.StatusAccepted {
		t.Fatalf("erase: %d %s", status, text)
	}
	wait(t, 5*time.Second, "the end of the features", func() bool { return client.Exists(ctx, key, key+":items").Val() == 0 }, a.process)
	wait(t, 10*time.Second, "the wish at the other edge", func() bool {
		return !contains(t, b.feedback, visitor[:], 2) && contains(t, b.feedback, visitor[:], 1)
	}, b.process)

	// A limit of 30 at once and 120 a minute, for both together.
	taken := 0
	for range 40 {
		for _, e := range []*edgeServer{a, b} {
			var other event.Visitor
			rand.Read(other[:])
			switch status := e.send(t, other, "2"); status {
			case http.StatusAccepted:
				taken++
			case http.StatusTooManyRequests:
			default:
				t.Fatalf("status %d", status)
			}
		}
	}
	if taken > 40 {
		t.Errorf("%d requests of 80 were taken by two edges that may take 30 at once together", taken)
	}

	// Redis dies: each goes on alone, and both change the overlay.
	server.kill()
	before := time.Now()
	a.put(t, `{"items": {"3": {"stock": 0}}}`)
	b.put(t, `{"items": {"4": {"stock": 0}}}`)
	a.has(t, `"3": {"stock":0}`, time.Second)
	if _, text := b.ask(t, "GET", "/v1/live.json", nil); strings.Contains(text, `"3"`) {
		t.Error("a change went over without Redis")
	}
	wait(t, 20*time.Second, "a sender who is taken again", func() bool {
		var other event.Visitor
		rand.Read(other[:])
		return a.send(t, other, "2") == http.StatusAccepted
	}, a.process)
	if took := time.Since(before); took > 15*time.Second {
		t.Errorf("without Redis that took %v", took)
	}
	a.says(t, "goes on alone", 5*time.Second)

	// Redis is back, without anything in it.
	redisServer(t, at)
	a.has(t, `"4": {"stock":0}`, 5*time.Second)
	b.has(t, `"3": {"stock":0}`, 5*time.Second)
	for _, words := range []string{`"1": {"stock":0}`, `"50": {"hidden":true}`} {
		a.has(t, words, time.Second)
		b.has(t, words, time.Second)
	}
	a.says(t, "redis answers again", 5*time.Second)
}

// contains reports whether the segments of a folder hold some bytes at least so many times.
func contains(t testing.TB, folder string, what []byte, times int) bool {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "events", "*", "*.seg"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it is written again just now
		}
		n += bytes.Count(text, what)
	}
	return n >= times
}
