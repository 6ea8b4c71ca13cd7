package serve

import (
	"fmt"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/filter"
)

// item is one item of a list, as edge/LISTS.md has it, with its score.
type item struct {
	ID      catalog.ID `json:"id"`
	Title   string     `json:"title"`
	Year    int16      `json:"year,omitempty"`
	Genres  []string   `json:"genres,omitempty"` // the rarest in the catalog first
	Image   string     `json:"image,omitempty"`
	URL     string     `json:"url,omitempty"`
	Score   float32    `json:"score,omitempty"`
	Popular bool       `json:"popular,omitempty"` // not known to be like the one asked about: it is there for being popular
	Why     []why      `json:"why,omitempty"`     // what it has in common with that one
	Because *because   `json:"because,omitempty"` // the item of the history that carries it
}

// why is one thing that two items have in common.
type why struct {
	Kind  string   `json:"kind"`
	Names []string `json:"names,omitempty"`
}

// because names an item of the history.
type because struct {
	ID    catalog.ID `json:"id"`
	Title string     `json:"title"`
}

// list is an answer.
type list struct {
	Bundle  string   `json:"bundle"` // its SHA-256
	Items   []item   `json:"items"`  // best first
	Ignored *ignored `json:"ignored,omitempty"`
	Without []string `json:"without,omitempty"` // words of a search that some of the items lack, where none has all
	Absent  []string `json:"absent,omitempty"`  // what the filter compares with although no item has it, as lang=fr
}

// ignored is what of a request was not used.
type ignored struct {
	Count int       `json:"count"`
	First []unknown `json:"first"` // at most mostIgnored
}

// unknown is a thing that was not used, and where it stands.
type unknown struct {
	Where string     `json:"where"`
	Item  catalog.ID `json:"item"`
	Why   string     `json:"why"`
}

const mostIgnored = 20

// ignore notes that an item at a place was not used.
func (l *list) ignore(where string, item catalog.ID, why string) {
	if l.Ignored == nil {
		l.Ignored = new(ignored)
	}
	if l.Ignored.Count++; len(l.Ignored.First) < mostIgnored {
		l.Ignored.First = append(l.Ignored.First, unknown{where, item, why})
	}
}

// itemOf returns item r for a list.
func itemOf(e *engine.Engine, r catalog.Row, score float32) item {
	c := e.Catalog()
	it := item{ID: c.IDs[r], Title: c.Titles[r], Year: c.Years[r], Image: c.Image(r), URL: c.URL(r), Score: score}
	for _, g := range e.Specific(r) {
		it.Genres = append(it.Genres, c.GenreNames[g])
	}
	return it
}

// Lengths of lists.
const (
	usualLength = 10
	mostLength  = engine.Candidates
)

// length returns how long a list is to be: k, or the usual length where there is none.
func length(k *int) (int, *refusal) {
	switch {
	case k == nil:
		return usualLength, nil
	case *k < 1 || *k > mostLength:
		return 0, bad("k", fmt.Sprintf("%d is not from 1 to %d", *k, mostLength), "ask for a list of such a length, or leave k out for 10")
	}
	return *k, nil
}

// among returns the items that a condition holds of, where same stands for what about has,
// and notes in l which of its values no item has.
func (l *list) among(e *engine.Engine, condition string, about catalog.Row) (filter.Set, *refusal) {
	set, err := e.Where(condition, about)
	if err != nil {
		return nil, ofText("filter", condition, err)
	}
	if set != nil {
		l.Absent = e.Absent()
	}
	return set, nil
}

// similarTo asks for the items most like one.
type similarTo struct {
	Item    catalog.ID   `json:"item"`
	K       *int         `json:"k"`
	Filter  string       `json:"filter"`
	Exclude []catalog.ID `json:"exclude"` // are left out

	Max       string `json:"max"`       // "author:2": at most so many items share a value
	Min       string `json:"min"`       // "lang:2": at least so many different values
	Diversity string `json:"diversity"` // "author": as few items share a value as can be
}

// answer fills l with the items most like the one asked about.
func (q *similarTo) answer(e *engine.Engine, l *list) *refusal {
	k, wrong := length(q.K)
	if wrong != nil {
		return wrong
	}
	c := e.Catalog()
	row, ok := c.Row(q.Item)
	if !ok {
		return &refusal{status: 404, Where: "item", Why: fmt.Sprintf("no item has the id %q", q.Item), Do: "take an id of items.csv" + nearTo(c, q.Item)}
	}
	among, wrong := l.among(e, q.Filter, row)
	if wrong != nil {
		return wrong
	}
	held, wrong := quotas(e, q.Max, q.Min, q.Diversity)
	if wrong != nil {
		return wrong
	}
	among = without(e, among, known(c, l, "exclude", q.Exclude))
	if held != nil {
		among = e.Within(held, k, func(n int) (rows []catalog.Row) {
			for _, s := range e.SimilarAmong(row, n, among) {
				rows = append(rows, s.Row)
			}
			return rows
		})
	}
	found := e.SimilarAmong(row, k, among)
	l.Items = make([]item, len(found))
	for i := range found {
		it := itemOf(e, found[i].Row, found[i].Score)
		if it.Popular = found[i].Score <= 0; !it.Popular {
			if kind, names := e.Likeness(&found[i], row); kind != "" {
				it.Why = []why{{kind, names}}
			}
		}
		l.Items[i] = it
	}
	return nil
}

// nearTo names an id that differs from one by case alone, or by the .0 that programs write
// behind a number.
func nearTo(c *catalog.Catalog, id catalog.ID) string {
	plain := strings.TrimSuffix(string(id), ".0")
	for _, other := range c.IDs {
		if strings.EqualFold(strings.TrimSuffix(string(other), ".0"), plain) {
			return fmt.Sprintf("; there is %q", other)
		}
	}
	return ""
}

// search asks for the items whose titles fit.
type search struct {
	Query string `json:"q"`
	K     *int   `json:"k"`
}

const mostQuery = 1000 // bytes

// answer fills l with the items that fit.
func (q *search) answer(e *engine.Engine, l *list) *refusal {
	k, wrong := length(q.K)
	switch {
	case wrong != nil:
		return wrong
	case strings.TrimSpace(q.Query) == "":
		return bad("q", "it is empty", "send words of a title")
	case len(q.Query) > mostQuery:
		return bad("q", fmt.Sprintf("it has more than %d bytes", mostQuery), "send fewer words of a title")
	}
	l.Items = []item{}
	for _, hit := range e.Search(q.Query, k) {
		l.Items = append(l.Items, itemOf(e, hit.Row, 0))
	}
	l.Without = e.Lacking()
	return nil
}
