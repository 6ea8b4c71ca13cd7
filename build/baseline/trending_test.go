package baseline

import (
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// With a half-life of 10: item 0 at 0 and 10, item 1 at 20 and 30, of which the
// former counts a fifth, item 2 never.
func TestTrending(t *testing.T) {
	d := dataOf(3,
		[]dataset.Interaction{{Row: 0, At: 10}, {Row: 1, At: 30}},
		[]dataset.Interaction{{Row: 0, At: 0}, {Row: 1, At: 20, Part: 51}},
	)
	m := NewTrending(d, TrendingOptions{HalfLife: 10})
	at := func(now int64) feature.History { return feature.History{{Row: 2, At: 1}, {Row: 1, At: now}} }
	const second = 0.9330330 // 2^-0.1, what one second leaves
	for _, test := range []struct {
		name string
		h    feature.History
		want []float32
	}{
		{"before everything", at(0), []float32{0, 0, 0}},
		{"the moment itself is not known yet", at(10), []float32{0.5, 0, 0}},
		{"two counts fade together", at(20), []float32{0.75, 0, 0}}, // ¼ + ½
		{"a part", at(30), []float32{0.375, 0.1, 0}},
		{"later than all", at(40), []float32{0.1875, 0.55, 0}}, // ½·(0.1 + 1)
		{"without a history", nil, []float32{0.375 * second, 1.1 * second, 0}},
	} {
		got := []float32{9, 9, 9}
		m.Scores(got, test.h)
		if !near(got, test.want) {
			t.Errorf("%s: Scores = %v, want %v", test.name, got, test.want)
		}
	}
}
