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
		state, class := p.by.state(g), "chip"
		a := []app.UI{app.Text(w.genre(g))}
		if state == "without" {
			class += " chip-without"
			a = []app.UI{txt("s", "", w.genre(g)), txt("span", "only-read", w.LeftOut)}
		}
		all = append(all, el("li", "", marked(link(class, p.by.turn(g).address(lang), a...), state == "with")))
	}
	return el("ul", "chips chips-scroll", all...).Attr("role", "list").Attr("aria-label", attr(w.Genre)).Attr("title", attr(w.GenreTurns))
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
				yearField("from", w.FromYear, p.by.from, choose(func(n *narrowed, v string) { n.from = atoi(v) }), scope),
				yearField("to", w.ToYear, p.by.to, choose(func(n *narrowed, v string) { n.to = atoi(v) }), scope))
		}
		orders = append(orders, choice{"new", w.SortNew})
	}
	if s.status != nil && s.status.Rated {
		orders = append(orders, choice{"rating", w.SortRating})
		ranges = append(ranges,
			picker("least", w.Least, short(p.by.least), starChoices(w), choose(func(n *narrowed, v string) { n.least = stars(v) }), scope),
			picker("most", w.Most, short(p.by.most), starChoices(w), choose(func(n *narrowed, v string) { n.most = stars(v) }), scope))
	}
	for _, c := range p.offered() {
		if c.Kind == "text" || c.Kind == "list" {
			filters = append(filters, p.valueFilter(s, c, scope))
		}
	}
	title := w.Ranges
	if fields := p.numberFields(s, scope); len(fields) > 0 {
		title, ranges = w.MoreRanges, append(ranges, fields...)
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

// yearField draws a field for a year.
func yearField(id, label string, year int, change func(value string), scope string) app.UI {
	value := ""
	if year > 0 {
		value = strconv.Itoa(year)
	}
	return el("label", "picker",
		txt("span", "picker-label", label),
		void("input", "year-field").Attr("id", id).Attr("type", "number").Attr("inputmode", "numeric").Attr("min", "1850").Attr("max", "2100").Attr("value", attr(inField(value))).
			On("change", func(ctx app.Context, e app.Event) { change(ctx.JSSrc().Get("value").String()) }, app.EventScope(scope)),
	)
}
