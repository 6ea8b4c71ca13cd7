package feature

import (
	"math"
	"math/bits"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
)

// TestEncode works rows of the schema valid out by hand, for a user who liked
// item 0 (2000; Drama, War) and then not item 2 (1980; Comedy).
func TestEncode(t *testing.T) {
	e := NewEncoder(valid(), four().Catalog)
	cross := func(a, b string) int32 { return int32(mix(mix(fnv1a(a))+fnv1a(b)) % 1000) }
	war := int32(mix(fnv1a("War")) % 1000)
	for _, c := range []struct {
		name    string
		history History
		item    catalog.Row
		crowd   Crowd
		numbers []float32
		ids     [][]int32
	}{
		// ln(1 + 6) is under 2, the last edge that 2000 reaches is 1990.
		{"a movie", History{{0, 4, 0}, {2, 1.5, 4}}, 0, Crowd{Count: 3, AvgRating: 4},
			[]float32{0.5, float32(math.Log(7)) - 1}, [][]int32{{0}, {2}, {1, 2, -1}, {2, 0}, {3, 8}, {cross("a", "a")}, {war}}},
		// A rare item has no id, and no cross; 2010 is above the last edge.
		{"a rare movie", History{{0, 4, 0}}, 1, Crowd{Count: 2, AvgRating: 0.5},
			[]float32{-1, 1}, [][]int32{{-1}, {3}, {1, -1, -1}, {0, -1}, {8, -1}, {-1}, {-1}}},
		// An edge belongs to the bucket above it; the unknown year is 1990.
		{"nobody", nil, 3, Crowd{Count: 9, AvgRating: 5},
			[]float32{1, -1}, [][]int32{{3}, {2}, {-1, -1, -1}, {-1, -1}, {-1, -1}, {-1}, {-1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b Batch
			b.Reset(valid(), 2)
			e.SetUser(c.history, -1, 10)
			e.SetItem(c.item, c.crowd)
			for i := range 2 {
				e.Encode(&b, i)
			}
			if diff := cmp.Diff(append(c.numbers, c.numbers...), b.Numeric, near); diff != "" {
				t.Errorf("numbers (-want +got):\n%s", diff)
			}
			for f, ids := range c.ids {
				if diff := cmp.Diff(append(ids, ids...), b.IDs[f]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", valid().Fields()[f].Name, diff)
				}
			}
		})
	}
}

// TestCrossesAreOrdered crosses two items both ways.
func TestCrossesAreOrdered(t *testing.T) {
	c := four().Catalog
	c.IDs[0], c.IDs[1] = "318", "296"
	s := &Schema{[]Column{{Name: "x", Source: "movieId", With: "userRatedMovie1", Kind: Crossed, Size: 10_000}}}
	var b Batch
	b.Reset(s, 2)
	for i, r := range []catalog.Row{0, 1} {
		e := NewEncoder(s, c)
		e.SetUser(History{{1 - r, 5, 0}}, -1, 0)
		e.SetItem(r, Crowd{})
		e.Encode(&b, i)
	}
	if b.IDs[0][0] == b.IDs[0][1] {
		t.Errorf("both orders have bucket %d", b.IDs[0][0])
	}
}

// TestHash knows FNV-1a's published values, and the first outputs of
// splitmix64 from the state 1234567, which steps by 0x9e3779b97f4a7c15.
func TestHash(t *testing.T) {
	for s, want := range map[string]uint64{"": 0xcbf29ce484222325, "a": 0xaf63dc4c8601ec8c, "foobar": 0x85944171f73967e8} {
		if got := fnv1a(s); got != want {
			t.Errorf("fnv1a(%q) = %#x, want %#x", s, got, want)
		}
	}
	state := uint64(1234567)
	for _, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423} {
		state += 0x9e3779b97f4a7c15
		if got := mix(state); got != want {
			t.Errorf("mix(%#x) = %d, want %d", state, got, want)
		}
	}
}

// TestCrossesSpread puts 100,000 pairs into 10,000 buckets: as balls thrown
// blindly, a bucket has 10 with a variance of 10.
func TestCrossesSpread(t *testing.T) {
	buckets := make([]float64, 10_000)
	for i := range 100_000 {
		a, b := mix(uint64(i/317)), mix(uint64(i%317)<<32)
		buckets[mix(mix(a)+b)%uint64(len(buckets))]++
	}
	var variance float64
	for _, n := range buckets {
		variance += (n - 10) * (n - 10) / float64(len(buckets))
	}
	if variance < 9 || variance > 11 {
		t.Errorf("variance %g of a bucket, want 10", variance)
	}
	if n := bits.OnesCount64(mix(1) ^ mix(2)); n < 16 || n > 48 {
		t.Errorf("mix(1) and mix(2) differ in %d bits", n)
	}
}

func TestEncodeAllocatesNothing(t *testing.T) {
	e := NewEncoder(valid(), four().Catalog)
	h := History{{0, 4, 0}, {2, 1.5, 4}}
	var b Batch
	b.Reset(valid(), 1)
	if n := testing.AllocsPerRun(100, func() {
		e.SetUser(h, -1, 10)
		e.SetItem(1, Crowd{Count: 3})
		e.Encode(&b, 0)
	}); n != 0 {
		t.Errorf("a row allocates %g times", n)
	}
}

func TestResetFitsAnotherSchema(t *testing.T) {
	var b Batch
	b.Reset(valid(), 3)
	memory := &b.IDs[0][0]
	b.Reset(&Schema{valid().Columns[:2]}, 2)
	if b.Rows != 2 || len(b.Numeric) != 2 || len(b.IDs) != 1 || len(b.IDs[0]) != 2 || &b.IDs[0][0] != memory {
		t.Errorf("Reset to two rows of a number and an id gives %+v, in memory of its own: %v", b, &b.IDs[0][0] != memory)
	}
}

func BenchmarkEncode(b *testing.B) {
	c := four().Catalog
	var h History
	for i := range 100 {
		h = append(h, Event{catalog.Row(i % 4), float32(1+i%10) / 2, int64(i)})
	}
	e := NewEncoder(valid(), c)
	var batch Batch
	batch.Reset(valid(), 1)
	b.ReportAllocs()
	for b.Loop() {
		e.SetUser(h, -1, 200)
		e.SetItem(1, Crowd{Count: 3})
		e.Encode(&batch, 0)
	}
}
