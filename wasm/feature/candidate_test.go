package feature

import (
	"slices"
	"testing"
)

func TestBestKeepsWhatBelongsTogether(t *testing.T) {
	a := Candidate{Row: 7, Score: 1, Sources: FromTaste, Retrieved: 1}
	b := Candidate{Row: 3, Score: 2, Sources: FromPopular, Retrieved: 2}
	c := Candidate{Row: 5, Score: 1, Sources: FromTrending, Retrieved: 3, Penalty: 9}
	list := []Candidate{a, b, c}
	Best(list)
	if want := []Candidate{b, c, a}; !slices.Equal(list, want) { // of 7 and 5 the lower row
		t.Errorf("Best: %+v, want %+v", list, want)
	}
	if got := c.Value(); got != -8 {
		t.Errorf("Value of a score of 1 with a penalty of 9 = %v, want -8", got)
	}
}

func TestSourcesByName(t *testing.T) {
	for s, want := range map[Sources]string{0: "", FromTaste: "taste", FromTaste | FromTransition: "taste+transition", FromPopular | FromTrending: "popular+trending"} {
		if got := s.String(); got != want {
			t.Errorf("%d = %q, want %q", s, got, want)
		}
	}
}
