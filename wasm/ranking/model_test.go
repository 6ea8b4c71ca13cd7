package ranking

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	w := newWorld(1, 8, 4)
	if err := w.model.Check(genres, width); err != nil {
		t.Fatalf("Check of a whole model: %v", err)
	}
	nan := float32(math.NaN())
	for _, c := range []struct {
		name, want string
		spoil      func(m *Model)
	}{
		{"an unknown feature", "unknown feature", func(m *Model) { m.Features[0] = "shoeSize" }},
		{"a feature twice", "occurs twice", func(m *Model) { m.Features[1] = m.Features[0] }},
		{"sides mixed", "after one of the user", func(m *Model) {
			slices.Reverse(m.Features)
		}},
		{"a short column", "disagree in length", func(m *Model) { m.Mean = m.Mean[1:] }},
		{"a short baseline", "disagree in length", func(m *Model) { m.Baseline = m.Baseline[1:] }},
		{"no hidden layer", "no hidden layer", func(m *Model) { m.Hidden = nil }},
		{"a genre too few", "every genre", func(m *Model) { m.Genre.Rows-- }},
		{"a narrow layer", "hidden layer 2", func(m *Model) { m.Hidden[1].Weight.Cols-- }},
		{"a bias too short", "hidden layer 1", func(m *Model) { m.Hidden[0].Bias = m.Hidden[0].Bias[1:] }},
		{"two outputs", "output or the skip", func(m *Model) { m.Output = m.Hidden[1] }},
		{"no deviation", "not positive", func(m *Model) { m.Deviation[3] = 0 }},
		{"not a number", "not finite", func(m *Model) { m.Skip.Bias[0] = nan }},
		{"infinite", "not finite", func(m *Model) { m.Hidden[0].Bias[2] = float32(math.Inf(1)) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(1, 8, 4)
			c.spoil(&w.model)
			if err := w.model.Check(genres, width); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Check = %v, want an error with %q", err, c.want)
			}
		})
	}
}
