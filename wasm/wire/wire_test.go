package wire

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vmihailenco/msgpack/v5"
	"pgregory.net/rapid"
)

// read decodes b without knowing its type, as nested []any, with maps as
// arrays of key, value, key, value.
func read(r *Reader) any {
	if r.Nil() {
		return nil
	}
	if r.Rest() == 0 {
		r.Fail("nothing left")
		return nil
	}
	switch t := r.b[r.at]; {
	case t&0xf0 == 0x80 && t < 0x90, t == 0xde, t == 0xdf:
		out := []any{"map"}
		for range 2 * r.Map() {
			out = append(out, read(r))
		}
		return out
	case t&0xf0 == 0x90, t == 0xdc, t == 0xdd:
		out := []any{"array"}
		for range r.Array() {
			out = append(out, read(r))
		}
		return out
	case t&0xe0 == 0xa0, t >= 0xd9 && t <= 0xdb:
		return r.Str()
	case t >= 0xc4 && t <= 0xc6:
		return r.Bin()
	case t == 0xca, t == 0xcb:
		return r.Float()
	case t == 0xc2, t == 0xc3:
		return r.Bool()
	case t == 0xcf:
		return r.Uint()
	default:
		return r.Int()
	}
}

func TestWriterAgreesWithTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.Int64().Draw(t, "i")
		u := rapid.Uint64().Draw(t, "u")
		f := rapid.Float32().Draw(t, "f")
		d := rapid.Float64().Draw(t, "d")
		yes := rapid.Bool().Draw(t, "yes")
		s := rapid.String().Draw(t, "s") + strings.Repeat("é", rapid.SampledFrom([]int{0, 20, 200, 40000}).Draw(t, "pad"))
		raw := bytes.Repeat([]byte{7}, rapid.SampledFrom([]int{0, 1, 255, 256, 65535, 65536}).Draw(t, "raw"))
		n := rapid.SampledFrom([]int{0, 1, 15, 16, 65535, 65536}).Draw(t, "n")

		var w Writer
		w.Int(i)
		w.Uint(u)
		w.Float32(f)
		w.Float64(d)
		w.Bool(yes)
		w.Str(s)
		w.Bin(raw)
		w.Nil()
		w.Array(n)
		w.Map(n)

		var b bytes.Buffer
		e := msgpack.NewEncoder(&b)
		for _, err := range []error{
			e.EncodeInt(i), e.EncodeUint(u), e.EncodeFloat32(f), e.EncodeFloat64(d), e.EncodeBool(yes),
			e.EncodeString(s), e.EncodeBytes(raw), e.EncodeNil(), e.EncodeArrayLen(n), e.EncodeMapLen(n),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(w.Buf, b.Bytes()) {
			t.Fatalf("the writer and the library disagree:\n%.200x\n%.200x", w.Buf, b.Bytes())
		}

		r := NewReader(append(w.Buf, make([]byte, 2*n)...))
		if got := r.Int(); got != i {
			t.Errorf("Int() = %d, want %d", got, i)
		}
		if got := r.Uint(); got != u {
			t.Errorf("Uint() = %d, want %d", got, u)
		}
		if got := float32(r.Float()); got != f && !math.IsNaN(float64(f)) {
			t.Errorf("Float() = %g, want %g", got, f)
		}
		if got := r.Float(); got != d && !math.IsNaN(d) {
			t.Errorf("Float() = %g, want %g", got, d)
		}
		if got := r.Bool(); got != yes {
			t.Errorf("Bool() = %t, want %t", got, yes)
		}
		if got := r.Str(); got != s {
			t.Errorf("Str() = %.40q, want %.40q", got, s)
		}
		if got := r.Bin(); !bytes.Equal(got, raw) {
			t.Errorf("Bin() has %d bytes, want %d", len(got), len(raw))
		}
		if !r.Nil() {
			t.Error("Nil() = false, want true")
		}
		if got := r.Array(); got != n {
			t.Errorf("Array() = %d, want %d", got, n)
		}
		if got := r.Map(); got != n {
			t.Errorf("Map() = %d, want %d", got, n)
		}
		if r.Err() != nil {
			t.Fatal(r.Err())
		}
	})
}

func TestReaderReadsWhatTheLibraryWritesOfAnyGoValue(t *testing.T) {
	type inner struct {
		A int8
		B []string
	}
	v := []any{int64(-7), uint64(math.MaxUint64), 1.5, float32(2.5), "Amélie", []byte{1, 2}, true, nil,
		inner{-3, []string{"x", "y"}}, map[string]int{"k": 300}}
	b, err := msgpack.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	r := NewReader(b)
	got := read(r)
	r.End()
	want := []any{"array", int64(-7), uint64(math.MaxUint64), 1.5, 2.5, "Amélie", []byte{1, 2}, true, nil,
		[]any{"map", "A", int64(-3), "B", []any{"array", "x", "y"}}, []any{"map", "k", int64(300)}}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	r = NewReader(b)
	raw := r.Raw()
	r.End()
	if r.Err() != nil || !bytes.Equal(raw, b) {
		t.Errorf("Raw() = %x, %v, want %x", raw, r.Err(), b)
	}
}

func TestErrorsNameTheOffset(t *testing.T) {
	for _, c := range []struct {
		name string
		in   string
		do   func(*Reader)
		want string
	}{
		{"an array that promises 83 million elements", "\xc0\xdd\x04\xff\xff\xff", func(r *Reader) { r.Nil(); r.Array() }, "byte 1: array of 83886079 is longer than the 0 bytes left"},
		{"a map of more pairs than half the bytes", "\x82\xa0\xc0\xa0", func(r *Reader) { r.Map() }, "byte 0: map of 2 is longer than the 3 bytes left"},
		{"a bin of 4 GiB", "\xc6\xff\xff\xff\xff", func(r *Reader) { r.Bin() }, "byte 5: bin needs 4294967295 bytes, 0 are left"},
		{"a string cut short", "\xa5abc", func(r *Reader) { r.Str() }, "byte 1: string needs 5 bytes, 3 are left"},
		{"half a rune", "\xa1\xc3", func(r *Reader) { r.Str() }, "byte 0: string is not UTF-8"},
		{"another type", "\xc3", func(r *Reader) { r.Int() }, "byte 0: want integer, got type 0xc3"},
		{"an integer above int64", "\xcf\xff\xff\xff\xff\xff\xff\xff\xff", func(r *Reader) { r.Int() }, "byte 0: integer is too large"},
		{"a negative count", "\xff", func(r *Reader) { r.Uint() }, "byte 0: integer is negative"},
		{"the end", "", func(r *Reader) { r.Bool() }, "byte 0: bool needs 1 bytes, 0 are left"},
		{"something after the end", "\xc0\xc0", func(r *Reader) { r.Nil(); r.End() }, "byte 1: 1 bytes after the end"},
		{"the byte that is no type", "\xc1", func(r *Reader) { r.Skip() }, "byte 0: want value, got type 0xc1"},
		{"an extension cut short", "\xc7\x04\x01a", func(r *Reader) { r.Skip() }, "byte 2: extension needs 5 bytes, 2 are left"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := NewReader([]byte(c.in))
			c.do(r)
			if r.Err() == nil || r.Err().Error() != c.want {
				t.Errorf("Err() = %v, want %s", r.Err(), c.want)
			}
			if r.Int() != 0 || r.Str() != "" || r.Map() != 0 || r.Bin() != nil || r.Rest() != 0 {
				t.Error("after an error a read returned more than zero")
			}
		})
	}
}

func TestDeepNestingCostsNoStack(t *testing.T) {
	const depth = 1 << 20
	b := append(bytes.Repeat([]byte{0x91}, depth), 0xc0)
	r := NewReader(b)
	r.Skip()
	r.End()
	if r.Err() != nil {
		t.Errorf("Skip of %d nested arrays: %v", depth, r.Err())
	}
}

func TestFieldsLeaveZerosOut(t *testing.T) {
	var w Writer
	f := w.Fields()
	f.Str("a", "")
	f.Str("b", "x")
	f.Int("c", 0)
	f.Int("d", -1)
	f.Bool("e", false)
	f.Bool("f", true)
	f.Float32("g", 0)
	f.Close()
	if got, want := string(w.Buf), "\x83\xa1b\xa1x\xa1d\xff\xa1f\xc3"; got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

// TestFieldsBeyondFifteen: the sixteenth makes the header longer, behind which
// lie maps that are closed and before which lies one that is not.
func TestFieldsBeyondFifteen(t *testing.T) {
	for _, n := range []int{15, 16, 17, 300} {
		want := map[string]any{}
		var w Writer
		outer := w.Fields()
		f := outer.Key("in").Fields()
		for i := range n {
			name := strconv.Itoa(i)
			inner := f.Key(name).Fields()
			inner.Str("s", name)
			inner.Close()
			want[name] = map[string]any{"s": name}
		}
		f.Close()
		outer.Str("out", "x")
		outer.Close()
		var got map[string]any
		err := msgpack.Unmarshal(w.Buf, &got)
		if diff := cmp.Diff(map[string]any{"in": want, "out": "x"}, got); err != nil || diff != "" {
			t.Errorf("%d fields: %v, -want +got\n%s", n, err, diff)
		}
	}
}

// FuzzReader walks any bytes twice, typed and skipping: both must take the
// same number of bytes or both must fail, and neither may panic.
func FuzzReader(f *testing.F) {
	f.Add([]byte("\x82\xa1a\xc4\x02xy\xa1b\x93\x01\xcb\x00\x00\x00\x00\x00\x00\x00\x00\xc0"))
	f.Add([]byte("\xdd\x04\xff\xff\xff"))
	f.Add([]byte("\xdf\xff\xff\xff\xff\xc6\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if bytes.Count(b, []byte{0x91}) > 1000 {
			return // read recurses, the reader does not
		}
		r, s := NewReader(b), NewReader(b)
		read(r)
		s.Skip()
		if r.Err() == nil && s.Err() != nil {
			t.Errorf("typed reading works, Skip says %v", s.Err())
		}
		if r.Err() == nil && r.Rest() != s.Rest() {
			t.Errorf("typed reading leaves %d bytes, Skip %d", r.Rest(), s.Rest())
		}
	})
}
