package evaluation

import (
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

func TestEverybody(t *testing.T) {
	d := &dataset.Dataset{Catalog: &catalog.Catalog{IDs: make([]catalog.ID, 10)}}
	for u := range 3 { // user u rates at the seconds 10u, 10u+1, …, 10u+9; the last user is a stranger
		d.Users, d.Start = append(d.Users, ""), append(d.Start, len(d.Interactions))
		for k := range 10 {
			d.Interactions = append(d.Interactions, dataset.Interaction{Row: catalog.Row(k), At: uint32(10*u + k), Stars: uint8(2 + 2*(k%5))})
		}
		d.End = append(d.End, len(d.Interactions))
	}
	s, err := Everybody(d, AtLeastFour, 0.25, 0.25)
	if err != nil {
		t.Fatal(err)
	}
	// 24 rows have two opinions before them: 12 to fit, 6 to tune by, 6 to judge by.
	if len(s.Fit) != 12 || len(s.Valid) != 6 || len(s.Test) != 6 {
		t.Fatalf("%d, %d and %d rows, want 12, 6 and 6", len(s.Fit), len(s.Valid), len(s.Test))
	}
	for _, x := range s.Fit {
		if d.Interactions[x.At].At >= 16 {
			t.Errorf("a row to fit to is of second %d", d.Interactions[x.At].At)
		}
	}
	for _, x := range s.Test {
		if x.User != 2 || x.At < 24 || x.Liked != (d.Interactions[x.At].Stars >= 8) {
			t.Errorf("row %+v judges", x)
		}
	}
	if n := len(s.Train.Of(1)); n != 6 || len(s.Train.Of(2)) != 0 || !s.InTime() {
		t.Errorf("Train has %d rows of the second user and %d of the stranger, want 6 and 0", n, len(s.Train.Of(2)))
	}
	if _, err := Everybody(d, AtLeastFour, 0.5, 0.5); err == nil {
		t.Error("shares that leave nothing are no error")
	}
}
