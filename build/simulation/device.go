package simulation

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
	"sparrow/wasm/protocol"
)

// device writes the events that a visitor's browser would.
type device struct {
	visitor event.Visitor
	bundle  event.Bundle
	arms    []event.Arm
	session event.ID
	seq     uint32
	exposed map[string]bool // layers, in this session
	clock   int64           // Unix milliseconds
	events  []event.Event   // of this session; nil and stays so for who did not consent
	shares  bool
	random  *rand.Rand
}

func newDevice(d dice, number uint64, shares bool) *device {
	dev := &device{shares: shares, random: d.generator(ofID, number)}
	var secret [16]byte
	binary.LittleEndian.PutUint64(secret[:8], dev.random.Uint64())
	binary.LittleEndian.PutUint64(secret[8:], dev.random.Uint64())
	sum := sha256.Sum256(secret[:])
	copy(dev.visitor[:], sum[:])
	return dev
}

// begin starts a session.
func (d *device) begin(at int64) {
	d.clock, d.seq, d.events, d.exposed = at, 0, nil, map[string]bool{}
	d.session = d.id()
}

// id returns a UUIDv7 of this moment: RFC 9562, section 5.7.
func (d *device) id() event.ID {
	var id event.ID
	binary.BigEndian.PutUint64(id[:8], uint64(d.clock)<<16|0x7000|d.random.Uint64()>>52)
	binary.BigEndian.PutUint64(id[8:], 1<<63|d.random.Uint64()>>2)
	return id
}

// wait lets time pass: a second at least and about mean.
func (d *device) wait(mean float64) { d.clock += 1000 + int64(1000*mean*d.random.ExpFloat64()) }

// add completes e and returns its id.
func (d *device) add(e event.Event) event.ID {
	if !d.shares {
		return event.ID{}
	}
	e.ID, e.At, e.Visitor, e.Session, e.Seq, e.Bundle, e.Arms = d.id(), d.clock, d.visitor, d.session, d.seq, d.bundle, d.arms
	d.seq++
	d.events = append(d.events, e)
	return e.ID
}

// expose notes that the arms of layers matter to what is seen, once a session.
func (d *device) expose(layers []string) {
	for _, l := range layers {
		if !d.exposed[l] {
			d.exposed[l] = true
			d.add(event.Event{Kind: event.Exposure, Layer: l})
		}
	}
}

// place is where a card stands.
func place(list string, position int, c *protocol.Card) *event.Place {
	p := &event.Place{List: list, Position: uint16(position)}
	if o := c.Origin; o != nil {
		p.Source, p.Team, p.Propensity = o.Source, o.Team, o.Propensity
	}
	return p
}

// see notes that a card was in view.
func (d *device) see(id catalog.ID, at *event.Place) event.ID {
	d.wait(1)
	return d.add(event.Event{Kind: event.Impression, Item: id, Place: at})
}

// open notes that a card was followed and its item's page opened.
func (d *device) open(id catalog.ID, at *event.Place, seen event.ID) (click event.ID) {
	d.wait(2)
	click = d.add(event.Event{Kind: event.Click, Item: id, Place: at, Cause: seen})
	d.clock += 200
	d.add(event.Event{Kind: event.View, Item: id, Cause: click})
	return click
}

// say records the visitor's opinion of an item.
func (d *device) say(e protocol.Entry, at *event.Place, cause event.ID) {
	d.wait(20)
	d.add(event.Event{Kind: event.Kind(e.Action), Item: e.ID, Stars: e.Stars, Place: at, Cause: cause})
}
