package report

import (
	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// card is an item on a list.
type card struct {
	list string
	item catalog.ID
}

// shown is a card of one session.
type shown struct {
	position int
	clicked  bool
}

// led is the list whose card of an item was clicked last, and when.
type led struct {
	list string
	at   int64 // Unix milliseconds
}

// lot is what was bought of an item at once.
type lot struct {
	list    string // that led to it; "" for none
	pieces  int
	revenue float64
}

// once is a deed that counts once: a session, or none, an item and what was done.
type once struct {
	session event.ID
	item    catalog.ID
	kind    event.Kind
}

// visitor follows one visitor through their events.
type visitor struct {
	*counter
	session event.ID
	cards   map[card]*shown
	n       int // cards in all
	opened  map[string]bool
	mine    map[string][2]float64 // cards seen and clicked, by list
	came    map[*Day]bool
	led     map[catalog.ID]led
	lots    map[catalog.ID][]lot
	done    map[once]bool
	begun   int // starts
}

// visitor counts the events of one visitor, which come in their order. What was
// taken back counts as if it had never been.
func (c *counter) visitor(events []feedback.Event) {
	v := visitor{
		counter: c, mine: map[string][2]float64{}, came: map[*Day]bool{}, led: map[catalog.ID]led{},
		lots: map[catalog.ID][]lot{}, done: map[once]bool{},
	}
	undone := map[event.ID]bool{}
	for i := range events {
		if e := &events[i]; e.Kind == event.Undo {
			undone[e.Cause] = true
		}
	}
	for i := range events {
		if e := &events[i]; !undone[e.ID] && c.within(e) {
			v.add(e)
		}
	}
	var seen, clicked float64
	for name, n := range v.mine {
		t := c.list(name)
		t.Visitors++
		t.seen, t.clicked = append(t.seen, n[0]), append(t.clicked, n[1])
		seen, clicked = seen+n[0], clicked+n[1]
	}
	if len(v.mine) > 0 {
		c.watchers++
		c.total.seen, c.total.clicked = append(c.total.seen, seen), append(c.total.clicked, clicked)
	}
}

func (v *visitor) add(e *feedback.Event) {
	if e.Session != v.session || v.cards == nil {
		v.session, v.cards, v.opened = e.Session, map[card]*shown{}, map[string]bool{}
	}
	switch e.Kind {
	case event.Impression:
		v.look(e)
	case event.Click:
		// A card that is clicked within its first second has no impression: it was seen all the same.
		if s := v.look(e); s != nil && !s.clicked {
			s.clicked = true
			v.list(e.Place.List).click(s.position)
			v.day(e.At).Clicked++
			n := v.mine[e.Place.List]
			v.mine[e.Place.List] = [2]float64{n[0], n[1] + 1}
			v.item(e.Item).clicked++
		}
		v.led[e.Item] = led{e.Place.List, e.At}
	case event.Return:
		v.sendBack(e)
	case event.Start:
		v.begin(e)
	default:
		v.act(e)
	}
}

// look counts a card as seen, once a session, and returns it; nil for one too many.
func (v *visitor) look(e *feedback.Event) *shown {
	at := card{e.Place.List, e.Item}
	if s := v.cards[at]; s != nil {
		return s
	}
	if v.n == mostCards {
		v.excess++
		return nil
	}
	v.n++
	s := &shown{position: int(e.Place.Position)}
	v.cards[at] = s
	t := v.list(at.list)
	t.look(s.position)
	if len(v.opened) == 0 {
		v.sessions++
	}
	if !v.opened[at.list] {
		v.opened[at.list] = true
		t.Sessions++
	}
	n := v.mine[at.list]
	v.mine[at.list] = [2]float64{n[0] + 1, n[1]}
	d := v.day(e.At)
	d.Seen++
	if !v.came[d] {
		v.came[d] = true
		d.Visitors++
	}
	v.item(at.item).seen++
	if e.At >= v.recent {
		v.models[e.Bundle]++
	}
	return s
}

// act counts what was done with an item for the day, and for the list that led to it.
func (v *visitor) act(e *feedback.Event) {
	var d Deeds
	mark := once{e.Session, e.Item, e.Kind}
	switch {
	case e.Kind == event.Like || e.Kind == event.Rate && e.Stars >= liked:
		mark = once{item: e.Item, kind: event.Like}
		d.Liked = 1
	case (e.Kind == event.Play || e.Kind == event.Read) && !e.Brief():
		d.Used = 1
	case e.Kind == event.Cart:
		d.Carted = 1
	case e.Kind == event.Purchase:
		d.Bought = int(max(1, e.Count))
		if e.Currency == v.currency {
			d.Revenue = float64(e.Value) / 100
		}
	default:
		return
	}
	if e.Kind != event.Purchase && v.done[mark] {
		return
	}
	v.done[mark] = true
	list := v.credit(e)
	v.count(e, list, d)
	if e.Kind == event.Purchase {
		v.lots[e.Item] = append(v.lots[e.Item], lot{list, d.Bought, d.Revenue})
	}
}

// count adds deeds of one event to what it belongs to.
func (v *visitor) count(e *feedback.Event, list string, d Deeds) {
	v.any.add(d)
	v.day(e.At).Deeds.add(d)
	if list != "" {
		v.list(list).Deeds.add(d)
	}
}

// credit returns the list that led to what was done: that of the card on which it
// was done, or else that on which the item was clicked last, if that is not too long
// ago; "" for none.
func (v *visitor) credit(e *feedback.Event) string {
	if e.Place != nil {
		return e.Place.List
	}
	if l, ok := v.led[e.Item]; ok && e.At-l.at <= credited.Milliseconds() {
		return l.list
	}
	return ""
}

// sendBack takes what was sent back off what was bought, the newest first.
func (v *visitor) sendBack(e *feedback.Event) {
	left := int(e.Count)
	lots := v.lots[e.Item]
	for k := len(lots) - 1; k >= 0; k-- {
		l := &lots[k]
		n := l.pieces
		if e.Count > 0 {
			n = min(left, n)
		}
		if n == 0 {
			continue
		}
		worth := l.revenue * float64(n) / float64(l.pieces)
		v.count(e, l.list, Deeds{Bought: -n, Revenue: -worth})
		l.pieces, l.revenue, left = l.pieces-n, l.revenue-worth, left-n
	}
}
