package evaluation

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

func TestLabels(t *testing.T) {
	for _, tt := range []struct {
		labels    Labels
		stars     uint8
		part      uint8
		liked, ok bool
	}{
		{AtLeastFour, 8, 0, true, true}, {AtLeastFour, 7, 0, false, true}, {AtLeastFour, 0, 0, false, false},
		{ButThree, 7, 0, true, true}, {ButThree, 6, 0, false, false}, {ButThree, 5, 0, false, true},
		{AtLeastThreeAndHalf, 7, 0, true, true}, {AtLeastThreeAndHalf, 6, 0, false, true},
		{AtLeastFour, 10, 51, true, false}, {Labels{}, 0, 0, true, true}, {Labels{}, 1, 0, true, true},
	} {
		liked, ok := tt.labels.Of(dataset.Interaction{Stars: tt.stars, Part: tt.part})
		if ok != tt.ok || ok && liked != tt.liked {
			t.Errorf("%v.Of(%d half stars, part %d) = %v, %v, want %v, %v", tt.labels, tt.stars, tt.part, liked, ok, tt.liked, tt.ok)
		}
	}
}

// rated returns users who rated item 0, 1, 2 … on day 0, 1, 2 …, with the half
// stars given; 0 for a click.
func rated(users ...[]uint8) *dataset.Dataset {
	d := &dataset.Dataset{Catalog: &catalog.Catalog{IDs: make([]catalog.ID, 20)}}
	for _, stars := range users {
		d.Users = append(d.Users, "")
		d.Start = append(d.Start, len(d.Interactions))
		for i, s := range stars {
			x := dataset.Interaction{Row: catalog.Row(i), At: uint32(i) * day, Stars: s}
			if s == 0 {
				x.Part = 51
			}
			d.Interactions = append(d.Interactions, x)
		}
		d.End = append(d.End, len(d.Interactions))
	}
	return d
}

// User 0 ends with 3 stars, which have no label but are not trained on; user 1 is
// complete; user 2 has one rating, user 3 two, user 4 ends with a click.
func TestLatestRating(t *testing.T) {
	d := rated([]uint8{8, 4, 10, 6}, []uint8{2, 8, 2, 9}, []uint8{8}, []uint8{8, 2}, []uint8{8, 8, 8, 0})
	s, err := LatestRating(d, ButThree)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{2, 6, 9, 10, 15}; !slices.Equal(s.Train.End, want) {
		t.Errorf("LatestRating: users end at %v, want %v", s.Train.End, want)
	}
	if diff := cmp.Diff([]Example{{1, 7, true}, {3, 10, false}}, s.Test); diff != "" {
		t.Errorf("Test (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Example{{0, 2, true}, {1, 6, false}}, s.Valid); diff != "" {
		t.Errorf("Valid (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Example{{0, 0, true}, {0, 1, false}, {1, 4, false}, {1, 5, true}, {2, 8, true}, {3, 9, true}, {4, 11, true}, {4, 12, true}, {4, 13, true}}, s.Fit); diff != "" {
		t.Errorf("Fit (-want +got):\n%s", diff)
	}
	// What user 1 is asked last they are asked knowing all before, also what tunes.
	if diff := cmp.Diff(d.Interactions[4:7], s.Past(s.Test[0])); diff != "" {
		t.Errorf("Past (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Case{{1, History(d.Interactions[4:7]), list{3}}}, s.Cases()); diff != "" {
		t.Errorf("Cases (-want +got):\n%s", diff)
	}
}

// Days 0 to 10 are cut behind day 8 and behind day 9. User 1 begins on day 9; user
// 0 is the only one to see items 9 and 10, so that no one can have learned of them.
func TestGlobalTime(t *testing.T) {
	d := rated([]uint8{8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 2}, nil, []uint8{8, 2, 4, 8})
	for i, x := range []dataset.Interaction{{Row: 3, At: 9 * day, Stars: 8}, {Row: 3, At: 9 * day, Stars: 6}, {Row: 4, At: 10*day + 5, Stars: 9}, {Row: 5, At: 10*day + 6, Stars: 6}} {
		u := min(i, 1) + 1
		d.Interactions = slices.Insert(d.Interactions, d.End[u], x)
		for v := range d.Users {
			if v >= u {
				d.End[v]++
			}
			if v > u {
				d.Start[v]++
			}
		}
	}
	d.Interactions[d.Start[2]+3].Row = 8 // user 2 saw items 0, 1, 2, 8 and then 3, 4, 5
	s, err := GlobalTime(d, AtLeastFour, 0.1, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{9, 11, 16}; !slices.Equal(s.Train.End, want) {
		t.Errorf("GlobalTime: users end at %v, want %v", s.Train.End, want)
	}
	if s.ColdUsers != 1 || s.ColdItems != 2 {
		t.Errorf("GlobalTime: %d rows of cold users and %d of cold movies, want 1 and 2", s.ColdUsers, s.ColdItems)
	}
	if diff := cmp.Diff([]Example{{2, 16, false}}, s.Valid); diff != "" {
		t.Errorf("Valid (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Example{{2, 17, true}, {2, 18, false}}, s.Test); diff != "" {
		t.Errorf("Test (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Case{{2, History(d.Interactions[12:17]), list{4}}}, s.Cases()); diff != "" {
		t.Errorf("Cases (-want +got):\n%s", diff)
	}
	for _, shares := range [][2]float64{{0, 0.1}, {0.1, 0}, {0.5, 0.5}} {
		if _, err := GlobalTime(d, AtLeastFour, shares[0], shares[1]); err == nil {
			t.Errorf("GlobalTime with shares %v returned no error", shares)
		}
	}
}

// With k = 2 item 2 goes, which one user likes; then user 2, who likes two items of
// which it was one; then item 1, which two liked.
func TestCore(t *testing.T) {
	d := rated([]uint8{8, 8, 2, 8}, []uint8{8, 2, 2, 8}, []uint8{2, 8, 8})
	got := Core(d, AtLeastFour, 2)
	var rows [][]catalog.Row
	for u := range got.Users {
		var of []catalog.Row
		for _, x := range got.Of(u) {
			of = append(of, x.Row)
		}
		rows = append(rows, of)
	}
	if diff := cmp.Diff([][]catalog.Row{{0, 3}, {0, 3}, nil}, rows); diff != "" {
		t.Errorf("Core (-want +got):\n%s", diff)
	}
}

// partition checks that s is a split of d: no row of Test or Valid is in Train, all
// the rest is, and no row is in two places.
func partition(t *testing.T, d *dataset.Dataset, l Labels, s *Split) {
	t.Helper()
	trained := map[dataset.Interaction]int{}
	for u := range d.Users {
		of := s.Train.Of(u)
		for i, x := range of {
			if i > 0 && of[i-1].At > x.At {
				t.Errorf("%s: Train of user %d is not in the order of time", s.Protocol, u)
			}
			x.At += uint32(u) << 24
			trained[x]++
		}
	}
	held := 0
	for _, rows := range [][]Example{s.Test, s.Valid} {
		for _, r := range rows {
			x := d.Interactions[r.At]
			if liked, ok := l.Of(x); !ok || liked != r.Liked {
				t.Errorf("%s: row %+v of %+v", s.Protocol, r, x)
			}
			x.At += uint32(r.User) << 24
			if trained[x] > 0 {
				t.Errorf("%s: %+v is held out and in Train", s.Protocol, r)
			}
			trained[x] = -1
			held++
		}
	}
	if len(trained) != len(d.Interactions) || len(s.Train.Interactions)+held != len(d.Interactions) {
		t.Errorf("%s: %d in Train and %d held out, of %d", s.Protocol, len(s.Train.Interactions), held, len(d.Interactions))
	}
	for _, r := range slices.Concat(s.Fit, s.Valid, s.Test) {
		for _, x := range s.Past(r) {
			if x.At >= d.Interactions[r.At].At || !slices.Contains(s.Train.Of(r.User), x) {
				t.Errorf("%s: %+v is in the past of %+v", s.Protocol, x, r)
			}
		}
	}
}

// many returns 20 users who rated 15 items each, a third of them with 3 stars.
func many() *dataset.Dataset {
	var users [][]uint8
	for u := range 20 {
		var stars []uint8
		for i := range 15 {
			stars = append(stars, []uint8{8, 6, 3}[(u+i)%3])
		}
		users = append(users, stars)
	}
	return rated(users...)
}

func TestRandomSplits(t *testing.T) {
	d := many() // 200 of 300 rows have a label
	s, err := HoldOut(d, ButThree, 0.2, 7)
	if err != nil {
		t.Fatal(err)
	}
	partition(t, d, ButThree, s)
	if len(s.Test) != 40 || len(s.Fit) != 160 {
		t.Errorf("HoldOut: %d to judge and %d to fit, want 40 and 160", len(s.Test), len(s.Fit))
	}
	s.HoldValid(0.1, 7)
	partition(t, d, ButThree, s)
	if len(s.Test) != 40 || len(s.Valid) != 16 || len(s.Fit) != 144 {
		t.Errorf("HoldValid: %d, %d, %d rows, want 40, 16, 144", len(s.Test), len(s.Valid), len(s.Fit))
	}
	for _, c := range s.Cases() {
		if len(c.History) != len(s.Train.Of(c.User)) {
			t.Errorf("Cases: user %d has %d of %d movies in their history", c.User, len(c.History), len(s.Train.Of(c.User)))
		}
		for _, r := range c.Relevant {
			if slices.ContainsFunc(s.Train.Of(c.User), func(x dataset.Interaction) bool { return x.Row == r }) {
				t.Errorf("Cases: movie %d is relevant to user %d and in their history", r, c.User)
			}
		}
	}

	judged := map[Example]int{}
	folds, err := KFold(d, ButThree, 3, 7)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folds {
		partition(t, d, ButThree, f)
		if n := len(f.Test); n < 66 || n > 67 {
			t.Errorf("KFold: a fold of %d rows, want 66 or 67", n)
		}
		for _, x := range f.Test {
			judged[x]++
		}
	}
	if len(folds) != 3 || len(judged) != 200 {
		t.Errorf("KFold: %d folds judge %d rows, want 3 and 200", len(folds), len(judged))
	}

	bag, err := OutOfBag(d, ButThree, 7)
	if err != nil {
		t.Fatal(err)
	}
	partition(t, d, ButThree, bag)
	// Of 200 rows 73.4 are expected out, with a standard deviation of 4.4.
	if len(bag.Fit) != 200 || math.Abs(float64(len(bag.Test))-73.4) > 18 {
		t.Errorf("OutOfBag: %d rows to fit, %d to judge, want 200 and about 73", len(bag.Fit), len(bag.Test))
	}
	bag.HoldValid(0.2, 7)
	partition(t, d, ButThree, bag)

	again, _ := HoldOut(d, ButThree, 0.2, 7)
	other, _ := HoldOut(d, ButThree, 0.2, 8)
	if !slices.Equal(again.Test, s.Test) || slices.Equal(other.Test, s.Test) {
		t.Error("HoldOut: the draw does not follow from the seed")
	}
	for _, share := range []float64{0, 1, 0.001} {
		if _, err := HoldOut(d, ButThree, share, 7); err == nil {
			t.Errorf("HoldOut of %g returned no error", share)
		}
	}
	if _, err := KFold(d, ButThree, 1, 7); err == nil {
		t.Error("KFold in one fold returned no error")
	}
}

func TestPresets(t *testing.T) {
	for _, p := range Presets {
		d := many()
		if p.Name == "global-time" {
			d = dataset.Synthetic(dataset.Shape{Seed: 3, Users: 60, Items: 20, Interactions: 600, Groups: 2})
			for i := range d.Interactions {
				d.Interactions[i].Stars = uint8(4 + d.Interactions[i].Row%2*4)
			}
		}
		s, err := p.Split(d, 1)
		if err != nil || len(s.Fit) == 0 || len(s.Valid) == 0 || len(s.Test) == 0 {
			t.Errorf("%s: %+v, error %v", p.Name, s, err)
		}
		if got, ok := PresetNamed(p.Name); !ok || got.Source != p.Source || strings.ContainsAny(p.Name, " _") {
			t.Errorf("PresetNamed(%q) = %+v, %v", p.Name, got, ok)
		}
	}
	if _, ok := PresetNamed("guess"); ok {
		t.Error("PresetNamed of an unknown name returned one")
	}
}
