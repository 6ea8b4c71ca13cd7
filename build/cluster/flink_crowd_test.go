//go:build cluster

package cluster

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"sparrow/edge/topic"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// crowd is made-up visitors who write to a topic, the same ones in every run.
type crowd struct {
	t      *testing.T
	client *kgo.Client
	r      *rand.Rand
	noon   int64 // of yesterday, Unix milliseconds: the newest arrival
	ids    uint64
	liked  map[int]event.ID // by visitor, their first like of i0
}

const (
	minute = 60_000
	hour   = 60 * minute
	day    = 24 * hour
)

func newCrowd(t *testing.T, b *broker) *crowd {
	c := &crowd{t: t, client: b.client(t), r: rand.New(rand.NewPCG(1, 2)), liked: make(map[int]event.ID)}
	t.Cleanup(c.client.Close)
	c.noon = time.Now().UTC().Truncate(24*time.Hour).UnixMilli() - 12*hour
	return c
}

// id returns the next one, a UUIDv7 as far as the edge looks.
func (c *crowd) id() (id event.ID) {
	c.ids++
	binary.BigEndian.PutUint64(id[8:], c.ids)
	id[6], id[8] = 0x70, 0x80
	return id
}

func visitorOf(v int) event.Visitor { return event.Visitor{15: byte(v), 0: byte(v * 37)} }

// networkOf returns a visitor's network of a day, one of 15; that of each twelfth is unknown.
func networkOf(v int, at int64) event.Network {
	if v%12 == 11 {
		return event.Network{}
	}
	return event.Network{0: byte(at / day), 1: byte(1 + v%15)}
}

// record returns a request of a visitor that came at a moment. The At of an event says here how many
// milliseconds before it was sent it happened.
func (c *crowd) record(v int, received int64, events ...event.Event) *event.Record {
	r := &event.Record{Site: "shop", Received: received, Sent: received - 700, Network: networkOf(v, received)} // the device's clock is wrong
	session := c.id()
	for i, e := range events {
		if e.ID == (event.ID{}) {
			e.ID = c.id()
		}
		e.Visitor, e.Session, e.Seq, e.At = visitorOf(v), session, uint32(i), r.Sent-e.At
		if e.Kind == event.Click {
			e.Place = &event.Place{List: "for-you", Position: 1}
		}
		r.Events = append(r.Events, e.Append(nil))
	}
	return r
}

// send writes what a record holds to the topic.
func (c *crowd) send(r *event.Record) {
	c.t.Helper()
	for _, m := range topic.Messages(r) {
		if m.Key == nil {
			c.t.Fatalf("a made-up event is bad: %s", m.Value)
		}
		if err := c.client.ProduceSync(c.t.Context(), &kgo.Record{Topic: "sparrow", Key: m.Key, Value: m.Value}).FirstErr(); err != nil {
			c.t.Fatal(err)
		}
	}
}

func like(item string) event.Event {
	return event.Event{Kind: event.Like, Item: catalog.ID(item)}
}

// come has 60 visitors come on three days, and each on two of them at least.
func (c *crowd) come() {
	kinds := []event.Kind{event.Like, event.Click, event.View, event.Rate, event.Purchase, event.Cart, event.Impression, event.Dislike, event.Watchlist}
	for _, ago := range []int64{3 * day, day, 0} {
		for v := range 60 {
			if ago > 0 && c.r.IntN(4) == 0 {
				continue
			}
			received := c.noon - ago - minute - c.r.Int64N(8*hour)
			first := like("i0")
			first.ID = c.id()
			if _, ok := c.liked[v]; !ok {
				c.liked[v] = first.ID
			}
			events := []event.Event{first, like("gone-1")}
			for range 1 + c.r.IntN(12) {
				e := event.Event{Kind: kinds[c.r.IntN(len(kinds))], Item: catalog.ID(fmt.Sprint("i", c.r.IntN(12))), At: c.r.Int64N(9 * hour)}
				switch e.Kind {
				case event.Rate:
					e.Stars = float32(1+c.r.IntN(10)) / 2
				case event.Impression:
					e.Kind, e.Stars = event.Clear, 0
				}
				events = append(events, e)
			}
			if v%5 == 0 {
				again := like(fmt.Sprint("i", c.r.IntN(12)))
				again.ID = c.id()
				events = append(events, again, event.Event{Kind: event.Undo, Cause: again.ID})
			}
			r := c.record(v, received, events...)
			c.send(r)
			if v%7 == 0 { // the same events again, as a device sends them that had no answer
				r.Received, r.Sent = r.Received+5000, r.Sent+5000
				c.send(r)
			}
		}
	}
	old, older, ahead := like("i1"), like("i2"), like("i3")
	old.At, older.At, ahead.At = 35*day-50*minute, 36*day, -4*minute // 20 minutes more and it would be too old; too old; of a wrong clock
	c.send(c.record(35, c.noon-30*minute, old, older))
	c.send(c.record(23, c.noon-minute, ahead))
	for _, v := range []int{8, 9} {
		visitor := visitorOf(v)
		c.send(&event.Record{Site: "shop", Received: c.noon - hour, Sent: c.noon - hour, Erase: &visitor})
	}
	c.send(c.record(9, c.noon-minute/2, like("i4")))                        // was under way
	c.send(c.record(11, c.noon, event.Event{Kind: event.View, Item: "i5"})) // of a visitor who counts, so that this is the moment
}

// change has some take back what they did, one ask to be forgotten, and others come for i12.
func (c *crowd) change() {
	c.noon += 10 * minute
	for v := range 7 {
		c.send(c.record(v, c.noon-minute, event.Event{Kind: event.Undo, Cause: c.liked[v]}))
	}
	visitor := visitorOf(12)
	c.send(&event.Record{Site: "shop", Received: c.noon - minute, Sent: c.noon - minute, Erase: &visitor})
	for v := range 24 {
		c.send(c.record(v, c.noon-2*minute+int64(v), like("i12")))
	}
	c.send(c.record(11, c.noon, event.Event{Kind: event.View, Item: "i6"}))
}
