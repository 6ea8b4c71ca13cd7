//go:build !js

package bundle

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// TestOneTableIsWrittenOnce: where what comes in is a share of what goes out, the file has the
// numbers once, and so has memory.
func TestOneTableIsWrittenOnce(t *testing.T) {
	b := withGiven()
	data, err := Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data, []byte("\xa2in\x94")) || !bytes.Contains(data, []byte("\xa5share\xca")) {
		t.Errorf("the table stands twice in %q", data)
	}
	back := roundTrip(t, b)
	if &back.Retrieval.In.Data[0] != &back.Retrieval.Out.Data[0] {
		t.Error("both tables have memory of their own")
	}
	for name, harm := range map[string]func(b *Bundle){
		"another number": func(b *Bundle) { b.Retrieval.In.Data = []int8{1, 2, 3, 4, 5, 6} },
		"another scale":  func(b *Bundle) { b.Retrieval.In.Scale[1] *= 1.5 },
		"more than all":  func(b *Bundle) { b.Retrieval.In, b.Retrieval.Out = b.Retrieval.Out, b.Retrieval.In },
	} {
		b := withGiven()
		harm(b)
		if data, err := Encode(b); err != nil || bytes.Contains(data, []byte("share")) {
			t.Errorf("%s: a share, %v", name, err)
		}
		roundTrip(t, b)
	}
}

// TestSharesOutOfRangeAreRefused, and a share beside the table that it stands for.
func TestSharesOutOfRangeAreRefused(t *testing.T) {
	data, err := Encode(withGiven())
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte("\xa5share\xca")) + 7
	for _, share := range []float32{0, -1, 1.5, float32(math.NaN()), math.SmallestNonzeroFloat32} {
		harmed := bytes.Clone(data)
		binary.BigEndian.PutUint32(harmed[at:], math.Float32bits(share))
		if _, err := Decode(harmed); err == nil || !strings.Contains(err.Error(), "share: ") {
			t.Errorf("share %v: %v", share, err)
		}
	}
	section := bytes.Index(data, []byte("\xa9retrieval")) + 10
	from, to := bytes.Index(data, []byte("\xa3out\x94"))+4, bytes.Index(data, []byte("\xa4bias"))
	twice := bytes.Join([][]byte{data[:section], {data[section] + 1}, []byte("\xa2in"), data[from:to], data[section+1:]}, nil)
	if _, err := Decode(twice); err == nil || !strings.Contains(err.Error(), "in and share") {
		t.Errorf("in beside share: %v", err)
	}
}
