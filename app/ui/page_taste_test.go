//go:build !js

package ui

import (
	"strings"
	"testing"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

// tasteOf draws the page of a summary.
func tasteOf(t *testing.T, address string, m protocol.Summary, cards ...protocol.Card) string {
	t.Helper()
	s := openAt(t, uitest.Planted(8), address)
	p := s.page.(*tastePage)
	p.summary, p.cards = &m, cards
	return drawnOf(s)
}

// TestTheTastePageSaysWhatIsLacking: no figure of a newcomer, and what each takes.
func TestTheTastePageSaysWhatIsLacking(t *testing.T) {
	html := tasteOf(t, "/taste", protocol.Summary{Liked: 2, Rated: 9, Compared: 9})
	contains(t, html, "This takes 3 likes. So far: 2.", "This takes 5 likes. So far: 2.", "This takes 10 ratings with stars. So far: 9.", english.TasteFewMonths)
	for _, bad := range []string{"taste-number", "±", "correlation", "<rect"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page of too little says %q", bad)
		}
	}
	contains(t, tasteOf(t, "/zh/taste", protocol.Summary{}), "要有 3 个“喜欢”才说得出来，现在有 0 个。")
}

func TestTheTastePageSaysWhatTheFiguresMean(t *testing.T) {
	m := protocol.Summary{
		Liked: 7, Rated: 40, Depth: 0.121, CrowdDepth: 0.03, Compared: 40, Beyond: -0.42, Doubt: 0.1, Follows: 0.5, Least: 0.21, Most: 0.7,
		Guesses: []float32{4.26}, Off: 1.12, MeanOff: 0.71, CrowdOff: 0.9, Tested: 40,
	}
	html := tasteOf(t, "/taste", m, protocol.Card{ID: "1", Title: "Heat"}, protocol.Card{ID: "2", Title: "Ronin"})
	contains(t, html, "13\u00a0%", "you go deeper", "0.4 stars less", "tend to rate higher, too: the correlation is 0.50", "★\u00a04.3\u00a0±\u00a01.2", "newest 40 ratings", "within 1.2 stars", "0.71", "0.90")
	if strings.Contains(html, "Ronin") {
		t.Error("an item without a guess is shown")
	}
	m.Depth, m.Beyond, m.Least = 0.0021, -0.1, -0.1
	contains(t, tasteOf(t, "/taste", m), "0.3\u00a0%", "you keep closer", "the difference of 0.1 on average may be chance", "cannot be told yet")
	m.Depth, m.Beyond, m.Least, m.Most = 0.03, 0.3, -0.7, -0.2
	contains(t, tasteOf(t, "/taste", m), "about as deep", "0.3 stars more", "tend to rate lower")
}

// TestBarsOverTime: the largest share is as high as the picture, and each is said.
func TestBarsOverTime(t *testing.T) {
	html := tasteOf(t, "/taste", protocol.Summary{
		Liked: 3, Periods: []string{"2023", "2024"}, Entries: []float32{4, 8}, Earlier: 2,
		Genres: []string{"Drama"}, Decades: []string{"1990"}, Parts: []float32{0.5, 0.25, 1, 0},
	})
	contains(t, html, "12 items that you liked", "2 from before that are not drawn", `>2023</span>`, `aria-label="2023 50 %, 2024 25 %"`, `height="32.0"`, `height="16.0"`, "1990s", "The tallest bar is 50 %", "The tallest bar is 100 %")
}
