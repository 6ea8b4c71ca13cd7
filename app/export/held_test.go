package main

import (
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sparrow/app/ui"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// visitor is what somebody said, as a test remembers it without the session.
type visitor struct {
	bundle *bundle.Bundle
	last   map[catalog.Row]protocol.Entry
}

// visit has somebody with a taste for two genres say n things of well-known items
// at s, and returns what they said.
func visit(t *testing.T, s *session.Session, b *bundle.Bundle, rng *rand.Rand, n int) visitor {
	t.Helper()
	if a := s.Answer(protocol.Request{Verb: protocol.Erase}); a.Error != nil {
		t.Fatal(a.Error.Text)
	}
	v := visitor{b, map[catalog.Row]protocol.Entry{}}
	cards := s.Answer(protocol.Request{Verb: protocol.Browse, K: 500}).Cards
	first, second := b.Catalog.GenreNames[rng.IntN(len(b.Catalog.GenreNames))], b.Catalog.GenreNames[rng.IntN(len(b.Catalog.GenreNames))]
	for at := int64(1); at <= int64(n); {
		c := cards[rng.IntN(len(cards))]
		of := strings.Join(c.Genres, "|")
		if !strings.Contains(of, first) && !strings.Contains(of, second) && rng.IntN(3) > 0 {
			continue
		}
		e := protocol.Entry{ID: c.ID, At: at}
		switch rng.IntN(6) {
		case 0, 1:
			e.Action = protocol.Like
		case 2, 3:
			e.Action, e.Stars = protocol.Rate, float32(1+rng.IntN(10))/2
		case 4:
			e.Action = protocol.View
		case 5:
			e.Action = []protocol.Action{protocol.Dislike, protocol.NotInterested}[rng.IntN(2)]
		}
		if a := s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{e}}); a.Error != nil {
			t.Fatal(a.Error.Text)
		}
		r, _ := b.Catalog.Row(c.ID)
		if was := v.last[r]; e.Action != protocol.View || was.Action == "" || was.Action == protocol.View {
			v.last[r] = e
		}
		at++
	}
	return v
}

// likes reports whether the visitor likes item r: a like, or at least 4 stars.
func (v visitor) likes(r catalog.Row) bool {
	e := v.last[r]
	return e.Action == protocol.Like || e.Action == protocol.Rate && e.Stars >= 4
}

// did reports whether the visitor did something with an item called title.
func (v visitor) did(title string, what func(e protocol.Entry, r catalog.Row) bool) bool {
	for r, e := range v.last {
		if v.called(r, title) && what(e, r) {
			return true
		}
	}
	return false
}

// called reports whether that is the title of item r on a page in English or in Chinese.
func (v visitor) called(r catalog.Row, title string) bool {
	c := v.bundle.Catalog
	for i := range c.Attributes {
		if a := &c.Attributes[i]; a.Name == catalog.ChineseColumn {
			if own := a.Of(int(r)); len(own) > 0 && a.Texts.At(int(own[0])-1) == title {
				return true
			}
		}
	}
	return c.Titles[r] == title
}

// often reports whether the visitor often likes genre g: at least 3 of what they
// like, at least 30 % of it, and a larger share than the crowd chooses.
func (v visitor) often(g int) bool {
	has := func(r catalog.Row) bool {
		for _, other := range v.bundle.Catalog.Genres[r] {
			if int(other) == g {
				return true
			}
		}
		return false
	}
	liked, with, all, crowd := 0, 0, 0.0, 0.0
	for r := range v.last {
		if v.likes(r) {
			liked++
			if has(r) {
				with++
			}
		}
	}
	for r, n := range v.bundle.Statistics.Count {
		all += float64(n)
		if has(catalog.Row(r)) {
			crowd += float64(n)
		}
	}
	share := float64(with) / float64(max(1, liked))
	return with >= 3 && share >= 0.3 && share > crowd/all
}

// sentences are what a card may say of the visitor, in both languages. The group
// is a title or a genre.
var sentences = []struct {
	form *regexp.Regexp
	kind string
}{
	{regexp.MustCompile(`^Because you liked (.+)$`), protocol.WhyLiked}, {regexp.MustCompile(`^因为你喜欢《(.+)》$`), protocol.WhyLiked},
	{regexp.MustCompile(`^Because of your stars for (.+)$`), protocol.WhyRated}, {regexp.MustCompile(`^因为你给《(.+)》打过分$`), protocol.WhyRated},
	{regexp.MustCompile(`^Because you looked at (.+)$`), protocol.WhyViewed}, {regexp.MustCompile(`^因为你看过《(.+)》的介绍$`), protocol.WhyViewed},
	{regexp.MustCompile(`^You often like (.+)$`), protocol.WhyGenre}, {regexp.MustCompile(`^你常喜欢(.+)类的影片$`), protocol.WhyGenre},
	{regexp.MustCompile(`^From your history as a whole()$`), protocol.WhyHistory}, {regexp.MustCompile(`^综合你的全部记录()$`), protocol.WhyHistory},
	{regexp.MustCompile(`^Liked by people who like what you like()$`), protocol.WhyTaste}, {regexp.MustCompile(`^与你口味相近的人也喜欢()$`), protocol.WhyTaste},
}

// holds reports whether a sentence of that kind, about a title or a genre, is true
// of the visitor. genres has the index of each genre by its name on the page.
func (v visitor) holds(kind, about string, genres map[string]int) bool {
	switch kind {
	case protocol.WhyLiked:
		return v.did(about, func(_ protocol.Entry, r catalog.Row) bool { return v.likes(r) })
	case protocol.WhyRated:
		return v.did(about, func(e protocol.Entry, r catalog.Row) bool { return e.Action == protocol.Rate && !v.likes(r) })
	case protocol.WhyHistory:
		return len(v.last) > 0
	case protocol.WhyTaste:
		return slices.ContainsFunc(slices.Collect(maps.Keys(v.last)), v.likes)
	case protocol.WhyViewed:
		return v.did(about, func(e protocol.Entry, _ catalog.Row) bool { return e.Action == protocol.View })
	}
	g, ok := genres[about]
	return ok && v.often(g)
}

// TestWhatIsSaidOfTheVisitorHolds draws the list and the home page of simulated
// visitors to the demo, 1,000 cards of lists and more, and checks each sentence
// about them against what they did.
func TestWhatIsSaidOfTheVisitorHolds(t *testing.T) {
	s, b := demo(t)
	r := ui.NewRenderer(s, "", true)
	draw := func(address string) []byte {
		page, _, err := r.Render(address)
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		return page
	}
	genres := map[string]map[string]int{"en": {}, "zh": {}}
	for lang, of := range genres {
		for g, name := range b.Catalog.GenreNames {
			of[said(t, draw(ui.Address(lang, ui.GenrePath(name))))["page-title"][0]] = g
		}
	}
	rng := rand.New(rand.NewPCG(13, 1))
	cards, checked := 0, map[string]int{}
	for n := 0; cards < 1000; n++ {
		v := visit(t, s, b, rng, 1+n)
		for lang := range genres {
			for _, path := range []string{"/for-you", "/"} {
				page := draw(ui.Address(lang, path))
				if path == "/for-you" && lang == "en" {
					cards += strings.Count(string(page), `class="card-title"`)
				}
				all := said(t, page)
				for _, text := range append(append(all["card-why"], all["hero-why"]...), all["row-title"]...) {
					if text == "For you" || text == "为你推荐" || !addressed.MatchString(text) {
						continue
					}
					known := false
					for _, sentence := range sentences {
						if m := sentence.form.FindStringSubmatch(text); m != nil {
							known = true
							checked[sentence.kind]++
							if !v.holds(sentence.kind, m[1], genres[lang]) {
								t.Errorf("visitor %d is told %q (%s %s), which does not hold: %+v", n, text, lang, path, v.last)
							}
						}
					}
					if !known {
						t.Errorf("visitor %d is told %q, which no test knows", n, text)
					}
				}
			}
		}
	}
	t.Logf("%d cards of lists; checked %v", cards, checked)
	for _, kind := range []string{protocol.WhyLiked, protocol.WhyRated, protocol.WhyViewed, protocol.WhyGenre} {
		if checked[kind] < 20 {
			t.Errorf("%q was said %d times, want 20 to check", kind, checked[kind])
		}
	}
}
