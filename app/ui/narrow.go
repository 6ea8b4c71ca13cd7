package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sparrow/wasm/protocol"
)

// narrowed is how the catalogue is narrowed down and sorted, as the address of its page has
// it: /genre/Horror?with=Comedy&without=War&from=1980&to=1989&least=3.5&is=country%3DFrance&sort=new.
type narrowed struct {
	with, without []string // genres that all items have, and that none has
	from, to      int      // years; 0 for any
	least, most   float32  // mean stars; 0 for any
	is            []value  // values of other columns that all items have
	spans         []value  // ranges of columns of numbers, see ends
	sort          string   // "" for the best known first
	words         string   // the query that was understood so; "" for none
	notes         *notes   // of the address and of columns; nil for what is only an address
}

type value struct{ column, text string }

// narrowedBy reads r.
func narrowedBy(r route) (n narrowed) {
	q := r.query
	n.notes = new(notes)
	n.with = q["with"]
	if r.param != "" {
		n.with = append([]string{r.param}, n.with...)
	}
	n.without, n.sort, n.words = q["without"], q.Get("sort"), q.Get("q")
	n.from, n.to = max(0, atoi(q.Get("from"))), max(0, atoi(q.Get("to")))
	if decade := atoi(q.Get("decade")); decade > 0 {
		n.from, n.to = decade, decade+9
	}
	n.least, n.most = stars(q.Get("least")), stars(q.Get("most"))
	for _, text := range q["is"] {
		if column, text, ok := strings.Cut(text, "="); ok && named(column) {
			n.is = append(n.is, value{column, text})
		} else {
			n.odd(oddUnread, "is="+column+when(ok, "="+text))
		}
	}
	n.readSpans(q)
	n.readRest(q)
	return n
}

// stars reads a number of stars with one decimal at most, 0 for none. Package strconv would
// bring the tables along by which all floats are read.
func stars(text string) float32 {
	whole, part, _ := strings.Cut(text, ".")
	tenths := 10 * atoi(whole)
	if len(part) == 1 {
		tenths += atoi(part)
	}
	if tenths < 0 || tenths > 50 || len(part) > 1 {
		return 0
	}
	return float32(tenths) / 10
}

// address returns the address of n in a language.
func (n *narrowed) address(lang string) string {
	path, q := Address(lang, "/browse"), url.Values{}
	if len(n.with) > 0 {
		path = GenreURL(lang, n.with[0])
		q["with"] = n.with[1:]
	}
	q["without"] = n.without
	switch {
	case n.decade() > 0:
		q.Set("decade", strconv.Itoa(n.from))
	default:
		setInt(q, "from", n.from)
		setInt(q, "to", n.to)
	}
	if n.least > 0 {
		q.Set("least", short(n.least))
	}
	if n.most > 0 {
		q.Set("most", short(n.most))
	}
	for _, v := range n.is {
		q.Add("is", v.column+"="+v.text)
	}
	for _, v := range n.spans {
		q.Set(parameter(v.column), v.text)
	}
	if n.sort != "" && n.sort != "popular" {
		q.Set("sort", n.sort)
	}
	if n.words != "" {
		q.Set("q", n.words)
	}
	if text := q.Encode(); text != "" {
		path += "?" + text
	}
	return path
}

func setInt(q url.Values, name string, n int) {
	if n > 0 {
		q.Set(name, strconv.Itoa(n))
	}
}

func short(stars float32) string { return strconv.FormatFloat(float64(stars), 'g', 3, 32) }

// decade returns the decade that n's years are, 0 for none.
func (n *narrowed) decade() int {
	if n.from > 0 && n.from%10 == 0 && n.to == n.from+9 {
		return n.from
	}
	return 0
}

// request returns what the engine is asked for. What pages are made of in advance, one genre
// or decade, has no filter.
func (n *narrowed) request() protocol.Request {
	q := protocol.Request{Verb: protocol.Browse, K: browsePage1, Decade: n.decade(), Sort: n.sort, Least: n.least, Most: n.most}
	var all []string
	add := func(parts ...string) { all = append(all, strings.Join(parts, "")) }
	for i, g := range n.with {
		if i == 0 {
			q.Genre = g
		} else {
			add("genre=", quoted(g))
		}
	}
	for _, g := range n.without {
		add("not genre=", quoted(g))
	}
	if q.Decade == 0 && n.from > 0 {
		add("year>=", strconv.Itoa(n.from))
	}
	if q.Decade == 0 && n.to > 0 {
		add("year<=", strconv.Itoa(n.to))
	}
	for _, v := range n.is {
		add(v.column, "=", quoted(v.text))
	}
	for _, v := range n.spans {
		from, to := ends(v.text)
		if from != "" {
			add(v.column, ">=", from)
		}
		if to != "" {
			add(v.column, "<=", to)
		}
	}
	q.Filter = strings.Join(all, " and ")
	return q
}

// quoted returns a text as a value of a filter.
func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// part is one thing by which the catalogue is narrowed down: what it is called, and n without
// it.
type part struct {
	text    string
	without *narrowed
}

// clone returns a copy of n that can be changed.
func (n *narrowed) clone() *narrowed {
	c := *n
	c.with, c.without, c.is, c.spans = slices.Clone(n.with), slices.Clone(n.without), slices.Clone(n.is), slices.Clone(n.spans)
	return &c
}

// parts returns what n is narrowed down by.
func (n *narrowed) parts(w *words) (all []part) {
	add := func(text string, change func(*narrowed)) {
		less := n.clone()
		change(less)
		all = append(all, part{text, less})
	}
	for i, g := range n.with {
		add(w.genre(g), func(n *narrowed) { n.with = slices.Delete(n.with, i, i+1) })
	}
	for i, g := range n.without {
		add(fill(w.Without, "name", w.genre(g)), func(n *narrowed) { n.without = slices.Delete(n.without, i, i+1) })
	}
	for i, v := range n.is {
		add(w.value(v), func(n *narrowed) { n.is = slices.Delete(n.is, i, i+1) })
	}
	for i, v := range n.spans {
		add(w.span(v, n.notes.currency), func(n *narrowed) { n.spans = slices.Delete(n.spans, i, i+1) })
	}
	if n.from > 0 || n.to > 0 {
		add(w.years(n.from, n.to), func(n *narrowed) { n.from, n.to = 0, 0 })
	}
	if n.least > 0 || n.most > 0 {
		add(w.means(n.least, n.most), func(n *narrowed) { n.least, n.most = 0, 0 })
	}
	return all
}

// says returns what n is narrowed down by in one line.
func (n *narrowed) says(w *words) string {
	var all []string
	for _, part := range n.parts(w) {
		all = append(all, part.text)
	}
	return strings.Join(all, " · ")
}

// value returns what a value of a column is called: "country: France".
func (w *words) value(v value) string {
	if v.column == "tag" {
		return w.tag[0] + v.text + w.tag[1]
	}
	text := v.text
	switch v.truth() {
	case "with":
		text = w.Yes
	case "without":
		text = w.No
	}
	return fill(w.ValueOf, "column", w.column(v.column), "value", text)
}

func (w *words) years(from, to int) string {
	switch {
	case from == to:
		return strconv.Itoa(from)
	case to == from+9 && from%10 == 0:
		return fill(w.DecadeOf, "n", strconv.Itoa(from))
	case from == 0:
		return fill(w.UntilYear, "n", strconv.Itoa(to))
	case to == 0:
		return fill(w.SinceYear, "n", strconv.Itoa(from))
	}
	return strconv.Itoa(from) + "–" + strconv.Itoa(to)
}

func (w *words) means(least, most float32) string {
	switch {
	case most == 0:
		return fill(w.LeastStars, "n", w.stars(least))
	case least == 0:
		return fill(w.MostStars, "n", w.stars(most))
	}
	return "★ " + w.stars(least) + "–" + w.stars(most)
}

// state is what n says of a genre.
func (n *narrowed) state(genre string) string {
	switch {
	case slices.Contains(n.with, genre):
		return "with"
	case slices.Contains(n.without, genre):
		return "without"
	}
	return ""
}

// turn returns n with the next state of a genre: with it, without it, either.
func (n *narrowed) turn(genre string) *narrowed {
	is := func(g string) bool { return g == genre }
	next := n.clone()
	next.with, next.without = slices.DeleteFunc(next.with, is), slices.DeleteFunc(next.without, is)
	switch n.state(genre) {
	case "":
		next.with = append(next.with, genre)
	case "with":
		next.without = append(next.without, genre)
	}
	return next
}
