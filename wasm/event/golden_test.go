package event

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata again")

// vector is an event for readers and writers in any language: its fields as
// JSON, byte strings in hexadecimal, and its bytes.
type vector struct {
	Name  string          `json:"name"`
	Event json.RawMessage `json:"event"`
	Hex   string          `json:"hex"`
}

// forms is the same for what events are sent and kept in. The events are those of the vectors.
type forms struct {
	Sent     int64    `json:"sent"`
	Received int64    `json:"received"`
	Site     string   `json:"site"`
	Events   []string `json:"events"`
	Dead     []string `json:"dead"`
	Batch    string   `json:"batch"`
	Record   string   `json:"record"`
	Network  string   `json:"network"`
	Tagged   string   `json:"tagged"` // the record, with the network: version 2
	Segment  string   `json:"segment"`
}

// samples are one event of each kind, and the edges of what is allowed.
func samples() (names []string, events []Event) {
	add := func(name string, e Event) { names, events = append(names, name), append(events, e) }
	base := func(n byte, k Kind) Event {
		return Event{ID: uuid7(n), Kind: k, At: 1764000000000 + int64(n), Visitor: Visitor{0xaa, 15: 0xbb}, Session: uuid7(99), Seq: uint32(n)}
	}
	e := base(0, Impression)
	e.Item, e.Place = "1", &Place{List: "popular", Position: 1}
	add("an impression with nothing but what it needs", e)
	add("a click with all there is", click())
	for i, k := range []Kind{View, Like, Dislike, NotInterested, Watchlist, Clear} {
		e := base(byte(10+i), k)
		e.Item, e.Cause = "296", uuid7(1)
		add(string(k), e)
	}
	e = base(20, Rate)
	e.Item, e.Stars, e.Place = "tt0111161/Amélie", 0.5, &Place{"search", 65535, "", "", 1}
	add("half a star at the last position", e)
	e.Stars, e.Seq = 5, 1<<32-1
	add("five stars and the last number", e)
	e = base(21, Undo)
	e.Cause = uuid7(20)
	add("undo", e)
	e = base(22, Exposure)
	e.Layer, e.Arms = "mix", []Arm{{"mix", "more-transitions"}, {"model", "control"}}
	add("exposure", e)
	e = base(23, Dropped)
	e.Of, e.Count = Impression, 1234
	add("dropped", e)
	e = base(24, Purchase)
	e.Item, e.Value, e.Currency, e.Count, e.Place, e.Cause = "9783161484100", 4_294_967_295, [3]byte{'E', 'U', 'R'}, 10_000, &Place{"widget-similar", 2, "pool", "", 0}, uuid7(1)
	add("a purchase with all there is", e)
	for i, k := range []Kind{Cart, Return, Play, Read} {
		e := base(byte(25+i), k)
		e.Item = "9783161484100"
		if k == Play || k == Read {
			e.Value = 100
		}
		add(string(k), e)
	}
	e = base(29, Start)
	add("a start that failed", e)
	e.Value, e.Seq = 93, 30
	add("a start of 0.93 seconds", e)
	return names, events
}

// fieldsOf is the event as the vectors spell it.
func fieldsOf(e *Event) map[string]any {
	m := map[string]any{"i": hex.EncodeToString(e.ID[:]), "k": e.Kind, "t": e.At, "v": hex.EncodeToString(e.Visitor[:]), "s": hex.EncodeToString(e.Session[:])}
	put := func(key string, v any, there bool) {
		if there {
			m[key] = v
		}
	}
	put("q", e.Seq, e.Seq > 0)
	put("b", hex.EncodeToString(e.Bundle[:]), e.Bundle != Bundle{})
	arms := map[string]string{}
	for _, a := range e.Arms {
		arms[a.Layer] = a.Name
	}
	put("a", arms, len(arms) > 0)
	put("m", e.Item, e.Item != "")
	put("r", e.Stars, e.Stars > 0)
	if e.Place != nil {
		p := map[string]any{"l": e.Place.List, "p": e.Place.Position}
		m["p"] = p
		for key, text := range map[string]string{"o": e.Place.Source, "g": e.Place.Team} {
			if text != "" {
				p[key] = text
			}
		}
		if e.Place.Propensity > 0 {
			p["w"] = e.Place.Propensity
		}
	}
	put("c", hex.EncodeToString(e.Cause[:]), e.Cause != ID{})
	put("y", e.Layer, e.Layer != "")
	put("d", e.Of, e.Of != "")
	put("n", e.Count, e.Count > 0)
	put("x", e.Value, e.Value > 0)
	put("u", string(e.Currency[:]), e.Currency != [3]byte{})
	return m
}

// TestGolden fails when the bytes change. If that is meant, say why in
// FORMAT.md, run go test -update and commit testdata.
func TestGolden(t *testing.T) {
	var vectors []vector
	f := forms{Sent: 1764000100000, Received: 1764000100250, Site: "shop"}
	batch := Batch{Sent: f.Sent}
	names, events := samples()
	for i, e := range events {
		fields, err := json.Marshal(fieldsOf(&e))
		if err != nil {
			t.Fatal(err)
		}
		raw := e.Append(nil)
		if back, err := Decode(raw); err != nil || !cmp.Equal(back, e) {
			t.Errorf("%s: Decode(Append) = %v, %v", names[i], back, err)
		}
		vectors = append(vectors, vector{names[i], fields, hex.EncodeToString(raw)})
		f.Events = append(f.Events, names[i])
		batch.Events = append(batch.Events, raw)
	}
	record := Record{Site: f.Site, Received: f.Received, Sent: f.Sent, Events: batch.Events, Dead: []DeadLetter{{"event: field k names no kind", []byte{0x80}}}}
	visitor := Visitor{0xaa, 15: 0xbb}
	erasure := Record{Site: f.Site, Received: f.Received + 1, Erase: &visitor}
	f.Dead = []string{record.Dead[0].Reason, hex.EncodeToString(record.Dead[0].Raw)}
	f.Batch = hex.EncodeToString(batch.Append(nil))
	f.Record = hex.EncodeToString(record.Append(nil))
	tagged := record
	tagged.Network = Network{0x9a, 1, 2, 3, 4, 5, 6, 7}
	f.Network, f.Tagged = hex.EncodeToString(tagged.Network[:]), hex.EncodeToString(tagged.Append(nil))
	f.Segment = hex.EncodeToString(AppendSegment(AppendSegment(nil, record.Append(nil)), erasure.Append(nil)))
	golden(t, "testdata/vectors.json", vectors)
	golden(t, "testdata/forms.json", f)
}

// golden compares v as JSON with a file, or writes it there.
func golden(t *testing.T, name string, v any) {
	t.Helper()
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	if *update {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(text)); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}
