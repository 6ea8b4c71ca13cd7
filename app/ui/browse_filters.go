package ui

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// said draws by what the catalogue is narrowed down, each with a cross that takes it away,
// and of which query it was understood.
func (p *browsePage) said(s *store, parts []part) app.UI {
	w := s.words
	label := w.NarrowedBy
	if p.by.words != "" {
		label = fill(w.UnderstoodAs, "query", p.by.words)
	}
	kids := []app.UI{txt("span", "said-label", label)}
	for _, part := range parts {
		without := fill(w.TakeAway, "name", part.text)
		kids = append(kids, link("chip chip-said", part.without.address(s.route.lang), app.Text(part.text), txt("span", "said-cross", "✕").Attr("aria-hidden", "true")).
			Attr("aria-label", attr(without)).Attr("title", attr(without)))
	}
	if len(parts) > 1 {
		kids = append(kids, link("text-link", Address(s.route.lang, "/browse"), app.Text(w.Reset)))
	}
	if p.by.words != "" {
		kids = append(kids, link("text-link", Address(s.route.lang, "/search")+"?titles=1&q="+url.QueryEscape(p.by.words), app.Text(w.SearchTitles)))
	}
	return el("div", "said", kids...).Attr("role", "group").Attr("aria-label", attr(label))
}

// genreChips draws all genres, each a link that turns it on: with it, without it, either.
func (p *browsePage) genreChips(s *store) app.UI {
	w, lang := s.words, s.route.lang
	none := p.by
	none.with, none.without = nil, nil
	all := []app.UI{el("li", "", marked(link("chip", none.address(lang), app.Text(w.AllGenres)), len(p.by.with)+len(p.by.without) == 0))}
	genres := make([]string, 0, len(p.genres)+1)
	for _, g := range p.genres {
		genres = append(genres, g.Name)
	}
	for _, g := range slices.Concat(p.by.with, p.by.without) { // one that the catalogue does not have can be taken away, too
		if !slices.Contains(genres, g) {
			genres = append(genres, g)
		}
	}
	for _, g := range genres {
		all = append(all, turning(p.by.turn(g).address(lang), p.by.state(g), w.genre(g), w.genre(g), w.LeftOut))
	}
	return el("ul", "chips chips-scroll", all...).Attr("role", "list").Attr("aria-label", attr(w.Genre)).Attr("title", attr(w.GenreTurns))
}

// turning draws a link to the next of three states. with is what it says where the state is "with", text else; left is
// what is read of one that is left out.
func turning(address, state, text, with, left string) app.UI {
	class, a := "chip", []app.UI{app.Text(text)}
	switch state {
	case "with":
		a = []app.UI{app.Text(with)}
	case "without":
		class, a = "chip chip-without", []app.UI{txt("s", "", text), txt("span", "only-read", left)}
	}
	return el("li", "", marked(link(class, address, a...), state == "with"))
}

func marked(a app.HTMLElem, current bool) app.HTMLElem {
	if current {
		return a.Attr("aria-current", "true")
	}
	return a
}

// filters draws what else narrows the catalogue down, and its order.
func (p *browsePage) filters(s *store) (filters []app.UI) {
	var ranges []app.UI
	w := s.words
	scope := strconv.Itoa(s.visit)
	choose := func(change func(n *narrowed, v string)) func(string) { return p.change(s, change) }
	order := p.by.sort
	if order == "" {
		order = "popular"
	}
	orders := []choice{{"popular", w.SortPopular}}
	if s.status != nil && s.status.Newest > 0 {
		last := s.status.Newest / 10 * 10
		decades := []choice{{"0", w.AllDecades}}
		for d := last; d+10 > s.status.Oldest && len(decades) <= mostDecades; d -= 10 {
			decades = append(decades, choice{strconv.Itoa(d), fill(w.DecadeOf, "n", strconv.Itoa(d))})
		}
		if byDecade {
			filters = append(filters,
				picker("decade", w.Decade, strconv.Itoa(p.by.decade()), decades, choose(func(n *narrowed, v string) {
					if n.from, n.to = atoi(v), 0; n.from > 0 {
						n.to = n.from + 9
					}
				}), scope))
			ranges = append(ranges,
				numberField("from", w.FromYear, yearText(p.by.from), yearText(s.status.Oldest), "1", choose(func(n *narrowed, v string) { n.from = atoi(v) }), scope),
				numberField("to", w.ToYear, yearText(p.by.to), yearText(s.status.Newest), "1", choose(func(n *narrowed, v string) { n.to = atoi(v) }), scope))
		}
		orders = append(orders, choice{"new", w.SortNew})
	}
	if s.status != nil && s.status.Rated {
		orders = append(orders, choice{"rating", w.SortRating})
		ranges = append(ranges,
			picker("least", w.Least, short(p.by.least), starChoices(w), choose(func(n *narrowed, v string) { n.least = stars(v) }), scope),
			picker("most", w.Most, short(p.by.most), starChoices(w), choose(func(n *narrowed, v string) { n.most = stars(v) }), scope))
	}
	title := w.Ranges
	for _, c := range p.columns {
		switch c.kind {
		case "text", "list":
			filters = append(filters, p.valueFilter(s, c, scope))
		case "number":
			if len(c.values) > 1 && c.values[0] != c.values[1] {
				title, ranges = w.MoreRanges, append(ranges, p.spanFields(s, c, scope))
			}
		}
	}
	filters = append(filters, picker("sort", w.Sort, order, orders, choose(func(n *narrowed, v string) { n.sort = v }), scope))
	if len(ranges) > 0 {
		more := el("details", "ranges", txt("summary", "ranges-title", title), el("div", "filters", ranges...))
		if len(p.by.spans) > 0 || p.by.least > 0 || p.by.most > 0 || p.by.decade() == 0 && (p.by.from > 0 || p.by.to > 0) {
			more = more.Attr("open", "true")
		}
		filters = append(filters, more)
	}
	return filters
}

func starChoices(w *words) []choice {
	all := []choice{{"0", w.AnyStars}}
	for v := float32(2); v <= 4; v += 0.5 {
		all = append(all, choice{short(v), "★ " + w.stars(v)})
	}
	return all
}

// yearText writes a year, "" for none.
func yearText(year int) string {
	if year <= 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// numberField draws a field for a number, with an example for where it is empty. What is no number, or between two
// steps, stays there and is named by the browser.
func numberField(id, label, number, example, step string, change func(value string), scope string) app.UI {
	if number == "" {
		number = " " // which the browser reads as nothing; without a value go-app would leave what the visitor typed
	}
	return el("label", "picker",
		txt("span", "picker-label", label),
		void("input", "year-field").Attr("id", attr(id)).Attr("type", "number").Attr("inputmode", "decimal").Attr("step", step).Attr("placeholder", attr(example)).Attr("value", attr(number)).
			On("change", func(ctx app.Context, e app.Event) {
				if field := ctx.JSSrc(); field.Call("reportValidity").Bool() {
					change(field.Get("value").String())
				}
			}, app.EventScope(scope)),
	)
}
