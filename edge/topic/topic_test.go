package topic

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/event"
)

var update = flag.Bool("update", false, "write testdata again")

// whole is a record with each event of the event's own golden file, a dead letter
// and an erasure, which the edge never puts into one.
func whole(t testing.TB) *event.Record {
	t.Helper()
	text, err := os.ReadFile("../../wasm/event/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct{ Hex string }
	if err := json.Unmarshal(text, &vectors); err != nil || len(vectors) < 18 {
		t.Fatalf("%d vectors, %v", len(vectors), err)
	}
	r := &event.Record{Site: "shop", Received: 1764000005000, Sent: 1764000004000, Network: event.Network{1, 2, 3}, Erase: &event.Visitor{9}}
	for _, v := range vectors {
		raw, err := hex.DecodeString(v.Hex)
		if err != nil {
			t.Fatal(err)
		}
		r.Events = append(r.Events, raw)
	}
	r.Dead = []event.DeadLetter{{Reason: "event: older than 14 days", Raw: []byte{0x80, 0xff}}}
	return r
}

// TestGolden fails when messages change. Readers in other languages go by them:
// if it is meant, say so in FORMAT.md, run go test -update and commit testdata.
func TestGolden(t *testing.T) {
	var got bytes.Buffer
	for _, m := range Messages(whole(t)) {
		got.Write(m.Key)
		got.WriteByte('\t')
		got.Write(m.Value)
		got.WriteByte('\n')
	}
	const name = "testdata/messages.tsv"
	if *update {
		if err := os.WriteFile(name, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("Messages (-want +got):\n%s", diff)
	}
}

// TestRead puts a record together again from its messages.
func TestRead(t *testing.T) {
	want := whole(t)
	got := event.Record{Site: want.Site, Received: want.Received, Sent: want.Sent, Network: want.Network}
	for _, m := range Messages(want) {
		r, err := Read(m.Value)
		if err != nil {
			t.Fatalf("Read(%s): %v", m.Value, err)
		}
		if r.Site != want.Site || r.Received != want.Received || r.Sent != want.Sent || r.Network != want.Network {
			t.Errorf("Read(%s) = %+v", m.Value, r)
		}
		got.Events, got.Dead = append(got.Events, r.Events...), append(got.Dead, r.Dead...)
		if r.Erase != nil {
			got.Erase = r.Erase
		}
	}
	if diff := cmp.Diff(*want, got); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		``:                           "unexpected end",
		`{"v":2,"received":5}`:       "version 2, and this program reads 1",
		`{"v":1}`:                    "a moment that is none",
		`{"v":1,"received":5}`:       "neither an event nor an erasure",
		`{"v":1,"received":5,"x":1}`: "neither an event nor an erasure",
		`{"v":1,"received":1e99}`:    "cannot unmarshal",
		`{"v":1,"received":5,"sent":-1,"raw":"gA=="}`:                         "a moment that is none",
		`{"v":1,"received":5,"raw":"gA=="}`:                                   "an event lacks",
		`{"v":1,"received":5,"raw":"*"}`:                                      "illegal base64",
		`{"v":1,"received":5,"erase":"00"}`:                                   "erase has 2 hexadecimal digits, not 32",
		`{"v":1,"received":5,"network":"zz00000000000000"}`:                   "invalid byte",
		`{"v":1,"received":5,"dead":"` + strings.Repeat("x", maxValue) + `"}`: "of 1048576 at most",
	} {
		if _, err := Read([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Read(%.80s) = %v, want %q", text, err, want)
		}
	}
}

func TestParseAddress(t *testing.T) {
	a, err := ParseAddress("kafka://b1:9092,[::1]:9093/sparrow.events")
	if want := (Address{[]string{"b1:9092", "[::1]:9093"}, "sparrow.events"}); err != nil || !cmp.Equal(a, want) {
		t.Errorf("ParseAddress = %v, %v; want %v", a, err, want)
	}
	if got := a.String(); got != "kafka://b1:9092,[::1]:9093/sparrow.events" {
		t.Errorf("String = %q", got)
	}
	for text, want := range map[string]string{
		"b1:9092/events":           "does not begin with kafka://",
		"kafka://b1:9092":          "no name of a topic",
		"kafka://b1:9092/":         "no name of a topic",
		"kafka://b1:9092/a/b":      "no name of a topic",
		"kafka://b1:9092/..":       "no name of a topic",
		"kafka://b1/events":        "missing port",
		"kafka://:9092/events":     "no host and port",
		"kafka://b1:0/events":      "no host and port",
		"kafka://b1:9092,/events":  "missing port",
		"kafka://u:p@b1:1/events":  "a name and a password are not supported",
		"kafka://b1:9092/Ereign√x": "no name of a topic",
	} {
		_, err := ParseAddress(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseAddress(%q) = %v, want %q", text, err, want)
		}
	}
	// What the error says to write is taken.
	if _, err := ParseAddress("kafka://localhost:9092/sparrow"); err != nil {
		t.Error(err)
	}
}

// FuzzRead holds that nothing panics, and that what is read is one thing that a
// segment takes and that makes the same message again.
func FuzzRead(f *testing.F) {
	for _, m := range Messages(whole(f)) {
		f.Add(m.Value)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := Read(text)
		if err != nil {
			return
		}
		again, err := event.DecodeRecord(r.Append(nil))
		if err != nil || !cmp.Equal(again, r) {
			t.Fatalf("Read(%s) = %+v, as a segment has it %+v, %v", text, r, again, err)
		}
		list := Messages(&r)
		if len(list) != 1 {
			t.Fatalf("%d messages of %s", len(list), text)
		}
		if once, err := Read(list[0].Value); err != nil || !cmp.Equal(once, r) {
			t.Errorf("Read(%s) = %+v, want %+v, %v", list[0].Value, once, r, err)
		}
	})
}
