package evaluation

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// TestListsBesidesAccuracy has four users of three items: item 0 has all users,
// 1 has two, 2 has none. Two are asked: user 0, whose history is item 0, is
// recommended 1 and 2; user 1, whose history is 0 and 1, is recommended 2.
func TestListsBesidesAccuracy(t *testing.T) {
	cases := []Case{
		{User: 0, History: history(0), Relevant: list{1}},
		{User: 1, History: history(0, 1), Relevant: list{2}},
	}
	o := ListOptions{K: 2, Items: 3, Counts: []int{4, 2, 0}, Users: 4, Distance: func(a, b catalog.Row) float64 { return 0.25 }}
	r := Lists("m", cases, []list{{1, 2}, {2}}, o)
	want := map[string]float64{
		"Precision@2": 0.5, "Recall@2": 1, "F1@2": 2.0 / 3, "MAP@2": 1, "NDCG@2": 1, "HitRate@2": 1, "MRR@2": 1,
		"Coverage@2": 2.0 / 3,
		"Gini@2":     4.0 / 9,  // 0, 1, 2 places: (-2·0 + 0·1 + 2·2)/(3·3)
		"Novelty@2":  7.0 / 4,  // 1 and 2 bits, 2 bits
		"ARP@2":      0.25 / 2, // ½ and 0 of the users, 0
		// The histories have 1 and ¾.
		"PopularityLift@2":    0.25/1.75 - 1,
		"IntraListDistance@2": 0.25, // of the first list: the second has no pair
		"RareShare@2":         1,
	}
	for name, w := range want {
		if got, ok := r.Get(name); !ok || !near(got.Mean, w) {
			t.Errorf("Lists: %s = %g, want %g", name, got.Mean, w)
		}
	}
	if n := len(r.Metrics) + len(r.More); n != len(want) {
		t.Errorf("Lists: %d metrics, want %d", n, len(want))
	}

	o.Recall, o.Catalog = 1, &catalog.Catalog{GenreNames: []string{"a"}, Genres: [][]uint8{{0}, {0}, {0}}}
	r = Lists("m", cases, []list{{2, 1}, {2}}, o) // at K = 2 both answers are found, at 1 one of them
	for name, w := range map[string]float64{"Recall@1": 0.5, "Recall@2": 1, "GenreKL@2": 0} {
		if got, ok := r.Get(name); !ok || !near(got.Mean, w) {
			t.Errorf("Lists: %s = %g, want %g", name, got.Mean, w)
		}
	}
	if r.Metrics[1].Name != "Recall@1" {
		t.Errorf("Lists: the second metric is %s, want the recall that was asked for", r.Metrics[1].Name)
	}
	r = Lists("m", cases, []list{{1, 2}, {2}}, o)

	o.Sampled = 99
	for _, m := range append(Lists("m", cases, []list{{1, 2}, {2}}, o).More, r.More[0]) {
		if strings.Contains(m.Name, "sampled 99") == (m.Name == r.More[0].Name) {
			t.Errorf("Lists of sampled negatives: a metric is called %s", m.Name)
		}
	}
}

func history(rows ...catalog.Row) feature.History {
	var h feature.History
	for i, r := range rows {
		h = append(h, feature.Event{Row: r, At: int64(i)})
	}
	return h
}

// TestThirds has counts 6, 6, 3, 2, 1 and 0: of 18 the first of the two equal items
// holds a third, the second one another.
func TestThirds(t *testing.T) {
	if diff := cmp.Diff([]int{0, 2, 1, 2, 2, 2}, thirds([]int{6, 3, 6, 2, 0, 1})); diff != "" {
		t.Errorf("thirds (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{2, 2}, thirds([]int{0, 0})); diff != "" {
		t.Errorf("thirds of nothing (-want +got):\n%s", diff)
	}
}

// TestGroups has six users with histories of 1, 1, 2, 3, 3 and 3 items: two, one
// and three. All are recommended items 1 and 2 of the head, middle and tail 0, 1, 2.
func TestGroups(t *testing.T) {
	var cases []Case
	var lists []list
	for u, c := range []struct {
		length   int
		relevant list
	}{{1, list{1}}, {1, list{5}}, {2, list{1}}, {3, list{2}}, {3, list{0}}, {3, list{2, 0}}} {
		cases = append(cases, Case{User: u, History: history(make(list, c.length)...), Relevant: c.relevant})
		lists = append(lists, list{1, 2})
	}
	o := ListOptions{K: 2, Items: 6, Counts: []int{5, 4, 3, 1, 0, 0}, Users: 6, Groups: true}
	var got []string
	for _, g := range Lists("m", cases, lists, o).Groups {
		line := []string{g.Name}
		for _, name := range []string{"HitRate@2", "Recall@2", "Coverage@2", "Exposure@2"} {
			r := Result{Metrics: g.Metrics}
			if e, ok := r.Get(name); ok {
				line = append(line, name+" "+short(e.Mean))
			}
		}
		got = append(got, short(float64(g.Cases))+" cases: "+strings.Join(line, ", "))
	}
	want := []string{
		"2 cases: least active third, HitRate@2 0.5, Recall@2 0.5, Coverage@2 0.333",
		"1 cases: middle third, HitRate@2 1, Recall@2 1, Coverage@2 0.333",
		"3 cases: most active third, HitRate@2 0.667, Recall@2 0.5, Coverage@2 0.333",
		"2 cases: head, HitRate@2 0, Recall@2 0, Coverage@2 0, Exposure@2 0",
		"2 cases: middle, HitRate@2 1, Recall@2 1, Coverage@2 1, Exposure@2 0.5",
		"3 cases: tail, HitRate@2 0.667, Recall@2 0.667, Coverage@2 0.25, Exposure@2 0.5",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Groups (-want +got):\n%s", diff)
	}
}

func TestDefaultListOptions(t *testing.T) {
	o := DefaultListOptions(three().WithoutLast(1), 7) // user 2 has nothing left
	if diff := cmp.Diff([]int{1, 1, 0, 1, 0}, o.Counts); diff != "" || o.Users != 2 || o.Items != 5 || o.K != 7 || o.Distance != nil {
		t.Errorf("DefaultListOptions: %d users of %d movies, counts (-want +got):\n%s", o.Users, o.Items, diff)
	}
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 3, Items: 6, Interactions: 12, Groups: 2})
	if o := DefaultListOptions(d, 7); o.Distance == nil {
		t.Error("DefaultListOptions: no distance although there are genres")
	}
}
