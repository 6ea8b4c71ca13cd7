package simulation

import (
	"fmt"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

const (
	newcomer   = 3    // items that a person looks up and likes on their first visit
	returns    = 0.35 // probability to come back on a later day
	anotherAsk = 0.5  // probability to look at one more list
	boredom    = 0.5  // probability to leave after a list without a click
	mostLists  = 4    // a visit
	dayBegins  = 8    // o'clock
	dayHours   = 14
)

// Visit is what one visit came to.
type Visit struct {
	Person int
	Day    int
	Lists  int
	Clicks int
	Value  float64 // Σ over the lists of the expected number of followed and satisfying items, under the latent taste
}

// Positions counts what happened by position: index 0 is the first.
type Positions struct{ Impressions, Clicks []int }

// walk is one person's way through all their visits.
type walk struct {
	*person
	*device
	run    *run
	desk   *desk
	s      *session.Session
	visits []Visit
	at     *Positions
	events int
}

// calendar returns the days on which a person comes, of days.
func (p *person) calendar(days int) []int {
	r := p.w.dice.generator(ofCalendar, p.number)
	on := []int{r.IntN(days)}
	for day := on[0] + 1; day < days; day++ {
		if r.Float64() < returns {
			on = append(on, day)
		}
	}
	return on
}

// all lets the person come on every day of their calendar.
func (k *walk) all() error {
	for v, day := range k.calendar(k.run.Days) {
		k.person.begin(v, day)
		o := k.w.dice.uniform(ofCalendar, k.number, uint64(day)+1)
		start := k.run.End - int64(k.run.Days-day)*86400 + dayBegins*3600
		k.device.begin(1000 * (start + int64(o*dayHours*3600)))
		if err := k.enter(); err != nil {
			return err
		}
		if v == 0 {
			if err := k.recall(newcomer); err != nil {
				return err
			}
		}
		visit := Visit{Person: int(k.number), Day: day}
		if err := k.look(&visit); err != nil {
			return err
		}
		k.visits = append(k.visits, visit)
		k.events += len(k.device.events)
		if k.run.Emit != nil && len(k.device.events) > 0 {
			if err := k.run.Emit(k.device.events); err != nil {
				return err
			}
		}
	}
	return nil
}

// ask sends a request to the engine.
func (k *walk) ask(q protocol.Request) (protocol.Answer, error) {
	q.Now = k.clock / 1000
	a := k.s.Answer(q)
	if a.Error != nil {
		return a, fmt.Errorf("simulation: %s: %s", q.Verb, a.Error.Text)
	}
	return a, nil
}

// recall has the person look up items that they love and have seen elsewhere,
// and like them.
func (k *walk) recall(n int) error {
	for i, m := range k.person.loved(n) {
		id := k.w.catalog.IDs[m]
		if _, err := k.ask(protocol.Request{Verb: protocol.Item, ID: id}); err != nil {
			return err
		}
		k.wait(10)
		k.device.add(event.Event{Kind: event.View, Item: id})
		k.followed[m] = true
		var err error
		if stars := k.stars(m); i%2 == 0 {
			err = k.say(protocol.Like, 0, m, nil, event.ID{})
		} else {
			err = k.say(protocol.Rate, stars, m, nil, event.ID{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// look requests lists until the person has had enough.
func (k *walk) look(v *Visit) error {
	for round := 1; round <= mostLists; round++ {
		a, err := k.ask(protocol.Request{Verb: protocol.Recommend, K: k.run.Length, Variety: -1})
		if err != nil {
			return err
		}
		clicks, err := k.read(&a, round, v)
		if err != nil {
			return err
		}
		leaves := k.w.dice.uniform(ofLeaving, k.number, k.visit, uint64(round))
		if leaves < 1-anotherAsk || clicks == 0 && leaves < 1-anotherAsk*(1-boredom) {
			return nil
		}
	}
	return nil
}

// read goes through one list from its top.
func (k *walk) read(a *protocol.Answer, round int, v *Visit) (clicks int, err error) {
	rows := make([]catalog.Row, len(a.Cards))
	for i := range a.Cards {
		var ok bool
		if rows[i], ok = k.w.catalog.Row(a.Cards[i].ID); !ok {
			return 0, fmt.Errorf("simulation: the world has no item %q", a.Cards[i].ID)
		}
	}
	v.Lists++
	v.Value += k.value(rows)
	if len(rows) > 0 {
		k.expose(a.Layers)
	}
	for i, m := range rows {
		c := &a.Cards[i]
		at := place("for-you", i+1, c)
		seen := k.device.see(c.ID, at)
		k.at.Impressions[i]++
		if k.follows(m, i+1, round, k.run.lift(k.arms, c)) {
			clicks++
			k.at.Clicks[i]++
			if err := k.follow(m, c, round, at, seen); err != nil {
				return clicks, err
			}
		}
		k.person.see(m)
	}
	v.Clicks += clicks
	return clicks, nil
}

// follow opens an item's page and perhaps gives an opinion of it.
func (k *walk) follow(m catalog.Row, c *protocol.Card, round int, at *event.Place, seen event.ID) error {
	k.followed[m] = true
	click := k.open(c.ID, at, seen)
	said, stars := k.judge(m, round)
	switch said {
	case rated:
		return k.say(protocol.Rate, stars, m, at, click)
	case liked:
		return k.say(protocol.Like, 0, m, at, click)
	case disliked:
		return k.say(protocol.Dislike, 0, m, at, click)
	case unwanted:
		return k.say(protocol.NotInterested, 0, m, at, click)
	}
	return nil
}

// say changes the profile and records it.
func (k *walk) say(what protocol.Action, stars float32, m catalog.Row, at *event.Place, cause event.ID) error {
	e := protocol.Entry{ID: k.w.catalog.IDs[m], Action: what, Stars: stars, At: k.clock / 1000}
	k.device.say(e, at, cause)
	_, err := k.ask(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{e}})
	return err
}
