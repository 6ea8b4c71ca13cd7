package evaluation

import (
	"math"
	"testing"

	"sparrow/wasm/catalog"
)

type list = []catalog.Row

// The values follow from the definitions: a relevant item at rank r gains
// 1/log2(r+1), and 1/log2(2) = 1, 1/log2(3) = 0.63093, 1/log2(4) = 0.5.
func TestMetrics(t *testing.T) {
	log := func(rank float64) float64 { return 1 / math.Log2(rank+1) }
	tests := []struct {
		name             string
		ranked, relevant list
		k                int
		ndcg, hit, mrr   float64
	}{
		{"hit at rank 1", list{7, 8, 9}, list{7}, 10, 1, 1, 1},
		{"hit at rank 2", list{8, 7}, list{7}, 10, log(2), 1, 0.5},
		{"hit at rank 3, cut at 2", list{8, 9, 7}, list{7}, 2, 0, 0, 0},
		{"hit at the last rank that counts", list{8, 9, 7}, list{7}, 3, 0.5, 1, 1.0 / 3},
		{"no hit", list{1, 2}, list{3}, 10, 0, 0, 0},
		{"nothing relevant", list{1, 2}, nil, 10, 0, 0, 0},
		{"nothing ranked", nil, list{1}, 10, 0, 0, 0},
		{"two of two, best order", list{1, 2, 3}, list{2, 1}, 3, 1, 1, 1},
		{"two of two, ranks 1 and 3", list{1, 3, 2}, list{1, 2}, 3, (1 + log(3)) / (1 + log(2)), 1, 1},
		{"three relevant, room for two: the ideal list has two", list{1, 2}, list{1, 2, 3}, 2, 1, 1, 1},
		{"three relevant, the second found", list{9, 2}, list{1, 2, 3}, 2, log(2) / (1 + log(2)), 1, 0.5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, m := range []struct {
				name      string
				got, want float64
			}{
				{"NDCG", NDCG(test.ranked, test.relevant, test.k), test.ndcg},
				{"HitRate", HitRate(test.ranked, test.relevant, test.k), test.hit},
				{"MRR", MRR(test.ranked, test.relevant, test.k), test.mrr},
			} {
				if math.Abs(m.got-m.want) > 1e-12 {
					t.Errorf("%s(%v, %v, %d) = %g, want %g", m.name, test.ranked, test.relevant, test.k, m.got, m.want)
				}
			}
		})
	}
}

func TestCoverage(t *testing.T) {
	tests := []struct {
		name  string
		lists []list
		k     int
		want  float64
	}{
		{"the same movie for everybody", []list{{1}, {1}, {1}}, 1, 0.1},
		{"three different movies of ten", []list{{1, 2}, {2, 3}}, 2, 0.3},
		{"only the first k count", []list{{1, 2}, {1, 3}}, 1, 0.1},
		{"no lists", nil, 5, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Coverage(test.lists, test.k, 10); got != test.want {
				t.Errorf("Coverage(%v, %d, 10) = %g, want %g", test.lists, test.k, got, test.want)
			}
		})
	}
}
