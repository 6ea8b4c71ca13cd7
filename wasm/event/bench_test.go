package event

import (
	"fmt"
	"testing"
)

// body is a batch of n impressions of about 150 bytes each.
func body(n int) []byte {
	b := Batch{Sent: 1764000100000}
	for i := range n {
		e := click()
		e.ID, e.Kind, e.Seq, e.Cause = uuid7(byte(i)), Impression, uint32(i), ID{}
		b.Events = append(b.Events, e.Append(nil))
	}
	return b.Append(nil)
}

func TestCheckAllocatesNothing(t *testing.T) {
	e := click()
	raw := e.Append(nil)
	if n := testing.AllocsPerRun(100, func() { Check(raw) }); n != 0 {
		t.Errorf("Check of a good event allocates %g times, want 0", n)
	}
	b := body(50)
	if n := testing.AllocsPerRun(100, func() { CheckBatch(b) }); n > 1 {
		t.Errorf("CheckBatch of 50 good events allocates %g times, want once, for the list", n)
	}
}

// TestSiftReadsABadEventOnce: saying what is wrong with an event costs what
// Check's own words cost, so the event is not read, and refused, a second time.
func TestSiftReadsABadEventOnce(t *testing.T) {
	e := click()
	e.Seq, e.Session = 7, ID{}
	bad := e.Append(nil)
	one := testing.AllocsPerRun(100, func() { Check(bad) })
	b := Batch{Sent: 1764000100000, Events: [][]byte{bad, bad, bad}}
	raw := b.Append(nil)
	if got, want := testing.AllocsPerRun(100, func() { CheckBatch(raw) }), 1+3*one; got != want {
		t.Errorf("CheckBatch of 3 bad events allocates %g times, want %g: the list, and three times %g", got, want, one)
	}
}

// BenchmarkCheck cuts a batch apart and checks every event.
func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{1, 20, 50} {
		raw := body(n)
		b.Run(fmt.Sprintf("events=%d/bytes=%d", n, len(raw)), func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				batch, err := decodeBatch(raw)
				if err != nil {
					b.Fatal(err)
				}
				for _, e := range batch.Events {
					if _, err := Check(e); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkSift does the same in one pass, as the edge does.
func BenchmarkSift(b *testing.B) {
	for _, n := range []int{1, 20, 50} {
		raw := body(n)
		b.Run(fmt.Sprintf("events=%d/bytes=%d", n, len(raw)), func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := CheckBatch(raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
