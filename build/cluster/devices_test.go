//go:build cluster

package cluster

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"sparrow/wasm/event"
)

// eventsPerBatch is how many events a device sends at once.
const eventsPerBatch = 18

// fleet is devices that share a list of edges.
type fleet struct {
	edges   []string     // their addresses; each device asks another one when one does not answer
	allowed atomic.Int64 // events that may be confirmed until the devices wait
	kept    atomic.Int64 // events that were confirmed
	resent  atomic.Int64 // requests that were not confirmed, and sent again
}

// device sends batches as a browser does: each again until it is confirmed.
type device struct {
	fleet   *fleet
	secret  [16]byte
	visitor event.Visitor
	client  *http.Client
	edge    int // of the list
	sent    []event.ID
	kept    []event.ID // what was confirmed
	leaves  bool       // will ask to be forgotten, so that their events do not count
}

func (f *fleet) newDevice() *device {
	d := &device{fleet: f, client: &http.Client{Transport: &http.Transport{}, Timeout: 20 * time.Second}}
	rand.Read(d.secret[:])
	sum := sha256.Sum256(d.secret[:])
	d.visitor = event.Visitor(sum[:16])
	d.edge = int(d.secret[0]) % len(f.edges)
	return d
}

// newID is a UUIDv7 as far as the edge looks.
func newID() (id event.ID) {
	rand.Read(id[:])
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}

// run sends until as many events are confirmed as all devices shall send.
func (d *device) run(all int64) {
	f := d.fleet
	for f.kept.Load() < all {
		if f.kept.Load() >= f.allowed.Load() {
			time.Sleep(time.Millisecond)
			continue
		}
		body, ids := d.batch()
		d.sent = append(d.sent, ids...)
		d.insist("/v1/events", body)
		d.kept = append(d.kept, ids...)
		if !d.leaves {
			f.kept.Add(int64(len(ids)))
		}
	}
}

func (d *device) batch() (body []byte, ids []event.ID) {
	now := time.Now().UnixMilli()
	b := event.Batch{Sent: now}
	session := newID()
	for i := range eventsPerBatch {
		e := event.Event{ID: newID(), Kind: event.Impression, At: now, Visitor: d.visitor, Session: session, Seq: uint32(i), Item: "318",
			Place: &event.Place{List: "for-you", Position: uint16(i + 1)}}
		b.Events, ids = append(b.Events, e.Append(nil)), append(ids, e.ID)
	}
	return b.Append(nil), ids
}

// insist sends a request to one edge after the other until one confirms it.
func (d *device) insist(path string, body []byte) {
	for d.post(d.fleet.edges[d.edge], path, body) != http.StatusAccepted {
		d.fleet.resent.Add(1)
		d.edge = (d.edge + 1) % len(d.fleet.edges)
		time.Sleep(20 * time.Millisecond)
	}
}

// post returns the status, 0 where there is no answer.
func (d *device) post(edge, path string, body []byte) int {
	r, err := http.NewRequest("POST", edge+path, bytes.NewReader(body))
	if err != nil {
		return 0
	}
	r.Header.Set("Origin", edge)
	r.Header.Set("Content-Type", "text/plain")
	p, err := d.client.Do(r)
	if err != nil {
		return 0
	}
	defer p.Body.Close()
	if _, err := io.Copy(io.Discard, p.Body); err != nil {
		return 0
	}
	return p.StatusCode
}

// answers reports whether an edge is up.
func answers(t testing.TB, url string) bool {
	t.Helper()
	p, err := http.Get(url)
	if err != nil {
		return false
	}
	p.Body.Close()
	return p.StatusCode == http.StatusOK
}
