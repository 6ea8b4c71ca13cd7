package dataset

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPart(t *testing.T) {
	for _, c := range []struct {
		weight float64
		want   uint8
		back   float64
	}{
		{1, 0, 1}, {2, 0, 1}, {0.999, 0, 1}, // rounded to the whole
		{0.5, 128, 128.0 / 255}, {0.2, 51, 0.2}, {0, 1, 1.0 / 255}, {-1, 1, 1.0 / 255},
	} {
		got := PartOf(c.weight)
		if back := (Interaction{Part: got}).Weight(); got != c.want || math.Abs(back-c.back) > 1e-12 {
			t.Errorf("PartOf(%g) = %d of weight %g, want %d of %g", c.weight, got, back, c.want, c.back)
		}
	}
}

func TestWithoutOpinions(t *testing.T) {
	full, part := Interaction{}, Interaction{Part: 64}
	d := (&Dataset{}).Join([]string{"opinions", "a click last", "a click between", "clicks", "nothing"}, [][]Interaction{
		{full, full, full}, {full, full, part}, {full, part, full}, {part, part}, nil,
	})
	for n, want := range [][]int{{3, 3, 3, 2, 0}, {2, 3, 2, 2, 0}, {1, 3, 2, 2, 0}, {0, 3, 2, 2, 0}, {0, 3, 2, 2, 0}} {
		view := d.WithoutOpinions(n)
		var got []int
		for u := range d.Users {
			got = append(got, len(view.Of(u)))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("WithoutOpinions(%d) leaves (-want +got):\n%s", n, diff)
		}
	}
	whole := Synthetic(Shape{Seed: 3, Users: 5, Items: 12, Interactions: 25, Groups: 2})
	if diff := cmp.Diff(whole.WithoutLast(2).End, whole.WithoutOpinions(2).End); diff != "" {
		t.Errorf("without parts it is not WithoutLast (-WithoutLast +WithoutOpinions):\n%s", diff)
	}
}

func TestWithoutTargets(t *testing.T) {
	full, part := Interaction{}, Interaction{Part: 64}
	d := (&Dataset{}).Join([]string{"opinions", "few opinions", "clicks", "few clicks", "nothing"}, [][]Interaction{
		{full, full, full, full, full}, {full, full}, {full, part, full, full, part, part, part, part, part}, {full, part, part}, nil,
	})
	var got []int
	view := d.WithoutTargets(3)
	for u := range d.Users {
		got = append(got, len(view.Of(u)))
	}
	if diff := cmp.Diff([]int{2, 0, 7, 3, 0}, got); diff != "" {
		t.Errorf("WithoutTargets(3) leaves (-want +got):\n%s", diff)
	}
}

func TestJoin(t *testing.T) {
	d := Synthetic(Shape{Seed: 3, Users: 3, Items: 12, Interactions: 15, Groups: 2})
	more := []Interaction{{Row: 4, At: 9, Part: 51}, {Row: 2, At: 10, Stars: 9}}
	j := d.Join([]string{"visitor:1", "visitor:2"}, [][]Interaction{more, nil})
	if diff := cmp.Diff([]string{"1", "2", "3", "visitor:1", "visitor:2"}, j.Users); diff != "" {
		t.Errorf("users (-want +got):\n%s", diff)
	}
	for u := range d.Users {
		if diff := cmp.Diff(d.Of(u), j.Of(u)); diff != "" {
			t.Errorf("user %d has changed (-want +got):\n%s", u, diff)
		}
	}
	if diff := cmp.Diff(more, j.Of(3)); diff != "" || len(j.Of(4)) != 0 || len(d.Users) != 3 {
		t.Errorf("the new users (-want +got):\n%s", diff)
	}
}
