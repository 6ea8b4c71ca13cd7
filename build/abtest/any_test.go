package abtest

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sparrow/build/stats"
)

// TestAnyVisitors says what must hold whatever visitors did: figures that are
// numbers, intervals around their values, p-values from 0 to 1 that grow when
// adjusted, and a report that can be written in every form.
func TestAnyVisitors(t *testing.T) {
	l := layerOf(t, strings.Replace(duo, `"variety":0.5}`, `"variety":0.5},{"name":"third","weight":2},{"name":"both","weight":1,"interleave":["control","other"]}`, 1))
	counts := rapid.Custom(func(t *rapid.T) Counts {
		pieces := rapid.IntRange(-2, 3).Draw(t, "pieces") // fewer than none where something is sent back
		impressions := rapid.IntRange(0, 30).Draw(t, "impressions")
		ratings := rapid.IntRange(0, 2).Draw(t, "ratings")
		return Counts{
			Present: 1, Impressions: float64(impressions), Clicks: float64(rapid.IntRange(0, impressions).Draw(t, "clicks")),
			Likes: float64(rapid.IntRange(0, ratings).Draw(t, "likes")), Opinions: float64(ratings), Ratings: float64(ratings),
			Stars: float64(ratings) * float64(rapid.IntRange(1, 10).Draw(t, "stars")) / 2, Tail: float64(impressions / 2),
			Bought: float64(min(1, max(0, pieces))), Baskets: float64(min(1, max(0, pieces))), Pieces: float64(pieces), Revenue: 9.99 * float64(pieces),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		r := Analyze(l, rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Visitor {
			v := Visitor{Arm: rapid.IntRange(0, 3).Draw(t, "arm"), Times: 1, Days: []Day{{rapid.IntRange(0, 3).Draw(t, "day"), counts.Draw(t, "counts")}}}
			if rapid.Bool().Draw(t, "known") {
				v.Before = counts.Draw(t, "before")
			}
			v.Credit[rapid.IntRange(0, 1).Draw(t, "team")] = 1
			return v
		}), 0, 120).Draw(t, "visitors"), Options{
			Alpha: 0.05, Planned: 100, Least: rapid.IntRange(0, 12).Draw(t, "least"), Days: true, Force: true,
			AsOf: int64(l.Start) + rapid.Int64Range(0, 40*86400).Draw(t, "as of"),
		})
		sound := func(what string, i stats.Interval) {
			if !(i.Low <= i.Value && i.Value <= i.High) || math.IsInf(i.Low, 0) || math.IsInf(i.High, 0) {
				t.Errorf("%s: %+v", what, i)
			}
		}
		verdict := func(what string, v Verdict) {
			if !(v.P >= 0 && v.P <= v.HolmP && v.HolmP <= 1 && v.AnytimeP >= 0 && v.AnytimeP <= v.AnytimeAdj && v.AnytimeAdj <= 1) {
				t.Errorf("%s: %+v", what, v)
			}
		}
		for _, m := range r.Metrics {
			for _, c := range m.Cells {
				sound(m.Name, c.Interval)
			}
			for _, c := range m.Comparisons {
				sound(m.Name+" difference", c.Difference)
				sound(m.Name+" always", c.Always)
				sound(m.Name+" raw", c.Raw)
				verdict(m.Name, c.Verdict)
			}
		}
		for _, d := range r.Duels {
			verdict("duel", d.Verdict)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Errorf("no JSON: %v", err)
		}
		var b bytes.Buffer
		if err := WritePage(&b, []*Report{r}); err != nil || strings.Contains(b.String(), "NaN") {
			t.Errorf("WritePage: error %v, or NaN in it", err)
		}
		if err := r.WriteTable(&b); err != nil || strings.Contains(b.String(), "%!") {
			t.Errorf("WriteTable: error %v, or a wrong verb", err)
		}
	})
}
