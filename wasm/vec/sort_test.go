package vec

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSortByKeyAgreesWithTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.SampledFrom([]int{2, 9, 40, 64}).Draw(t, "bits")
		key := rapid.SliceOfN(rapid.Uint64Range(0, 1<<bits-1), 0, 70).Draw(t, "keys")
		rows := rapid.Permutation(Sorted(len(key), func(a, b int32) bool { return a < b })).Draw(t, "rows")
		rows = rows[:rapid.IntRange(0, len(rows)).Draw(t, "some")]
		want := slices.Clone(rows)
		slices.SortStableFunc(want, func(a, b int32) int { return cmp.Compare(key[a], key[b]) })
		if SortByKey(rows, key); !slices.Equal(rows, want) {
			t.Fatalf("SortByKey by %v gave %v, want %v", key, rows, want)
		}
	})
}

func TestSortHighAgreesWithTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.SampledFrom([]int{1, 2, 11, 12, 23, 32}).Draw(t, "bits")
		high := rapid.SliceOfN(rapid.Uint64Range(0, 1<<bits-1), 0, 70).Draw(t, "high")
		pairs := make([]uint64, len(high))
		for i, h := range high {
			pairs[i] = h<<32 | uint64(uint32(-i)) // which descend where equals keep their order
		}
		want := slices.Clone(pairs)
		slices.SortStableFunc(want, func(a, b uint64) int { return cmp.Compare(a>>32, b>>32) })
		if SortHigh(pairs); !slices.Equal(pairs, want) {
			t.Fatalf("SortHigh of %v gave %x, want %x", high, pairs, want)
		}
	})
}

func TestSortAgreesWithTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.IntRange(0, 20), 0, 70).Draw(t, "keys")
		want := make([]int32, len(key))
		for i := range want {
			want[i] = int32(i)
		}
		slices.SortStableFunc(want, func(a, b int32) int { return key[a] - key[b] })
		if got := Sorted(len(key), func(a, b int32) bool { return key[a] < key[b] }); !slices.Equal(got, want) {
			t.Fatalf("Sorted(%v) = %v, want %v", key, got, want)
		}
	})
}
