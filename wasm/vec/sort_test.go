package vec

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

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
