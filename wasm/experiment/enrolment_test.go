package experiment

import (
	"bytes"
	"encoding/json"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vmihailenco/msgpack/v5"

	"sparrow/wasm/event"
)

// full returns an enrolment in which every field is set somewhere.
func full() Enrolment {
	e := Enrolment{Visitor: counting, Now: 15, Layers: good(), Trending: []Trend{{"318", 12.5}, {"1", 0.5}}}
	e.Layers = append(e.Layers, Layer{Name: "explore", Salt: "explore", Share: 1, Start: 30, End: 40, Arms: []Arm{
		{Name: "a", Weight: 1, Explore: ptr[float32](0.25), Variety: ptr[float32](0)}}})
	return e
}

func TestEnrolmentRoundTrip(t *testing.T) {
	want := full()
	got, err := Decode(want.Append(nil))
	if diff := cmp.Diff(&want, got); err != nil || diff != "" {
		t.Errorf("Decode: %v\n%s", err, diff)
	}
}

// TestDecodeAsBrowsersWrite reads numbers in other forms than ours and no one for
// a visitor.
func TestDecodeAsBrowsersWrite(t *testing.T) {
	b, err := msgpack.Marshal([]any{nil, 15,
		[]any{[]any{"mix", "s", 1, 10, uint64(20), []any{[]any{"a", 1, "", 0, []any{0.5, 0, 0}, 0.25, nil, nil}}}},
		[]any{[]any{"318", 12}}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(b)
	want := &Enrolment{Now: 15, Trending: []Trend{{"318", 12}}, Layers: []Layer{{Name: "mix", Salt: "s", Share: 1, Start: 10, End: 20, Arms: []Arm{
		{Name: "a", Weight: 1, Mix: &Mix{Transition: 0.5}, Variety: ptr[float32](0.25)}}}}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Fatalf("Decode: %v\n%s", err, diff)
	}
	if in := got.Arms(15); len(in) != 0 {
		t.Errorf("nobody is in %d layers", len(in))
	}
}

func TestArms(t *testing.T) {
	e := full()
	e.Layers[1].Share = 1
	for now, want := range map[int64]string{9: "", 10: "lists model", 19: "lists model", 20: "", 30: "explore"} {
		var names []string
		for _, in := range e.Arms(now) {
			names = append(names, in.Layer.Name)
			if in.Layer.ArmNamed(in.Arm.Name) != in.Arm {
				t.Errorf("arm %q is not of layer %q", in.Arm.Name, in.Layer.Name)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("Arms(%d) = %q, want %q", now, got, want)
		}
	}
	e.Visitor = event.Visitor{}
	if in := e.Arms(10); in != nil {
		t.Errorf("Arms of nobody = %v", in)
	}
}

// TestTheFileOfFormat reads the example of FORMAT.md as the builder does and
// writes it again.
func TestTheFileOfFormat(t *testing.T) {
	const text = `{"version":1,"layers":[{"name":"mix","salt":"mix-2026-11","share":0.5,"start":"2026-11-01T00:00:00Z","end":"2026-12-01T00:00:00Z","arms":[` +
		`{"name":"control","weight":1},{"name":"more-transitions","weight":1,"mix":{"transition":0.5,"popular":0.05,"trending":0.05}}]}]}`
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	var f File
	if err := decoder.Decode(&f); err != nil {
		t.Fatal(err)
	}
	want := File{1, []Layer{{"mix", "mix-2026-11", 0.5, 1793491200, 1796083200, []Arm{
		{Name: "control", Weight: 1}, {Name: "more-transitions", Weight: 1, Mix: &Mix{0.5, 0.05, 0.05}}}}}}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Error(diff)
	}
	if err := f.Validate(); err != nil {
		t.Error(err)
	}
	if b, err := json.Marshal(f); err != nil || string(b) != text {
		t.Errorf("Marshal: %s, %v", b, err)
	}
}

func TestBadEnrolmentsAreRefused(t *testing.T) {
	long := append([]byte("\x94\xc0\x00\x90\xdc\x00\xc9"), bytes.Repeat([]byte("\x92\xa11\x01"), 201)...)
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", "byte 0: array needs 1 bytes, 0 are left"},
		{"three parts", "\x93\xc0\x00\x90", "byte 1: an array is too short"},
		{"five parts", "\x95\xc0\x00\x90\x90\x90", "byte 1: an array is too long"},
		{"a visitor of one byte", "\x94\xc4\x01\x00\x00\x90\x90", "byte 4: a visitor has 16 bytes"},
		{"more trends than there can be", string(long), "byte 7: an array is too long"},
		{"a layer without arms", "\x94\xc0\x00\x91\x96\xa1a\xa1s\x01\x00\x01\x90\x90", "byte 13: no arm"},
		{"a mix of more than all", "\x94\xc0\x00\x91\x96\xa1a\xa1s\x01\x00\x01\x91\x98\xa1a\x01\xa0\x00\x93\x01\x01\x01\xc0\xc0\xc0\x90", "byte 23: no such mix"},
		{"something behind it", "\x94\xc0\x00\x90\x90\x80", "byte 5: 1 bytes after the end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Decode([]byte(c.in)); err == nil || err.Error() != "experiment: "+c.want {
				t.Errorf("Decode(%q) = %v, want %s", c.in, err, c.want)
			}
		})
	}
}

// FuzzDecode: no panic, whatever the visitor, memory within 64 times the input,
// and what was understood is understood again once it has been written.
func FuzzDecode(f *testing.F) {
	e := full()
	f.Add(e.Append(nil))
	f.Add([]byte("\x94\xc0\x00\x91\xdd\x04\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		e, err := Decode(b)
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > uint64(64*len(b)+64<<10) {
			t.Errorf("decoding %d bytes allocates %d", len(b), n)
		}
		if err != nil {
			return
		}
		for _, in := range e.Arms(e.Now) {
			in.Layer.Changes()
		}
		once := e.Append(nil)
		again, err := Decode(once)
		if err != nil || !bytes.Equal(once, again.Append(nil)) {
			t.Errorf("%+v becomes %+v, %v", e, again, err)
		}
	})
}
