package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"

	"sparrow/build/feedback"
	"sparrow/wasm/event"
)

// Edge takes from the native edge its process, its disk, its descriptors and
// its memory, and counts what it confirmed against what the builder reads.
type Edge struct {
	Program string `type:"existingfile" placeholder:"FILE" help:"An edge that is built already."`
	Kills   int    `default:"100" help:"How often it is killed (${default})."`
	Stored  int    `default:"2000" help:"MB of feedback that it starts on, to measure its memory (${default})."`
	Wishes  int    `default:"1000" help:"Visitors of these who ask to be forgotten (${default})."`
	Only    string `default:"all" enum:"all,kill,disk,descriptors,memory" help:"One part: kill, disk, descriptors or memory."`
	Mounted string `hidden:"" help:"The folder that this process may mount a file system on."`
}

// Run prints the table of all parts.
func (e Edge) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	t := &tools{edge: e.Program}
	if e.Program == "" {
		var err error
		if t, err = newTools(ctx); err != nil {
			return err
		}
		defer t.close()
	} else if work, err := os.MkdirTemp("", "sparrow-edge-"); err != nil {
		return err
	} else {
		t.work = work
		defer t.close()
	}
	if e.Mounted != "" {
		return t.fill(ctx, e.Mounted)
	}
	var figures []Figure
	for _, part := range []struct {
		name string
		run  func() ([]Figure, error)
	}{
		{"kill", func() ([]Figure, error) { return t.killed(ctx, e.Kills) }},
		{"disk", func() ([]Figure, error) { return t.full(ctx) }},
		{"descriptors", func() ([]Figure, error) { return t.starved(ctx) }},
		{"memory", func() ([]Figure, error) { return t.remembers(ctx, e.Stored, e.Wishes) }},
	} {
		if e.Only != "all" && e.Only != part.name {
			continue
		}
		begun := time.Now()
		more, err := part.run()
		if err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
		fmt.Fprintf(os.Stderr, "%s: %.0f s\n", part.name, time.Since(begun).Seconds())
		figures = append(figures, more...)
	}
	return verdict(figures)
}

// device sends batches as a device does: each again until it is confirmed.
type device struct {
	secret  [16]byte
	visitor event.Visitor
	client  *http.Client
	waiting *event.Batch // not confirmed yet
	made    []event.ID   // of the one that waits
	sent    []event.ID   // all that was ever made
	kept    []event.ID   // what was confirmed
	answers map[int]int  // by status
	wishing bool         // they asked to be forgotten, which is not confirmed yet
	gone    bool         // and is
}

func newDevice() *device {
	d := &device{client: &http.Client{Transport: &http.Transport{}, Timeout: 20 * time.Second}, answers: map[int]int{}}
	rand.Read(d.secret[:])
	sum := sha256.Sum256(d.secret[:])
	d.visitor = event.Visitor(sum[:16])
	return d
}

// newID is a UUIDv7 as far as the edge looks.
func newID() (id event.ID) {
	rand.Read(id[:])
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}

const perBatch = 18

// events are new ones of the device, of one session.
func (d *device) events(at int64) (raw [][]byte, ids []event.ID) {
	session := newID()
	for i := range perBatch {
		e := event.Event{ID: newID(), Kind: event.Impression, At: at, Visitor: d.visitor, Session: session, Seq: uint32(i), Item: "318",
			Place: &event.Place{List: "for-you", Position: uint16(i + 1)}}
		raw, ids = append(raw, e.Append(nil)), append(ids, e.ID)
	}
	return raw, ids
}

// send makes one request: what waits, or a new batch. It returns the status, 0
// where there is no answer.
func (d *device) send(url string) int {
	if d.wishing {
		status := d.post(url, "/v1/erase", d.secret[:])
		if status == http.StatusAccepted {
			d.wishing, d.gone, d.waiting = false, true, nil
		}
		return status
	}
	if d.waiting == nil {
		now := time.Now().UnixMilli()
		d.waiting = &event.Batch{Sent: now}
		d.waiting.Events, d.made = d.events(now)
		d.sent = append(d.sent, d.made...)
	}
	status := d.post(url, "/v1/events", d.waiting.Append(nil))
	if status == http.StatusAccepted {
		d.kept = append(d.kept, d.made...)
		d.waiting = nil
	}
	return status
}

func (d *device) post(url, path string, body []byte) (status int) {
	defer func() { d.answers[status]++ }()
	r, err := http.NewRequest("POST", url+path, bytes.NewReader(body))
	if err != nil {
		return 0
	}
	r.Header.Set("Origin", url)
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

// all runs act for every device at once.
func all(devices []*device, act func(d *device)) {
	var group sync.WaitGroup
	for _, d := range devices {
		group.Go(func() { act(d) })
	}
	group.Wait()
}

// balance is what the builder reads beside what was confirmed.
type balance struct{ confirmed, lost, doubled, foreign, forgotten int }

// weigh reads a folder as the builder does.
func weigh(ctx context.Context, folder string, devices []*device) (b balance, r *feedback.Report, err error) {
	log, r, err := feedback.Open(ctx, folder, feedback.Options{})
	if err != nil {
		return b, nil, err
	}
	read := map[event.ID]int{}
	for _, e := range log.Events {
		read[e.ID]++
		b.doubled += min(1, read[e.ID]-1)
	}
	b.foreign = len(read)
	for _, d := range devices {
		for _, id := range d.sent {
			b.foreign -= min(1, read[id])
			if d.gone {
				b.forgotten += read[id]
			}
		}
		if d.gone {
			continue
		}
		b.confirmed += len(d.kept)
		for _, id := range d.kept {
			if read[id] == 0 {
				b.lost++
			}
		}
	}
	return b, r, nil
}

// figures are the rows of a balance.
func (b balance) figures(of, runs string) []Figure {
	rows := []Figure{
		{Name: "events that the edge confirmed, " + of, Unit: "events", Bar: 1000, AtLeast: true, Measured: float64(b.confirmed)},
		{Name: "… lost", Unit: "events", Measured: float64(b.lost)},
		{Name: "… read twice", Unit: "events", Measured: float64(b.doubled)},
		{Name: "… read and sent by no one, or forgotten", Unit: "events", Measured: float64(b.foreign + b.forgotten)},
	}
	for i := range rows {
		rows[i].Runs = runs
	}
	return rows
}
