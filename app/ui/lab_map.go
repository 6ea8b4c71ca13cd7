package ui

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// labColours is how many genres have a colour of their own on the map.
const labColours = 8

func (p *labPage) mapView(s *store) app.UI {
	w := s.words
	if len(p.mapped) == 0 || p.item == nil {
		return labPart("map", w.LabMap, w.LabMapText, waiting(w, "lab-waiting-map"))
	}
	cards := make([]protocol.Card, len(p.mapped))
	for i, c := range p.mapped {
		cards[i] = s.card(c)
	}
	return labPart("map", w.LabMap, w.LabMapText,
		&tasteMap{Lang: s.route.lang, Chosen: p.item.ID, Cards: cards, Points: p.points, Drawn: int(p.dots)})
}

// tasteMap draws items as dots. A dot is a link that puts its item on the Lab's
// table. The Tab key enters the map at one dot, the arrow keys walk from dot to
// dot.
type tasteMap struct {
	app.Compo
	Lang   string
	Chosen catalog.ID // the item on the table
	Cards  []protocol.Card
	Points protocol.Points // parallel to Cards
	Drawn  int             // so many of the dots, and the chosen item's

	at   int        // the dot that the visitor walked to
	from catalog.ID // the item that was on the table then
}

const (
	mapWidth  = 1000
	mapMargin = 30
)

func (m *tasteMap) Render() app.UI {
	w := wordsOf(m.Lang)
	genres, counts := m.legend()
	dots, chosen, height := m.dots(w, genres)
	shapes := []app.UI{
		shape("g", "", dots...), // more of them come at its end alone
		shape("g", "", chosen...),
		shape("text", "map-label").Attr("id", "map-label").Attr("lengthAdjust", "spacingAndGlyphs").Attr("aria-hidden", "true"),
	}
	picture := shape("svg", "map-svg", shapes...).
		Attr("viewBox", "0 0 "+strconv.Itoa(mapWidth)+" "+units(height)).
		Attr("role", "group").Attr("aria-label", attr(w.LabMap)).
		On("keydown", m.key).On("click", m.click).
		On("mouseover", m.name).On("mouseout", m.unname).On("focusin", m.name).On("focusout", m.unname)
	if m.Drawn < len(m.Cards) {
		picture = picture.Attr("aria-busy", "true")
	}
	keys := make([]app.UI, 0, labColours+3)
	for i, g := range genres {
		keys = append(keys, mapKey("dot dot-"+strconv.Itoa(i), w.genre(g), counts[i]))
	}
	if rest := counts[labColours]; rest > 0 {
		keys = append(keys, mapKey("dot dot-"+strconv.Itoa(labColours), w.LabRest, rest))
	}
	keys = append(keys, mapKey("dot dot-own dot-plain", w.LabYours, 0), mapKey("dot dot-chosen dot-plain", w.LabChosen, 0))
	return el("div", "map", el("div", "map-frame", picture),
		el("div", "map-side", el("ul", "map-keys", keys...).Attr("role", "list"), txt("p", "muted", w.LabMapKeys)))
}

// dots draws the items whose turn has come, and the one on the table, which lies
// on top, in a picture of the height that it returns.
func (m *tasteMap) dots(w *words, genres []string) (dots, chosen []app.UI, height float32) {
	x, y, height := m.layout()
	stop := 0 // the dot where the Tab key enters
	for i := range m.Cards {
		if m.Cards[i].ID == m.Chosen {
			stop = i
		}
	}
	if m.from == m.Chosen {
		stop = min(m.at, len(m.Cards)-1)
	}
	for i, c := range m.Cards {
		if i >= m.Drawn && c.ID != m.Chosen {
			continue
		}
		class, tab, name := "dot dot-"+strconv.Itoa(colourOf(genres, c)), "-1", cardName(c)
		if c.Action != "" && c.Action != protocol.Dislike && c.Action != protocol.NotInterested {
			class += " dot-own"
		}
		if c.ID == m.Chosen {
			class += " dot-chosen"
		}
		if i == stop {
			tab = "0"
		}
		if len(c.Genres) > 0 {
			name += w.join + w.genre(c.Genres[0])
		}
		dot := shape("a", class, shape("circle", "").Attr("cx", units(x[i])).Attr("cy", units(y[i])).Attr("r", "8")).
			Attr("href", attr(labURL(m.Lang, c.ID))).Attr("id", "dot-"+strconv.Itoa(i)).
			Attr("tabindex", tab).Attr("aria-label", attr(name))
		if c.ID == m.Chosen {
			chosen = append(chosen, dot)
		} else {
			dots = append(dots, dot)
		}
	}
	return dots, chosen, height
}

// mapKey draws what a dot of a class stands for, and how many there are unless
// n is 0.
func mapKey(class, label string, n int) app.UI {
	kids := []app.UI{
		shape("svg", "map-sign", shape("g", class, shape("circle", "").Attr("cx", "12").Attr("cy", "12").Attr("r", "6"))).
			Attr("viewBox", "0 0 24 24").Attr("aria-hidden", "true"),
		txt("span", "", label),
	}
	if n > 0 {
		kids = append(kids, txt("span", "map-count", strconv.Itoa(n)))
	}
	return el("li", "map-key", kids...)
}

// cardName returns an item's title with its year.
func cardName(c protocol.Card) string {
	if c.Year == 0 {
		return c.Title
	}
	return c.Title + " (" + strconv.Itoa(c.Year) + ")"
}

// layout returns where the dots stand in a picture mapWidth wide, with one
// scale for both directions, and how high it is.
func (m *tasteMap) layout() (x, y []float32, height float32) {
	n := min(len(m.Cards), len(m.Points.X))
	x, y = make([]float32, len(m.Cards)), make([]float32, len(m.Cards))
	if n == 0 {
		return x, y, mapWidth
	}
	across, up := m.Points.X[:n], m.Points.Y[:n]
	left, right, foot, top := slices.Min(across), slices.Max(across), slices.Min(up), slices.Max(up)
	scale := (mapWidth - 2*mapMargin) / max(right-left, (top-foot)/1.2, 1e-6)
	for i := range n {
		x[i] = mapMargin + scale*(across[i]-left)
		y[i] = mapMargin + scale*(top-up[i])
	}
	return x, y, 2*mapMargin + scale*(top-foot)
}

// legend returns the genres that have a colour, in order of how many items of
// the map name them, and how many items have each; behind them how many have
// another one.
func (m *tasteMap) legend() (genres []string, counts [labColours + 1]int) {
	all := map[string]int{}
	for _, c := range m.Cards {
		all[firstGenre(c)]++
	}
	for len(genres) < labColours && len(all) > 0 {
		best := ""
		for g, n := range all {
			if best == "" || n > all[best] || n == all[best] && g < best {
				best = g
			}
		}
		counts[len(genres)] = all[best]
		genres = append(genres, best)
		delete(all, best)
	}
	for _, n := range all {
		counts[labColours] += n
	}
	return genres, counts
}

func firstGenre(c protocol.Card) string {
	if len(c.Genres) == 0 {
		return "(no genres listed)"
	}
	return c.Genres[0]
}

// colourOf returns the index of an item's first genre in genres; labColours is
// that of others.
func colourOf(genres []string, c protocol.Card) int {
	for i, g := range genres {
		if g == firstGenre(c) {
			return i
		}
	}
	return labColours
}
