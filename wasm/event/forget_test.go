package event

import (
	"math/rand/v2"
	"testing"
)

// TestForgottenWithin: the 16 bytes are found wherever they lie, and nothing
// else is, among as many visitors as the edge keeps at once.
func TestForgottenWithin(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	draw := func() (v Visitor) {
		for i := range v {
			v[i] = byte(r.Uint32())
		}
		return v
	}
	for _, n := range []int{0, 1, 1000, 1 << 16} {
		f := NewForgotten()
		var last Visitor
		for range n {
			last = draw()
			f.Add(last, 7)
		}
		hay := make([]byte, 4000)
		for i := range hay {
			hay[i] = byte(r.Uint32())
		}
		if f.Len() != n || f.Within(hay) || f.Within(last[:15]) || f.Within(nil) {
			t.Errorf("%d of %d visitors; something is found that is not there", f.Len(), n)
		}
		for _, at := range []int{0, 1, 7, 2000, len(hay) - len(last)} {
			raw := append([]byte(nil), hay...)
			copy(raw[at:], last[:])
			if f.Within(raw) != (n > 0) {
				t.Errorf("among %d visitors, Within(one at %d) = %t", n, at, n == 0)
			}
		}
	}
	f := NewForgotten()
	for _, said := range []int64{5, 9, 7} {
		f.Add(Visitor{1}, said)
	}
	if said, ok := f.Said(Visitor{1}); said != 9 || !ok || f.Len() != 1 {
		t.Errorf("Said = %d, %t of %d visitors, want 9, true of 1", said, ok, f.Len())
	}
}

// BenchmarkWithin is what a sweep costs for each byte that is stored.
func BenchmarkWithin(b *testing.B) {
	f := NewForgotten()
	r := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		var v Visitor
		for i := range v {
			v[i] = byte(r.Uint32())
		}
		f.Add(v, 1)
	}
	raw := make([]byte, 4000)
	for i := range raw {
		raw[i] = byte(r.Uint32())
	}
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		f.Within(raw)
	}
}
