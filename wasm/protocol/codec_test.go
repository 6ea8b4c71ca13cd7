package protocol

import (
	"bytes"
	"reflect"
	"runtime"
	stdstrings "strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/vmihailenco/msgpack/v5"
	"pgregory.net/rapid"
)

// draw fills v with random values, whatever its type: a field that is added to
// a type and forgotten in the codec fails the round trip.
func draw(t *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			draw(t, v.Field(i))
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "set") {
			v.Set(reflect.New(v.Type().Elem()))
			draw(t, v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			if b := rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(t, "bytes"); len(b) > 0 {
				v.SetBytes(b)
			}
			return
		}
		if n := rapid.IntRange(0, 3).Draw(t, "len"); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				draw(t, v.Index(i))
			}
		}
	case reflect.String:
		v.SetString(rapid.StringN(0, 8, -1).Draw(t, "string"))
	case reflect.Int:
		v.SetInt(int64(rapid.Int32().Draw(t, "int")))
	case reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, "int64"))
	case reflect.Float64:
		v.SetFloat(rapid.Float64().Draw(t, "float64"))
	case reflect.Float32:
		v.SetFloat(float64(rapid.Float32().Draw(t, "float")))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	default:
		t.Fatalf("no way to draw a %s", v.Type())
	}
}

func TestRequestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want Request
		draw(t, reflect.ValueOf(&want).Elem())
		got, err := DecodeRequest(want.Append(nil))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSummaryRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want Summary
		draw(t, reflect.ValueOf(&want).Elem())
		want.Entries = want.Entries[:min(len(want.Entries), len(want.Periods))]
		want.Periods = want.Periods[:len(want.Entries)]
		want.Parts = make([]float32, len(want.Periods)*(len(want.Genres)+len(want.Decades)))
		got, err := DecodeSummary(want.Append(nil))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
		want.Parts = append(want.Parts, 1)
		if _, err := DecodeSummary(want.Append(nil)); err == nil {
			t.Error("parts of no period are read")
		}
	})
}

func TestAnswerRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want Answer
		draw(t, reflect.ValueOf(&want).Elem())
		level(&want.Stages.Names, &want.Stages.Milliseconds)
		level(&want.Curve.Recall, &want.Curve.Compared)
		level(&want.Points.X, &want.Points.Y)
		got, err := DecodeAnswer(want.Append(nil))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// level cuts the longer of two columns that belong together; none is empty but nil.
func level[A, B any](a *[]A, b *[]B) {
	n := min(len(*a), len(*b))
	if *a, *b = (*a)[:n], (*b)[:n]; n == 0 {
		*a, *b = nil, nil
	}
}

func TestColumnsAreEquallyLong(t *testing.T) {
	for _, a := range []Answer{
		{Stages: Stages{Names: []string{"rank"}}},
		{Curve: Curve{Recall: []float32{0.5, 1}, Compared: []float32{1}}},
		{Points: Points{Y: []float32{1}}},
	} {
		b := a.Append(nil)
		if _, err := DecodeAnswer(b); err == nil || !stdstrings.HasSuffix(err.Error(), "columns of unequal length") {
			t.Errorf("DecodeAnswer(%q) = %v, want columns of unequal length", b, err)
		}
	}
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	q := Request{Verb: Search, Query: "heat"}
	if got, want := q.Append([]byte("before")), append([]byte("before"), q.Append(nil)...); !bytes.Equal(got, want) {
		t.Errorf("Append(before) = %q, want %q", got, want)
	}
}

func TestTheLibrarySpeaksTheSameLanguage(t *testing.T) {
	// Written by the library with keys of the codec, a key it does not know, and
	// numbers in forms the codec itself would not choose.
	b, err := msgpack.Marshal(map[string]any{
		"v": "import", "k": int64(20), "y": 0.5, "dr": 3, "le": []any{0, 0.0, -0.5}, "lg": []any{"Western"}, "zz": []any{map[string]any{"deep": 1}, nil},
		"e": []any{map[string]any{"i": "318", "a": "rate", "s": 4, "t": int64(1700000000)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := DecodeRequest(b)
	want := Request{Verb: Import, K: 20, Variety: 0.5, Draw: 3, Leaning: Leaning{Recency: -0.5, Genres: []string{"Western"}}, Entries: []Entry{{ID: "318", Action: Rate, Stars: 4, At: 1700000000}}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("DecodeRequest: %v\n%s", err, diff)
	}

	a := Answer{Score: 1.5, Cards: []Card{{ID: "1", Title: "Toy Story", Genres: []string{"Animation"}, Count: 215, Watch: true}}}
	var m map[string]any
	if err := msgpack.Unmarshal(a.Append(nil), &m); err != nil {
		t.Fatal(err)
	}
	wantMap := map[string]any{"v": float32(1.5), "c": []any{map[string]any{
		"i": "1", "t": "Toy Story", "g": []any{"Animation"}, "c": uint8(215), "w": true}}}
	if diff := cmp.Diff(wantMap, m); diff != "" {
		t.Error(diff)
	}
}

func TestBadMessagesAreRefused(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", "protocol: request: byte 0: map needs 1 bytes, 0 are left"},
		{"a list of more entries than bytes", "\x81\xa1e\xdd\x04\xff\xff\xff", "protocol: request: byte 3: array of 83886079 is longer than the 0 bytes left"},
		{"a variety that is no number", "\x81\xa1y\xca\x7f\xc0\x00\x00", "protocol: request: byte 8: number is not finite"},
		{"an infinite variety", "\x81\xa1y\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00", "protocol: request: byte 12: number is not finite"},
		{"a K beyond 32 bits", "\x81\xa1k\xcf\x00\x00\x00\x01\x00\x00\x00\x00", "protocol: request: byte 12: count does not fit 32 bits"},
		{"something behind it", "\x80\x80", "protocol: request: byte 1: 1 bytes after the end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := DecodeRequest([]byte(c.in))
			if err == nil || err.Error() != c.want {
				t.Errorf("DecodeRequest(%q) = %v, want %s", c.in, err, c.want)
			}
		})
	}
}

// allocated returns how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// FuzzDecode: no panic, memory within 64 times the input, and what was
// understood is understood again once it has been written.
func FuzzDecode(f *testing.F) {
	q := Request{Verb: Act, Entries: []Entry{{ID: "1", Action: Rate, Stars: 4.5, At: 3}}}
	f.Add(q.Append(nil))
	a := Answer{Error: &Error{"not-open", "Open a model first."}, Taste: &Taste{Mean: 3}, Unknown: nil,
		Shelves: []Shelf{{Kind: "new", Cards: []Card{{ID: "1", Why: []Why{{Kind: "new"}}}}}}}
	f.Add(a.Append(nil))
	m := Summary{Liked: 3, Periods: []string{"2024"}, Entries: []float32{2}, Genres: []string{"Drama"}, Parts: []float32{0.5}}
	f.Add(m.Append(nil))
	f.Add([]byte("\x81\xa1c\xdd\x04\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var q Request
		var a Answer
		var m *Summary
		var qErr, aErr, mErr error
		if n := allocated(func() {
			q, qErr = DecodeRequest(b)
			a, aErr = DecodeAnswer(b)
			m, mErr = DecodeSummary(b)
		}); n > uint64(64*len(b)+64<<10) {
			t.Errorf("decoding %d bytes allocates %d", len(b), n)
		}
		if qErr == nil {
			if again, err := DecodeRequest(q.Append(nil)); err != nil || !cmp.Equal(q, again) {
				t.Errorf("%+v becomes %+v, %v", q, again, err)
			}
		}
		if mErr == nil {
			if again, err := DecodeSummary(m.Append(nil)); err != nil || !cmp.Equal(m, again) {
				t.Errorf("%+v becomes %+v, %v", m, again, err)
			}
		}
		if aErr == nil {
			if again, err := DecodeAnswer(a.Append(nil)); err != nil || !cmp.Equal(a, again) {
				t.Errorf("%+v becomes %+v, %v", a, again, err)
			}
		}
	})
}
