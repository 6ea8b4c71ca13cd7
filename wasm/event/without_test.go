package event

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

func TestWithout(t *testing.T) {
	ann, bob := Visitor{'a'}, Visitor{'b'}
	record := func(received int64, change func(*Record)) []byte {
		r := Record{Site: "s", Received: received, Sent: 9}
		change(&r)
		return r.Append(nil)
	}
	join := func(records ...[]byte) (segment []byte) {
		for _, r := range records {
			segment = AppendSegment(segment, r)
		}
		return segment
	}
	mixed := record(10, func(r *Record) {
		r.Network = Network{7}
		r.Events = [][]byte{like(1, 'a'), like(2, 'b'), like(3, 'a')}
		r.Dead = []DeadLetter{{"bad", append([]byte("xx"), ann[:]...)}, {"bad", []byte("other")}}
	})
	onlyBob := record(10, func(r *Record) {
		r.Network = Network{7}
		r.Events = [][]byte{like(2, 'b')}
		r.Dead = []DeadLetter{{"bad", []byte("other")}}
	})
	onlyAnn := record(11, func(r *Record) { r.Events = [][]byte{like(4, 'a')} })
	later := record(20, func(r *Record) { r.Events = [][]byte{like(5, 'a')} })
	erasure := record(20, func(r *Record) { r.Sent, r.Erase = 0, &ann })
	damaged := append([]byte{0xc0}, ann[:]...)
	harmless := []byte{0xc0, 1, 2, 3}
	for _, c := range []struct {
		name      string
		in, want  []byte
		forgotten []Visitor
	}{
		{"an empty segment", nil, nil, []Visitor{ann}},
		{"nobody", join(mixed, later), join(mixed, later), nil},
		{"their events and letters, also what came after the wish, not the wish", join(mixed, onlyAnn, later, erasure, later), join(onlyBob, erasure), []Visitor{ann}},
		{"two visitors", join(mixed, later), join(record(10, func(r *Record) { r.Network, r.Dead = Network{7}, []DeadLetter{{"bad", []byte("other")}} })), []Visitor{ann, bob}},
		{"a visitor of whom there is nothing", join(mixed, onlyAnn), join(mixed, onlyAnn), []Visitor{{'c'}}},
		{"damaged records that hold their bytes", join(damaged, harmless), join(harmless), []Visitor{ann}},
		{"a torn tail", append(join(later), 0xc4, 0x09, 1), join(later), []Visitor{bob}},
		{"all there is", join(onlyAnn), nil, []Visitor{ann}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := bytes.Clone(c.in)
			got := Without(c.in, forgotten(c.forgotten...))
			if !bytes.Equal(got, c.want) {
				t.Errorf("Without =\n%x, want\n%x", got, c.want)
			}
			if !bytes.Equal(before, c.in) {
				t.Error("Without changed its input")
			}
		})
	}
}

// forgotten is a set of visitors.
func forgotten(visitors ...Visitor) *Forgotten {
	f := NewForgotten()
	for _, v := range visitors {
		f.Add(v, 20)
	}
	return f
}

// TestWithoutForgets draws segments: afterwards no event of the visitor is left,
// and none of others is missing.
func TestWithoutForgets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gone := Visitor{1}
		var segment []byte
		var want int
		for range rapid.IntRange(0, 5).Draw(t, "records") {
			r := anyRecord(t)
			for _, e := range r.Events {
				if stamp, _ := Check(e); stamp.Visitor != gone {
					want++
				}
			}
			segment = AppendSegment(segment, r.Append(nil))
		}
		left := Without(segment, forgotten(gone))
		got := 0
		for r, err := range Segment(left) {
			if err != nil {
				t.Fatal(err)
			}
			got += len(r.Events)
		}
		if got != want {
			t.Errorf("%d events are left, want %d", got, want)
		}
		if again := Without(left, forgotten(gone)); !bytes.Equal(again, left) {
			t.Error("a second time changes something")
		}
	})
}
