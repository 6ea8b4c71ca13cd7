//go:build cluster

package cluster

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// TestClickToPage: what visitors click on is in the trending.json that a page gets within a minute, by an
// edge, Kafka, Flink and build trending --follow, all as their documents have them.
func TestClickToPage(t *testing.T) {
	b, dir := newBroker(t), t.TempDir()
	address := b.topic(t, "sparrow", 2)
	rows := b.topic(t, "trending-click", 1, "cleanup.policy=compact")
	bundles := smallBundle(t, dir)
	e := &edge{address: fmt.Sprintf("127.0.0.1:%d", port(t)), folder: t.TempDir()}
	e.url = "http://" + e.address
	e.process = start(t, e.folder, nil, program(t, "edge"), "--addr", e.address, "--feedback", e.folder, "--bundles", bundles, "--events", address)
	wait(t, time.Minute, "the edge", func() bool { return answers(t, e.url+"/readyz") }, e.process)
	flink := flinkTrending(t, b, "stream.sql", "trending-click")
	follows := start(t, dir, nil, program(t, "build"), "trending", "--from", rows, "--out", bundles, "--follow")

	var took []time.Duration
	for round := range 10 {
		item := fmt.Sprint("i", 20+round)
		for v := range 12 {
			e.click(t, v, item)
		}
		clicked := time.Now()
		wait(t, 2*time.Minute, item+" in trending.json", func() bool { return slices.Contains(trendingAt(t, e.url), item) }, flink, follows)
		if round > 0 { // Flink was started before that
			took = append(took, time.Since(clicked))
		}
		time.Sleep(3*time.Second + time.Duration(rand.Int64N(int64(8*time.Second)))) // what repeats has other phases then
	}
	slices.Sort(took)
	t.Logf("from the last of 12 clicks to the page: %.1f s in the middle of %d, %.1f s at most", took[len(took)/2].Seconds(), len(took), took[len(took)-1].Seconds())
	if most := took[len(took)-1] + cachedFor(t, e.url); most > time.Minute {
		t.Errorf("with a CDN before the edge it takes %v", most)
	}

	b.process.kill()
	follows.says(t, "trending.json stays as it is", 2*time.Minute)
	b.start(t)
	follows.says(t, "is followed again", 2*time.Minute)
	if follows.stop(); follows.cmd.ProcessState.ExitCode() != 0 {
		t.Errorf("a program that follows a topic and is asked to end: %v\n%s", follows.cmd.ProcessState, follows.said.String())
	}
}

// click sends a click of a visitor, who has a network of their own.
func (e *edge) click(t *testing.T, v int, item string) {
	t.Helper()
	now := time.Now().UnixMilli()
	one := event.Event{ID: newID(), Kind: event.Click, At: now, Visitor: visitorOf(v), Session: newID(), Item: catalog.ID(item), Place: &event.Place{List: "for-you", Position: 1}}
	batch := event.Batch{Sent: now, Events: [][]byte{one.Append(nil)}}
	request, err := http.NewRequestWithContext(t.Context(), "POST", e.url+"/v1/events", bytes.NewReader(batch.Append(nil)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", e.url)
	request.Header.Set("Content-Type", "text/plain")
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, byte(1+v), 1)}}
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		return dialer.DialContext(ctx, network, address)
	}}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if text, _ := io.ReadAll(response.Body); response.StatusCode != http.StatusAccepted || !bytes.Contains(text, []byte(`"dead":0`)) {
		t.Fatalf("the edge answers %d %s", response.StatusCode, text)
	}
}

// trendingAt returns the items on the rise that an edge gives to a page.
func trendingAt(t *testing.T, url string) (items []string) {
	t.Helper()
	response, err := http.Get(url + "/v1/trending.json")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var file struct {
		Items [][2]any `json:"items"`
	}
	if err := json.NewDecoder(response.Body).Decode(&file); err != nil {
		t.Fatal(err)
	}
	for _, one := range file.Items {
		items = append(items, one[0].(string))
	}
	return items
}

// cachedFor returns for how long a CDN may keep trending.json.
func cachedFor(t *testing.T, url string) time.Duration {
	t.Helper()
	response, err := http.Get(url + "/v1/trending.json")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	seconds, found := strings.CutPrefix(response.Header.Get("Cache-Control"), "public, max-age=")
	n, err := strconv.Atoi(seconds)
	if !found || err != nil {
		t.Fatalf("Cache-Control is %q", response.Header.Get("Cache-Control"))
	}
	return time.Duration(n) * time.Second
}
