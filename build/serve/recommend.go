package serve

import (
	"cmp"
	"fmt"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// event is what a user did with an item.
type event struct {
	Item  catalog.ID `json:"item"`
	Stars *float32   `json:"stars"` // 0.5 to 5; nil where the item was chosen and not judged
	At    int64      `json:"at"`    // Unix seconds; 0 where it is not known
}

// recommendation asks for a list for a user, of whom at most one of Visitor, History, Ratings and
// Likes is known.
type recommendation struct {
	Visitor string       `json:"visitor"` // 32 hexadecimal digits: what they did last is in Redis
	History []event      `json:"history"` // oldest first
	Ratings []event      `json:"ratings"` // in no order, with stars
	Likes   []catalog.ID `json:"likes"`   // in no order; each counts for five stars, as in the app

	Dislikes []catalog.ID `json:"dislikes"` // are left out, and what resembles them sinks
	Exclude  []catalog.ID `json:"exclude"`  // are left out
	Repeat   []catalog.ID `json:"repeat"`   // of what the user did, as of what they bought: may come again

	K         *int     `json:"k"`
	Filter    string   `json:"filter"`
	Variety   *float32 `json:"variety"` // 0 to 1; nil for the app's
	Max       string   `json:"max"`     // these three as of what is similar
	Min       string   `json:"min"`
	Diversity string   `json:"diversity"`

	Because bool `json:"because"` // name the item of the history that carries each
}

const (
	mostEvents   = 20_000 // as many as the app keeps
	mostDislikes = 1000   // each is compared with all candidates
	likeStars    = 5
	usualVariety = 0.2 // the app's
)

// answer fills l with the list of a user.
func (q *recommendation) answer(e *engine.Engine, l *list) *refusal {
	query := engine.Query{Filter: engine.Filter{Genre: engine.AllGenres}, Variety: usualVariety, Because: q.Because}
	var wrong *refusal
	if query.K, wrong = length(q.K); wrong != nil {
		return wrong
	}
	if v := q.Variety; v != nil {
		if !(*v >= 0 && *v <= 1) {
			return bad("variety", fmt.Sprintf("%v is not from 0 to 1", *v), "0 is the order of the ranker; leave it out for the app's, 0.2")
		}
		query.Variety = *v
	}
	if query.Filter.Among, wrong = l.among(e, q.Filter, catalog.None); wrong != nil {
		return wrong
	}
	held, wrong := quotas(e, q.Max, q.Min, q.Diversity)
	if wrong != nil {
		return wrong
	}
	if n := len(q.Repeat); n > mostEvents {
		return bad("repeat", fmt.Sprintf("there are %d, and the limit is %d", n, mostEvents), "send the newest ones")
	}
	if n := len(q.Dislikes); n > mostDislikes {
		return bad("dislikes", fmt.Sprintf("there are %d, and the limit is %d", n, mostDislikes), "send the newest ones, and the others as exclude")
	}
	c := e.Catalog()
	if query.History, wrong = q.past(c, l); wrong != nil {
		return wrong
	}
	query.Again = known(c, l, "repeat", q.Repeat)
	query.Disliked = known(c, l, "dislikes", q.Dislikes)
	query.Exclude = append(known(c, l, "exclude", q.Exclude), query.Disliked...)
	if held != nil {
		query.Filter.Among = e.Within(held, query.K, func(n int) (rows []catalog.Row) {
			longer := query
			longer.K, longer.Because = n, false
			for _, f := range e.Recommend(longer) {
				rows = append(rows, f.Row)
			}
			return rows
		})
	}
	found := e.Recommend(query)
	l.Items = make([]item, len(found))
	for i, f := range found {
		l.Items[i] = itemOf(e, f.Row, f.Score)
		if r := f.Because; r != catalog.None {
			l.Items[i].Because = &because{c.IDs[r], c.Titles[r]}
		}
	}
	return nil
}

// past returns what the user did, oldest first, an item once: the last word on it counts.
func (q *recommendation) past(c *catalog.Catalog, l *list) (feature.History, *refusal) {
	kinds := 0
	for _, n := range []int{len(q.History), len(q.Ratings), len(q.Likes)} {
		if n > 0 {
			kinds++
		}
		if n > mostEvents {
			return nil, bad("body", fmt.Sprintf("it has %d events, and the limit is %d", n, mostEvents), "send the newest ones")
		}
	}
	if kinds > 1 {
		return nil, bad("body", "it has more than one of history, ratings and likes", "send one: history has an order, ratings and likes have none")
	}
	where, events := "history", q.History
	switch {
	case len(q.Ratings) > 0:
		where, events = "ratings", q.Ratings
	case len(q.Likes) > 0:
		where, events = "likes", make([]event, len(q.Likes))
		stars := float32(likeStars)
		for i, id := range q.Likes {
			events[i] = event{Item: id, Stars: &stars}
		}
	}
	if wrong := check(where, events); wrong != nil {
		return nil, wrong
	}
	at := make(map[catalog.Row]int, len(events)) // the last word on each
	for i := range events {
		if r, ok := c.Row(events[i].Item); ok {
			at[r] = i
		}
	}
	h := make(feature.History, 0, len(at))
	for i := range events {
		ev, place := &events[i], fmt.Sprintf("%s[%d]", where, i)
		r, ok := c.Row(ev.Item)
		switch {
		case !ok:
			l.ignore(place, ev.Item, "no item has this id")
		case at[r] != i:
			l.ignore(place, ev.Item, "it stands there again later, and the last word counts")
		default:
			e := feature.Event{Row: r, At: ev.At}
			if ev.Stars != nil {
				e.Stars = *ev.Stars
			}
			h = append(h, e)
		}
	}
	slices.SortStableFunc(h, func(a, b feature.Event) int { return cmp.Compare(a.At, b.At) })
	return h, nil
}

// check refuses events that cannot be read.
func check(where string, events []event) *refusal {
	for i := range events {
		ev, place := &events[i], fmt.Sprintf("%s[%d]", where, i)
		switch {
		case ev.Item == "":
			return bad(place+".item", "it is empty", "send the id of an item")
		case ev.Stars == nil && where == "ratings":
			return bad(place+".stars", "they are missing", "send 0.5 to 5 stars, or what was chosen without stars as history")
		case ev.Stars != nil && !(*ev.Stars >= 0.5 && *ev.Stars <= 5):
			return bad(place+".stars", fmt.Sprintf("%v is not from 0.5 to 5", *ev.Stars), "spread your scale evenly over 0.5 to 5 stars")
		case ev.At < 0:
			return bad(place+".at", fmt.Sprintf("%d is before 1970", ev.At), "send Unix seconds, or leave it out in all events")
		case ev.At > 0 && where == "ratings":
			return bad(place+".at", "ratings have no order", "send them as history, oldest first")
		case (ev.At == 0) != (events[0].At == 0):
			return bad(place+".at", "some events have a time and others have none", "give all of them their time, or none: then they are in order, oldest first")
		}
	}
	return nil
}

// known returns the rows of ids, each once, and notes in l which no item has.
func known(c *catalog.Catalog, l *list, where string, ids []catalog.ID) []catalog.Row {
	var rows []catalog.Row
	seen := make(map[catalog.Row]bool, len(ids))
	for i, id := range ids {
		r, ok := c.Row(id)
		switch {
		case !ok:
			l.ignore(fmt.Sprintf("%s[%d]", where, i), id, "no item has this id")
		case !seen[r]:
			seen[r] = true
			rows = append(rows, r)
		}
	}
	return rows
}
