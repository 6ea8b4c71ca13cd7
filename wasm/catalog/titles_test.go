package catalog

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
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
			before := len(s.start)
			if more := s.Prepare(); more != (i < 4) {
				t.Fatalf("step %d: Prepare() = %t", i, more)
			}
			if read := len(s.start) - before; read > stepTitles {
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

// TestVocabularyIsAMap compares the vocabulary with a map of the library.
func TestVocabularyIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var v vocabulary
		numbers := map[string]uint32{}
		for _, word := range rapid.SliceOfN(rapid.StringMatching(`[ab卧]{0,9}`), 0, 900).Draw(t, "words") {
			want, there := numbers[word]
			if !there {
				want = uint32(len(numbers))
				numbers[word] = want
			}
			if got, known := v.number(word); got != want || known != there {
				t.Fatalf("number(%q) = %d, %t, want %d, %t", word, got, known, want, there)
			}
		}
		for word, n := range numbers {
			if got := v.word(n); got != word {
				t.Errorf("word(%d) = %q, want %q", n, got, word)
			}
		}
	})
}

// TestWordsWithoutMemoryOfTheLast: a long title leaves nothing in the next one.
func TestWordsWithoutMemoryOfTheLast(t *testing.T) {
	var f folder
	collect := func(text string) (all []string) {
		f.words(text, func(w []byte, joined bool) {
			if joined {
				w = append([]byte("+"), w...)
			}
			all = append(all, string(w))
		})
		return all
	}
	collect(strings.Repeat("long-word", 100))
	if got, want := collect("Spider-Man & É"), []string{"spider", "man", "+spiderman", "and", "e"}; !slices.Equal(got, want) {
		t.Errorf("words are %q, want %q", got, want)
	}
}
