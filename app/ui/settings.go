package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sparrow/wasm/protocol"
	"sparrow/wasm/vocabulary"
)

// settings are what a visitor asks of their lists beside what they like. The zero value asks for
// nothing. Numbers are stops of a slider: -2 to 2, 0 in the middle.
type settings struct {
	popularity, familiarity, recency int
	variety                          int      // stop of varieties from 1; 0 leaves it to the engine, or to an experiment
	more, never                      []string // genres, ascending
	blocks                           []block  // in the order in which they came
	limits                           []string // ids of the catalog's limits, in their order
	kept                             bool     // what is kept for later may come up, too
}

// varieties are what the stops of the slider of variety stand for.
var varieties = [...]float32{0, defaultVariety, 0.45, 0.7, 1}

const (
	lastStop   = 2 // of a slider, on either side
	mostGenres = 40
)

// limits are what the owner of the catalog lets lists be held to. They change before the first
// page is opened, by [Speak].
var limits []vocabulary.Limit

// none reports whether t asks for nothing.
func (t *settings) none() bool {
	return t.popularity == 0 && t.familiarity == 0 && t.recency == 0 && t.variety == 0 && !t.kept &&
		len(t.more)+len(t.never)+len(t.limits)+len(t.blocks) == 0
}

// parseSettings reads what is in an address. What it does not know is left out.
func parseSettings(q url.Values) (t settings) {
	stop := func(name string) int {
		n, _ := strconv.Atoi(q.Get(name)) // 0 for anything else
		return max(-lastStop, min(n, lastStop))
	}
	t.popularity, t.familiarity, t.recency = stop("popularity"), stop("familiarity"), stop("recency")
	t.variety = max(0, min(atoi(q.Get("variety")), len(varieties)))
	genres := func(name string) []string {
		all := slices.DeleteFunc(slices.Clone(q[name]), func(g string) bool { return g == "" })
		slices.Sort(all)
		all = slices.Compact(all)
		return all[:min(len(all), mostGenres)]
	}
	t.more, t.never = genres("more"), genres("never")
	t.more = slices.DeleteFunc(t.more, func(g string) bool { return slices.Contains(t.never, g) })
	t.kept = q.Get("kept") == "too"
	t.blocks = parseBlocks(q["block"])
	for _, l := range limits {
		if slices.Contains(q["only"], l.ID) {
			t.limits = append(t.limits, l.ID)
		}
	}
	return t
}

// query returns t as it stands in an address; parseSettings reads it.
func (t *settings) query() url.Values {
	q := url.Values{}
	for _, of := range []struct {
		name string
		stop int
	}{{"popularity", t.popularity}, {"familiarity", t.familiarity}, {"recency", t.recency}, {"variety", t.variety}} {
		if of.stop != 0 {
			q.Set(of.name, strconv.Itoa(of.stop))
		}
	}
	for name, all := range map[string][]string{"more": t.more, "never": t.never, "only": t.limits} {
		if len(all) > 0 {
			q[name] = all
		}
	}
	if t.kept {
		q.Set("kept", "too")
	}
	for _, b := range t.blocks {
		q.Add("block", b.address())
	}
	return q
}

// apply puts t into a request for a list of recommendations.
func (t *settings) apply(q *protocol.Request) {
	q.Variety, q.Kept = freeVariety, t.kept
	if t.variety > 0 {
		q.Variety = varieties[t.variety-1]
	}
	part := func(stop int) float32 { return float32(stop) / lastStop }
	q.Leaning = protocol.Leaning{Popularity: part(t.popularity), Familiarity: part(t.familiarity), Recency: part(t.recency), Genres: t.more}
	q.Blocked, q.Filter = t.blocked(), t.filter()
}

// filter returns what holds a list to t's limits and keeps from it the genres that are never wanted; "" for nothing.
func (t *settings) filter() string {
	var filters []string
	if len(t.never) > 0 {
		quoted := make([]string, len(t.never))
		for i, g := range t.never {
			quoted[i] = `"` + strings.ReplaceAll(g, `"`, `""`) + `"`
		}
		filters = append(filters, "not genre in ("+strings.Join(quoted, ", ")+")")
	}
	for _, l := range limits {
		if slices.Contains(t.limits, l.ID) {
			filters = append(filters, "("+l.Filter+")")
		}
	}
	return strings.Join(filters, " and ")
}

// line says in words what t asks for, part by part.
func (t *settings) line(w *words) (parts []string) {
	for _, of := range []struct {
		stop  int
		words string
	}{{t.popularity, w.SaidPopularity}, {t.familiarity, w.SaidFamiliarity}, {t.recency, w.SaidRecency}} {
		if text := stopWord(of.words, of.stop); text != "" {
			parts = append(parts, text)
		}
	}
	if t.variety > 0 {
		parts = append(parts, strings.Split(w.SaidVariety, "|")[t.variety-1])
	}
	for _, g := range t.more {
		parts = append(parts, fill(w.SaidMore, "genre", w.genre(g)))
	}
	for _, g := range t.never {
		parts = append(parts, fill(w.SaidNever, "genre", w.genre(g)))
	}
	for _, b := range t.blocks {
		parts = append(parts, fill(w.SaidBlocked, "name", b.name))
	}
	for _, l := range limits {
		if slices.Contains(t.limits, l.ID) {
			parts = append(parts, w.limit(&l))
		}
	}
	if t.kept {
		parts = append(parts, w.KeptToo)
	}
	return parts
}

// lang returns the language of w.
func (w *words) lang() string {
	if w.SwitchLang == "en" {
		return "zh"
	}
	return "en"
}

// limit returns what a limit is called; in another language where it has no name in this one.
func (w *words) limit(l *vocabulary.Limit) string {
	if name := l.Names[w.lang()]; name != "" {
		return name
	}
	for _, lang := range vocabulary.Languages {
		if name := l.Names[lang]; name != "" {
			return name
		}
	}
	return l.ID
}
