package bundledir

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vmihailenco/msgpack/v5"
)

// TestSectionsByHand: {"a": 1, "b": {"c": "xy"}} in MessagePack, where 1 is a byte, "xy" three, and
// the inner map 1 + 2 + 3.
func TestSectionsByHand(t *testing.T) {
	data := []byte{0x82, 0xa1, 'a', 1, 0xa1, 'b', 0x81, 0xa1, 'c', 0xa2, 'x', 'y'}
	var whole map[string]any
	if err := msgpack.Unmarshal(data, &whole); err != nil {
		t.Fatal(err)
	}
	got, err := Sections(data, 2)
	want := []Section{{Name: "a", Bytes: 1}, {Name: "b", Bytes: 6, Parts: []Section{{Name: "c", Bytes: 3}}}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("Sections(…, 2), %v (-want +got):\n%s", err, diff)
	}
	if got, err = Sections(data, 1); err != nil || got[1].Parts != nil {
		t.Errorf("Sections(…, 1) = %v, %v, want no parts of parts", got, err)
	}
	for n := range data {
		if _, err := Sections(data[:n], 2); err == nil {
			t.Errorf("Sections of the first %d bytes: no error", n)
		}
	}
}
