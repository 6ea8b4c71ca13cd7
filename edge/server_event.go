package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"sparrow/wasm/event"
)

// serverEvent is what one element of a request says.
type serverEvent struct {
	ID       string          `json:"id"`
	Kind     event.Kind      `json:"kind"`
	At       json.RawMessage `json:"at"` // a moment of RFC 3339, or Unix seconds or milliseconds
	Visitor  string          `json:"visitor"`
	Item     string          `json:"item"`
	Value    *float64        `json:"value"`
	Currency string          `json:"currency"`
	Quantity *float64        `json:"quantity"`
	Stars    float64         `json:"stars"`
}

// serverKinds are the kinds that a server may send: what people did with an item, apart from
// lists that it did not show.
var serverKinds = []event.Kind{event.View, event.Rate, event.Like, event.Dislike, event.NotInterested, event.Clear, event.Cart, event.Purchase, event.Return, event.Play, event.Read}

// eraseKind is what stands for a visitor whose events are not to be kept.
const eraseKind event.Kind = "erase"

// readServerEvents reads a JSON array of events and returns each as devices write them; or one
// element of eraseKind, and returns its visitor. The error names the event by its place, from 1.
func readServerEvents(raw []byte, now int64) (all [][]byte, erase *event.Visitor, err error) {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, nil, fmt.Errorf("the body is no JSON array of events: %w", err)
	}
	switch {
	case len(list) == 0:
		return nil, nil, errors.New("the array holds no event")
	case len(list) > event.MaxBatch:
		return nil, nil, fmt.Errorf("%d events, of which a request has at most %d", len(list), event.MaxBatch)
	}
	if len(list) == 1 {
		var wish struct {
			Kind    event.Kind `json:"kind"`
			Visitor string     `json:"visitor"`
		}
		if json.Unmarshal(list[0], &wish) == nil && wish.Kind == eraseKind && wish.Visitor != "" {
			visitor := serverVisitor(wish.Visitor)
			return nil, &visitor, nil
		}
	}
	all = make([][]byte, len(list))
	for i, one := range list {
		e, err := readServerEvent(one, now)
		if err == nil {
			e.Seq = uint32(i)
			all[i] = e.Append(nil)
			_, err = event.Check(all[i]) // its bounds are those of devices
		}
		if err != nil {
			return nil, nil, fmt.Errorf("event %d: %w", i+1, err)
		}
	}
	return all, nil, nil
}

// readServerEvent reads one event, all of raw.
func readServerEvent(raw []byte, now int64) (e event.Event, err error) {
	var s serverEvent
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return e, fmt.Errorf("%w: it has id, kind, at, visitor, item, and value, currency, quantity or stars where these are known", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return e, errors.New("more than an object")
	}
	if s.Kind == eraseKind {
		return e, errors.New("a wish to erase is alone in its request, with a kind and a visitor")
	}
	for _, field := range []struct{ name, value string }{{"id", s.ID}, {"visitor", s.Visitor}, {"item", s.Item}} {
		if field.value == "" || len(field.value) > 200 {
			return e, fmt.Errorf("%s has %d bytes: want a text of 1 to 200", field.name, len(field.value))
		}
	}
	if !slices.Contains(serverKinds, s.Kind) {
		return e, fmt.Errorf("kind %.40q is none of %v", s.Kind, serverKinds)
	}
	if e.At, err = momentOf(s.At); err != nil {
		return e, err
	}
	if wrong := wrong(event.Checked{At: e.At}, now); wrong != nil {
		return e, fmt.Errorf("%w; go run ./build import-events takes what is older", wrong)
	}
	if e.Value, err = hundredths(s.Kind, s.Value); err != nil {
		return e, err
	}
	if e.Currency, err = currencyOf(s.Kind, s.Currency); err != nil {
		return e, err
	}
	if q := s.Quantity; q != nil {
		if *q != math.Trunc(*q) || *q < 1 || *q > 10_000 || s.Kind != event.Cart && s.Kind != event.Purchase && s.Kind != event.Return {
			return e, fmt.Errorf("quantity %g: want a whole number from 1 to 10000, with cart, purchase and return alone", *q)
		}
		e.Count = uint32(*q)
	}
	if (s.Stars != 0) != (s.Kind == event.Rate) || s.Stars != math.Trunc(2*s.Stars)/2 || s.Stars < 0 || s.Stars > 5 {
		return e, fmt.Errorf("stars %g: want 0.5 to 5 in halves, with rate alone", s.Stars)
	}
	e.Kind, e.Stars = s.Kind, float32(s.Stars)
	copyText(&e.Item, s.Item)
	e.ID = named("event", s.ID)
	e.Visitor = serverVisitor(s.Visitor)
	e.Session = named("session", s.Visitor+"\x00"+time.UnixMilli(e.At).UTC().Format(time.DateOnly))
	return e, nil
}

// copyText stores a text in dst, whatever type of text that is.
func copyText[T ~string](dst *T, text string) { *dst = T(text) }

// momentOf reads a moment and returns it in Unix milliseconds.
func momentOf(raw json.RawMessage) (int64, error) {
	if len(raw) == 0 {
		raw = json.RawMessage("is missing")
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if at, err := time.Parse(time.RFC3339, text); err == nil {
			return at.UnixMilli(), nil
		}
	}
	var n float64
	if text == "" && json.Unmarshal(raw, &n) == nil && n > 0 && n < 1e14 {
		if n < 1e11 {
			n *= 1000
		}
		return int64(n), nil
	}
	return 0, fmt.Errorf("at %.40s: want a moment, as \"2026-11-30T12:00:00Z\" or in Unix seconds or milliseconds", raw)
}

// hundredths returns a value as events have it.
func hundredths(kind event.Kind, value *float64) (uint32, error) {
	if value == nil {
		return 0, nil
	}
	most := 0.0
	switch kind {
	case event.Cart, event.Purchase, event.Play:
		most = math.MaxUint32 / 100
	case event.Read:
		most = 1
	}
	if !(*value >= 0 && *value <= most) {
		return 0, fmt.Errorf("value %g: want 0 to %.0f with this kind: money with cart and purchase, seconds with play, the share that was read with read", *value, most)
	}
	return uint32(math.Round(*value * 100)), nil
}

// currencyOf returns the letters of a currency.
func currencyOf(kind event.Kind, text string) (c [3]byte, err error) {
	if text == "" {
		return c, nil
	}
	if len(text) != 3 || kind != event.Cart && kind != event.Purchase {
		return c, fmt.Errorf("currency %.10q: want three capital letters, as \"EUR\", with cart and purchase alone", text)
	}
	copy(c[:], text)
	return c, nil
}

// named returns the id of what a server calls name: the same for the same name. Its bits are
// those of a hash, but for the ones that every id has.
func named(what, name string) event.ID {
	sum := sha256.Sum256([]byte("sparrow server " + what + "\x00" + name))
	id := event.ID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}

// serverVisitor returns the visitor whom a server calls name. No secret is known of them, so
// that no page can have them erased by guessing a customer's number: a server does, with its key.
func serverVisitor(name string) event.Visitor {
	sum := sha256.Sum256([]byte("sparrow server visitor\x00" + name))
	return event.Visitor(sum[:16])
}
