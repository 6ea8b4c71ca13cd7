package replay

import (
	"slices"

	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
	"sparrow/wasm/protocol"
)

// Shown is an item of a logged list.
type Shown struct {
	Item       catalog.ID
	Propensity float64 // given those before it
	Reward     float64 // 1 when what counts as a reward followed
}

// List is a list that exploration made, up to the last place that was seen
// together with all before it.
type List struct {
	Visitor int              // 0, 1, …
	At      int64            // Unix seconds
	Profile []protocol.Entry // opinions of the visitor by then
	Shown   []Shown          // the first stood at position 1
}

// Log is what a feedback log has for replay.
type Log struct {
	Lists []List
	Cards int // impressions with a propensity, in Lists or not
	Gaps  int // of them those that stand behind one that was not seen, or on a list that changed under way
}

// Rewards are the events that can count as a reward: an opinion must be for the item.
var rewards = map[string]func(*feedback.Event) bool{
	"click": func(e *feedback.Event) bool { return e.Kind == event.Click },
	"like": func(e *feedback.Event) bool {
		return e.Kind == event.Like || e.Kind == event.Rate && e.Stars >= 3.5
	},
}

// actions are the events that change a profile.
var actions = map[event.Kind]protocol.Action{
	event.Rate: protocol.Rate, event.Like: protocol.Like, event.Dislike: protocol.Dislike,
	event.NotInterested: protocol.NotInterested, event.Watchlist: protocol.Watchlist, event.Clear: protocol.Clear,
}

// Read finds the lists in a log. The probability of a card is that given all
// cards before it, so that a list counts from position 1 up to the first place
// whose card was not seen. What a visitor says changes their list: the list they
// saw before then ends, and the next one begins when its first place is seen.
// reward is "click" or "like": it counts when it follows the impression in the
// same session, a click on the same list.
func Read(log *feedback.Log, reward string) *Log {
	out := &Log{}
	visitor := -1
	for rest := log.Events; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Visitor == rest[0].Visitor {
			n++
		}
		before := len(out.Lists)
		r := reader{out: out, visitor: visitor + 1, rewarded: rewards[reward], open: map[string]*List{}}
		r.read(rest[:n])
		if len(out.Lists) > before {
			visitor++
		}
		rest = rest[n:]
	}
	return out
}

// reader follows one visitor.
type reader struct {
	out      *Log
	visitor  int
	rewarded func(*feedback.Event) bool

	session event.ID
	profile []protocol.Entry
	acts    []event.ID       // of the entries of the profile
	open    map[string]*List // lists of the session by name
	done    []*List          // of the session, in their order
}

func (r *reader) read(events []feedback.Event) {
	for i := range events {
		e := &events[i]
		if e.Session != r.session {
			r.close()
			r.session = e.Session
		}
		if e.Kind == event.Impression && e.Place != nil && e.Place.Propensity > 0 {
			r.show(e)
		}
		if r.rewarded(e) {
			r.pay(e)
		}
		r.act(e)
	}
	r.close()
}

// show puts a card on its list.
func (r *reader) show(e *feedback.Event) {
	p := e.Place
	r.out.Cards++
	l := r.open[p.List]
	if p.Position == 1 && (l == nil || l.Shown[0].Item != e.Item) {
		l = &List{Visitor: r.visitor, At: e.At / 1000, Profile: slices.Clip(r.profile)}
		r.open[p.List] = l
		r.done = append(r.done, l)
	}
	if l != nil && 0 < p.Position && int(p.Position) <= len(l.Shown) && l.Shown[p.Position-1].Item != e.Item {
		delete(r.open, p.List) // this is another list of the same name
		l = nil
	}
	if l == nil || int(p.Position) != len(l.Shown)+1 || slices.ContainsFunc(l.Shown, func(s Shown) bool { return s.Item == e.Item }) {
		r.out.Gaps++
		return
	}
	l.Shown = append(l.Shown, Shown{Item: e.Item, Propensity: float64(p.Propensity)})
}

// pay rewards the newest showing of an item in the session: for a click on the
// list that it was on, for an opinion on any.
func (r *reader) pay(e *feedback.Event) {
	for _, l := range slices.Backward(r.done) {
		if e.Kind == event.Click && (e.Place == nil || r.open[e.Place.List] != l) {
			continue
		}
		for i := range l.Shown {
			if l.Shown[i].Item == e.Item {
				l.Shown[i].Reward = 1
				return
			}
		}
	}
}

// act changes the profile, which ends every list of recommendations.
func (r *reader) act(e *feedback.Event) {
	if a, changes := actions[e.Kind]; changes {
		r.profile = append(r.profile, protocol.Entry{ID: e.Item, Action: a, Stars: e.Stars, At: max(0, e.At/1000)})
		r.acts = append(r.acts, e.ID)
	} else if i := slices.Index(r.acts, e.Cause); e.Kind == event.Undo && i >= 0 {
		r.profile, r.acts = slices.Delete(slices.Clone(r.profile), i, i+1), slices.Delete(r.acts, i, i+1)
	} else {
		return
	}
	if e.Kind != event.Watchlist {
		clear(r.open)
	}
}

// close ends the session's lists.
func (r *reader) close() {
	for _, l := range r.done {
		r.out.Lists = append(r.out.Lists, *l)
	}
	r.done = r.done[:0]
	clear(r.open)
}
