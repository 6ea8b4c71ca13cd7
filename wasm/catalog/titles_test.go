package catalog

import (
	"slices"
	"strings"
	"testing"
)

// TestPrepareMakesTheIndexInSmallSteps: no step reads more than a few thousand
// titles, and answers do not depend on how many were taken before the first search.
func TestPrepareMakesTheIndexInSmallSteps(t *testing.T) {
	c := synthetic(3*stepTitles + 1)
	count := make([]uint32, c.Len())
	whole := NewSearch(c, count)
	for steps := range 5 {
		s := NewSearch(c, count)
		for i := range steps {
			before := len(s.ends)
			if more := s.Prepare(); more != (i < 4) {
				t.Fatalf("step %d: Prepare() = %t", i, more)
			}
			if read := len(s.ends) - before; read > stepTitles {
				t.Errorf("step %d reads %d titles", i, read)
			}
		}
		for _, query := range []string{"b", "ba do", "stiko", "misa 1990"} {
			if got, want := s.Find(query, 20), whole.Find(query, 20); !slices.Equal(got, want) {
				t.Errorf("after %d steps Find(%q) = %v, want %v", steps, query, got, want)
			}
		}
	}
}

// TestOnlyTheFirstStepAllocates: the index is made in memory of one size, known from
// the titles, so that no step copies what the others made, however many there are.
func TestOnlyTheFirstStepAllocates(t *testing.T) {
	c := synthetic(3 * stepTitles)
	s := NewSearch(c, make([]uint32, c.Len()))
	s.Prepare()
	if got := testing.AllocsPerRun(1, func() { s.Prepare() }); got != 0 { // it runs twice
		t.Errorf("a later step of the index allocates %g times", got)
	}
	if s.Prepare() {
		t.Error("three steps read less than three steps of titles")
	}
}

// listed returns the words of appendWords, with a + before those that are joined.
func listed(words []byte) (all []string) {
	for len(words) > 0 {
		word, end := firstWord(string(words))
		if words[0] >= joined {
			word = "+" + word
		}
		all, words = append(all, word), words[end:]
	}
	return all
}

func TestAppendWords(t *testing.T) {
	long := strings.Repeat("0123456789", 30)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{" -- ' ", nil},
		{"Spider-Man & É", []string{"spider", "man", "+spiderman", "and", "e"}},
		{"a-b-c d", []string{"a", "b", "c", "+abc", "d"}},
		{"-a- b-", []string{"a", "b"}},
		{"a-b&c-d", []string{"a", "b", "+ab", "and", "c", "d", "+cd"}},
		{"x-卧y", []string{"x", "卧", "y"}},
		{"x-y卧", []string{"x", "y", "+xy", "卧"}},
		{"x-'-y", []string{"x", "y", "+xy"}},
		{"Straße.n", []string{"strassen"}},
		{"\xff", []string{"\ufffd"}},
		{long + "-" + long + " z", []string{long[:wordBytes], long[:wordBytes], "+" + long[:wordBytes], "z"}},
	} {
		before := []byte("before")
		words := appendWords(before, c.text)
		if got := listed(words[len(before):]); !slices.Equal(got, c.want) || string(words[:len(before)]) != "before" {
			t.Errorf("words of %q are %q, want %q", c.text, got, c.want)
		}
	}
}
