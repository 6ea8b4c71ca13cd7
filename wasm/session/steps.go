package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// state is what a profile says: its settled log, and the notes on items by time, one an item.
type state struct{ log, notes []protocol.Entry }

func (s *Session) state() state { return state{s.log, s.notes} }

func (a state) equal(b state) bool { return equal(a.log, b.log) && equal(a.notes, b.notes) }

// step is one change of the profile, from which the profile before can be made again to the byte.
type step struct {
	id         int64 // from 1; those of later steps are larger
	at         int64 // Unix seconds
	gone, came []placed
}

// placed is an entry and its place in the log, or of a note among the notes: before the step of
// what is gone, after it of what came.
type placed struct {
	place int32
	entry protocol.Entry
}

const (
	mostSteps   = 200
	mostBytes   = 1 << 20        // of all steps, about
	oldestSteps = 30 * 24 * 3600 // seconds for which a step can be taken back
)

// commit makes to the profile and, where steps can be taken back, notes the one that leads there.
func (s *Session) commit(to state, now int64) {
	from := s.state()
	s.become(to)
	if s.record != nil && !from.equal(to) {
		s.record(s, from, to, now)
	}
}

func (s *Session) addStep(from, to state, now int64) {
	next := step{id: 1, at: now}
	if n := len(s.steps); n > 0 {
		next.id = s.steps[n-1].id + 1
	}
	next.gone, next.came = changes(from, to)
	s.steps = lately(append(s.steps[:len(s.steps):len(s.steps)], next), now)
}

// lately returns the newest of steps that are to be kept.
func lately(steps []step, now int64) []step {
	bytes, from := 0, len(steps)
	for from > 0 && len(steps)-from < mostSteps {
		before := &steps[from-1]
		for _, list := range [][]placed{before.gone, before.came} {
			for i := range list {
				bytes += 16 + len(list[i].entry.ID) + len(list[i].entry.Text)
			}
		}
		if bytes > mostBytes || now-before.at > oldestSteps {
			break
		}
		from--
	}
	return steps[from:]
}

// changes returns what leaves and what comes between two states, so that undone and redone lead
// from one to the other. Entries that stay keep their order, as every change of a profile leaves it;
// where they do not, everything leaves and comes.
func changes(from, to state) (gone, came []placed) {
	for _, lists := range [][2][]protocol.Entry{{from.log, to.log}, {from.notes, to.notes}} {
		g, c := apart(lists[0], lists[1]), apart(lists[1], lists[0])
		if !equal(splice(lists[1], c, g), lists[0]) {
			g, c = all(lists[0]), all(lists[1])
		}
		gone, came = append(gone, g...), append(came, c...)
	}
	return gone, came
}

// apart returns the entries of list that other lacks; of several equal ones, the last.
func apart(list, other []protocol.Entry) []placed {
	same := 0
	for same < min(len(list), len(other)) && list[same] == other[same] {
		same++
	}
	count := make(map[protocol.Entry]int)
	for _, e := range other[same:] {
		count[e]++
	}
	var found []placed
	for i := same; i < len(list); i++ {
		if e := list[i]; count[e] > 0 {
			count[e]--
		} else {
			found = append(found, placed{int32(i), e})
		}
	}
	return found
}

func all(list []protocol.Entry) []placed { return apart(list, nil) }

// splice returns list without what stands at the places of out, and with in at its places of the
// result. Both are by place. It returns nil where there are no such places.
func splice(list []protocol.Entry, out, in []placed) []protocol.Entry {
	length := len(list) - len(out) + len(in)
	if length < 0 {
		return nil
	}
	made := make([]protocol.Entry, 0, length)
	at := 0
	for len(made) < length {
		switch {
		case len(in) > 0 && int(in[0].place) == len(made):
			made, in = append(made, in[0].entry), in[1:]
		case len(out) > 0 && int(out[0].place) == at:
			at, out = at+1, out[1:]
		case at < len(list):
			made, at = append(made, list[at]), at+1
		default:
			return nil
		}
	}
	return made
}

// parted returns the entries of the log and those that are notes.
func parted(list []placed) (log, notes []placed) {
	for _, p := range list {
		if p.entry.Action == protocol.Note {
			notes = append(notes, p)
		} else {
			log = append(log, p)
		}
	}
	return log, notes
}

// before returns the state before c, which led to s.
func (c *step) before(s state) state {
	gone, goneNotes := parted(c.gone)
	came, cameNotes := parted(c.came)
	return state{splice(s.log, came, gone), splice(s.notes, cameNotes, goneNotes)}
}

// takeBack takes back the step of q.Step, with all that followed it where q.Back says so: then the
// profile is to the byte what it was. Without, what the step brought goes, and what it took comes
// again, beside what was said since. That is a step, too.
func (s *Session) takeBack(a *protocol.Answer, q *protocol.Request) {
	at := len(s.steps) - 1
	for at >= 0 && s.steps[at].id != q.Step {
		at--
	}
	if at < 0 {
		badRequest(a, "There is no such step any more; the last 200 are kept, for thirty days.")
		return
	}
	to, one := s.state(), &s.steps[at]
	switch {
	case q.Back || at == len(s.steps)-1:
		for i := len(s.steps) - 1; i >= at; i-- {
			to = s.steps[i].before(to)
		}
	default:
		gone, goneNotes := parted(one.gone)
		came, cameNotes := parted(one.came)
		to.log = merge(without(to.log, entriesOf(came)), settle(entriesOf(gone)))
		to.notes = noted(without(to.notes, entriesOf(cameNotes)), entriesOf(goneNotes))
	}
	if len(to.log) > maxEntries || tooLong(to.notes) {
		badRequest(a, fullText)
		return
	}
	if !equal(to.log, settle(byTime(to.log))) {
		badRequest(a, "This step cannot be taken back: what is kept of it does not fit the profile.")
		return
	}
	s.last = nil
	s.commit(to, q.Now)
	if items := one.items(); len(items) == 1 {
		if r, ok := s.catalog.Row(items[0]); ok {
			a.Item = s.cardOf(r)
		}
	}
}

func entriesOf(list []placed) []protocol.Entry {
	entries := make([]protocol.Entry, len(list))
	for i := range list {
		entries[i] = list[i].entry
	}
	return entries
}

// items returns the items that c changed, in the order in which it names them.
func (c *step) items() []catalog.ID {
	known := make(map[catalog.ID]bool)
	var items []catalog.ID
	for _, list := range [][]placed{c.came, c.gone} {
		for i := range list {
			if id := list[i].entry.ID; !known[id] {
				known[id] = true
				items = append(items, id)
			}
		}
	}
	return items
}

// listSteps lists the steps that can be taken back, the latest first.
func (s *Session) listSteps(a *protocol.Answer, q *protocol.Request) {
	a.Total = len(s.steps)
	for i := len(s.steps) - 1 - max(0, q.Offset); i >= 0 && len(a.Steps) < q.K; i-- {
		c := &s.steps[i]
		items := c.items()
		told := protocol.Step{ID: c.id, At: c.at, Items: len(items)}
		card := protocol.Card{ID: items[0]}
		if r, ok := s.catalog.Row(items[0]); ok {
			s.card(&card, r)
		}
		told.Gone = pick(entriesOf(c.gone), items[0], false)
		told.Came = pick(entriesOf(c.came), items[0], false)
		a.Steps, a.Cards = append(a.Steps, told), append(a.Cards, card)
	}
}

// loseSteps forgets all steps.
func (s *Session) loseSteps(*protocol.Answer, *protocol.Request) { s.steps, s.last = nil, nil }
