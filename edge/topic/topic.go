// Package topic has feedback as the messages of a topic of Kafka: FORMAT.md is
// the text, for other readers of the topic too.
package topic

import (
	"encoding/hex"
	"encoding/json"

	"sparrow/wasm/event"
)

// Message is one message of the topic.
type Message struct {
	Key   []byte // the visitor's 32 hexadecimal digits, so that all of theirs are in one partition; nil for dead letters
	Value []byte // a JSON object
}

// version is that of the messages' form.
const version = 1

// value is a message's JSON. Moments are Unix milliseconds, ids hexadecimal; what
// is zero is left out.
type value struct {
	V        int    `json:"v"`
	Site     string `json:"site,omitempty"`
	Received int64  `json:"received"`
	Sent     int64  `json:"sent,omitempty"`
	Network  string `json:"network,omitempty"`

	Erase string `json:"erase,omitempty"` // a visitor who wants nothing of theirs kept
	Dead  string `json:"dead,omitempty"`  // why an event was refused

	ID         string  `json:"id,omitempty"`
	Kind       string  `json:"kind,omitempty"`
	At         int64   `json:"at"` // on the edge's clock; Received in messages that are no event
	Visitor    string  `json:"visitor,omitempty"`
	Session    string  `json:"session,omitempty"`
	Seq        uint32  `json:"seq,omitempty"`
	Bundle     string  `json:"bundle,omitempty"`
	Item       string  `json:"item,omitempty"`
	Stars      float32 `json:"stars,omitempty"`
	Value      uint32  `json:"value,omitempty"`
	Currency   string  `json:"currency,omitempty"`
	Count      uint32  `json:"count,omitempty"`
	List       string  `json:"list,omitempty"`
	Position   uint16  `json:"position,omitempty"`
	Source     string  `json:"source,omitempty"`
	Team       string  `json:"team,omitempty"`
	Propensity float32 `json:"propensity,omitempty"`
	Cause      string  `json:"cause,omitempty"`
	Layer      string  `json:"layer,omitempty"`
	Of         string  `json:"of,omitempty"`
	Arms       []arm   `json:"arms,omitempty"`

	Raw []byte `json:"raw,omitempty"` // the event as it came; base64
}

type arm struct {
	Layer string `json:"layer"`
	Name  string `json:"name"`
}

// Messages returns what a record holds, one message for each event, dead letter
// and erasure, in this order. They share no memory with the record.
func Messages(r *event.Record) []Message {
	base := value{V: version, Site: r.Site, Received: r.Received, Sent: r.Sent, At: r.Received}
	if r.Network != (event.Network{}) {
		base.Network = hex.EncodeToString(r.Network[:])
	}
	list := make([]Message, 0, len(r.Events)+len(r.Dead)+1)
	for _, raw := range r.Events {
		v := base
		v.Raw = raw
		e, err := event.Decode(raw)
		if err != nil {
			v.Dead = "stored as good: " + err.Error()
			list = append(list, v.message(nil))
			continue
		}
		v.set(&e)
		v.At = r.At(&e)
		list = append(list, v.message(&e.Visitor))
	}
	for _, l := range r.Dead {
		v := base
		v.Dead, v.Raw = l.Reason, l.Raw
		list = append(list, v.message(nil))
	}
	if r.Erase != nil {
		v := base
		v.Erase = hex.EncodeToString(r.Erase[:])
		list = append(list, v.message(r.Erase))
	}
	return list
}

// set takes over the fields of an event, but for its moment.
func (v *value) set(e *event.Event) {
	v.ID, v.Kind = hex.EncodeToString(e.ID[:]), string(e.Kind)
	v.Visitor, v.Session = hex.EncodeToString(e.Visitor[:]), hex.EncodeToString(e.Session[:])
	v.Seq, v.Item, v.Stars, v.Value, v.Count = e.Seq, string(e.Item), e.Stars, e.Value, e.Count
	v.Layer, v.Of = e.Layer, string(e.Of)
	if e.Bundle != (event.Bundle{}) {
		v.Bundle = hex.EncodeToString(e.Bundle[:])
	}
	if e.Cause != (event.ID{}) {
		v.Cause = hex.EncodeToString(e.Cause[:])
	}
	if e.Currency != ([3]byte{}) {
		v.Currency = string(e.Currency[:])
	}
	if p := e.Place; p != nil {
		v.List, v.Position, v.Source, v.Team, v.Propensity = p.List, p.Position, p.Source, p.Team, p.Propensity
	}
	for _, a := range e.Arms {
		v.Arms = append(v.Arms, arm{a.Layer, a.Name})
	}
}

// message encodes v; visitor is whose it is, nil where that is unknown.
func (v *value) message(visitor *event.Visitor) (m Message) {
	m.Value, _ = json.Marshal(v) // no field of it can fail
	if visitor != nil {
		m.Key = []byte(hex.EncodeToString(visitor[:]))
	}
	return m
}
