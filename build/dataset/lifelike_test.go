package dataset

import (
	"math"
	"slices"
	"testing"
)

// shapeOf is what sets of one shape share.
type shapeOf struct {
	users, items, perUser, perItem float64
	top                            float64 // share of the interactions that the most popular hundredth of the items has
	repeated                       float64 // share of the pairs of an item and the next that another user has, too
}

func measureShape(d *Dataset) (s shapeOf, leastUser, leastItem int) {
	counts, pairs := make([]int, d.Catalog.Len()), map[[2]int32]int{}
	leastUser = math.MaxInt
	n, following := 0, 0
	for u := range d.Users {
		all := d.Of(u)
		leastUser = min(leastUser, len(all))
		for i, e := range all {
			n++
			counts[e.Row]++
			if i > 0 {
				pairs[[2]int32{int32(all[i-1].Row), int32(e.Row)}]++
				following++
			}
		}
	}
	slices.Sort(counts)
	top := 0
	for _, c := range counts[len(counts)-len(counts)/100:] {
		top += c
	}
	again := 0
	for _, c := range pairs {
		if c > 1 {
			again += c
		}
	}
	users, items := float64(len(d.Users)), float64(len(counts))
	return shapeOf{users, items, float64(n) / users, float64(n) / items, float64(top) / float64(n), float64(again) / float64(following)}, leastUser, counts[0]
}

// TestLifelikeShapes holds that the made-up sets have the shape of those that they
// stand for: Amazon Beauty of five interactions at least, 22,363 users, 12,101
// items, 8.9 interactions a user; Last.fm, 1,090 users, 3,646 items, 48.2 a user.
func TestLifelikeShapes(t *testing.T) {
	for _, c := range []struct {
		d    *Dataset
		want shapeOf
	}{
		{SparseShop(1), shapeOf{users: 22_363, items: 12_101, perUser: 8.9, perItem: 16.4}},
		{ListeningLog(1), shapeOf{users: 1090, items: 3646, perUser: 48.2, perItem: 14.4}},
	} {
		got, user, item := measureShape(c.d)
		t.Logf("%s: %.4g", c.d.Name, got)
		if user < 5 || item < 5 {
			t.Errorf("%s: a user has %d interactions and an item %d, want 5 at least", c.d.Name, user, item)
		}
		for _, x := range [][2]float64{{got.users, c.want.users}, {got.items, c.want.items}, {got.perUser, c.want.perUser}, {got.perItem, c.want.perItem}} {
			if math.Abs(x[0]/x[1]-1) > .06 {
				t.Errorf("%s: %.4g, want %.4g (got %.4g, want %.4g in all)", c.d.Name, x[0], x[1], got, c.want)
			}
		}
	}
}
