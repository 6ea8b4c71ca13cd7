package simulation

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"sparrow/wasm/event"
)

// fussy is an edge that answers by a script, then takes what comes.
type fussy struct {
	mu     sync.Mutex
	script []int
	taken  []event.Event
	wrong  []string // what no browser would send
}

func (f *fussy) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.script) > 0 {
		status := f.script[0]
		f.script = f.script[1:]
		w.WriteHeader(status)
		return
	}
	body, _ := io.ReadAll(q.Body)
	_, b, err := event.CheckBatch(body)
	if err != nil || q.URL.Path != "/v1/events" || q.Header.Get("Origin") != "http://"+q.Host || q.Header.Get("Content-Type") != "application/msgpack" {
		f.wrong = append(f.wrong, fmt.Sprint(err, q.URL, q.Header))
	}
	for _, found := range b {
		if e, err := event.Decode(found.Raw); err == nil {
			f.taken = append(f.taken, e)
		}
	}
	w.WriteHeader(http.StatusAccepted)
	fmt.Fprintf(w, `{"stored":%d,"dead":0}`, len(b))
}

// visited are n events of one visitor.
func visited(n int) []event.Event {
	d := newDevice(1, 1, true)
	d.begin(1_764_000_000_000)
	for i := range n {
		d.see("7", &event.Place{List: "for-you", Position: uint16(i + 1)})
	}
	return d.events
}

func TestClientKeepsTrying(t *testing.T) {
	edge := &fussy{script: []int{503, 429, 502}}
	server := httptest.NewServer(edge)
	defer server.Close()
	c, err := NewClient(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	sent := visited(120)
	if err := c.Send(context.Background(), sent); err != nil {
		t.Fatal(err)
	}
	for _, w := range edge.wrong {
		t.Error(w)
	}
	if got, want := c.Delivered(), (Delivered{Stored: 120, Batches: 3, Retries: 3}); got != want {
		t.Errorf("delivered %+v, want %+v", got, want)
	}
	for i, e := range edge.taken {
		if e.ID != sent[i].ID {
			t.Fatalf("event %d arrived out of order", i)
		}
	}
}

func TestClientGivesUp(t *testing.T) {
	edge := &fussy{script: []int{403}}
	server := httptest.NewServer(edge)
	defer server.Close()
	c, err := NewClient(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Send(context.Background(), visited(3)); err == nil || !strings.Contains(err.Error(), "403") || len(edge.taken) > 0 {
		t.Errorf("after 403: %v, %d events taken; want an error at once", err, len(edge.taken))
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := c.Send(ctx, visited(3)); err == nil {
		t.Error("no error from a client that was told to stop")
	}
	for _, address := range []string{"", "localhost:8080", "ftp://host"} {
		if _, err := NewClient(address); err == nil {
			t.Errorf("NewClient(%q) gives no error", address)
		}
	}
}
