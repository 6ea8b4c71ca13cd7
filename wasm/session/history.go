package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vec"
)

// spare leaves what the visitor keeps for later out of lists, unless q wants it there: they know of it.
func (s *Session) spare(e *engine.Query, q *protocol.Request) {
	if !q.Kept {
		e.Exclude = append(e.Exclude[:len(e.Exclude):len(e.Exclude)], s.profile.watch...)
	}
}

// line is what a profile says of one item: entries of a grouped log.
type line struct {
	entries []protocol.Entry
	row     catalog.Row // None where this catalog does not know the item
	own     opinion
}

var (
	historyStates = []string{"", protocol.StateRated, protocol.StateLiked, protocol.StateSeen, protocol.StateNot, protocol.StateWanted, protocol.StateNoted}
	historySorts  = []string{"", "oldest", "title", "year", "stars", "fit"}
)

// listHistory lists what the visitor said, a line an item: of those whose state is q.State and in
// whose title, other title or note every word of q.Query is found, in the order q.Sort. Ties, and
// items that have no year or no stars, follow the latest first; items that this catalog does not
// know come after the others but by date.
func (s *Session) listHistory(a *protocol.Answer, q *protocol.Request) {
	if !slices.Contains(historyStates, q.State) {
		unknown(a, "state", q.State, historyStates[1:])
		return
	}
	if !slices.Contains(historySorts, q.Sort) {
		unknown(a, "order", q.Sort, historySorts[1:])
		return
	}
	words := catalog.Words(q.Query)
	var lines []line
	for _, l := range s.lines() {
		if l.is(q.State) && s.has(&l, words) {
			lines = append(lines, l)
		}
	}
	slices.Reverse(lines)
	s.sortLines(lines, q)
	a.Total = len(lines)
	for i := max(0, q.Offset); i < len(lines) && len(a.Cards) < q.K; i++ {
		l := &lines[i]
		card := protocol.Card{ID: l.entries[0].ID}
		if l.row != catalog.None {
			s.card(&card, l.row)
		}
		a.Cards, a.Entries = append(a.Cards, card), append(a.Entries, l.entries...)
	}
}

// lines returns what the profile says item by item, the oldest first.
func (s *Session) lines() []line {
	all := grouped(append(s.log[:len(s.log):len(s.log)], s.notes...))
	var lines []line
	for i := range all {
		if i == 0 || all[i].ID != all[i-1].ID {
			l := line{entries: all[i:i], row: catalog.None}
			if r, ok := s.catalog.Row(all[i].ID); ok {
				l.row = r
			}
			lines = append(lines, l)
		}
		l := &lines[len(lines)-1]
		l.entries = l.entries[:len(l.entries)+1]
		switch e := &all[i]; e.Action {
		case protocol.Watchlist:
			l.own.watch = true
		case protocol.Note:
		default:
			l.own.action, l.own.stars = e.Action, e.Stars
		}
	}
	return lines
}

// is reports whether the line belongs to a state.
func (l *line) is(state string) bool {
	o := &l.own
	switch state {
	case protocol.StateRated:
		return o.action == protocol.Rate
	case protocol.StateLiked:
		return o.action == protocol.Like || o.action == protocol.Rate && o.stars >= likedStars
	case protocol.StateSeen:
		return o.action == protocol.Seen || o.action == protocol.Buy
	case protocol.StateNot:
		return o.action == protocol.Dislike || o.action == protocol.NotInterested
	case protocol.StateWanted:
		return o.watch
	case protocol.StateNoted:
		return l.entries[len(l.entries)-1].Action == protocol.Note
	}
	return true
}

// has reports whether each of words begins a word of the item's titles or of its note.
func (s *Session) has(l *line, words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := string(l.entries[0].ID)
	if l.row != catalog.None {
		text = s.catalog.Titles[l.row] + " " + s.title(l.row)
	}
	if last := &l.entries[len(l.entries)-1]; last.Action == protocol.Note {
		text += " " + last.Text
	}
	in := catalog.Words(text)
	for _, w := range words {
		found := false
		for _, one := range in {
			found = found || len(one) >= len(w) && one[:len(w)] == w
		}
		if !found {
			return false
		}
	}
	return true
}

// sortLines sorts lines, which come the latest first.
func (s *Session) sortLines(lines []line, q *protocol.Request) {
	keys := make([]float32, len(lines)) // larger ones first
	titles := make([]string, len(lines))
	var fit map[catalog.Row]int
	if q.Sort == "fit" {
		fit = s.fit(lines, q)
	}
	for i := range lines {
		l := &lines[i]
		if l.row == catalog.None && q.Sort != "" {
			keys[i] = -1 << 20
		}
		switch q.Sort {
		case "oldest":
			keys[i] = float32(i)
		case "stars":
			keys[i] += l.own.stars
		case "year":
			if l.row != catalog.None {
				keys[i] = float32(s.catalog.Years[l.row])
			}
		case "title":
			if l.row != catalog.None {
				titles[i] = sortTitle(s.title(l.row))
			}
		case "fit":
			if place, ok := fit[l.row]; ok {
				keys[i] = float32(-place)
			} else {
				keys[i] -= 1 << 18
			}
		}
	}
	order := vec.Sorted(len(lines), func(a, b int32) bool {
		if keys[a] != keys[b] {
			return keys[a] > keys[b]
		}
		return titles[a] < titles[b]
	})
	sorted := make([]line, len(lines))
	for to, from := range order {
		sorted[to] = lines[from]
	}
	copy(lines, sorted)
}

// sortTitle returns what a title is sorted by: its words, without an English article before them.
func sortTitle(title string) string {
	words := catalog.Words(title)
	if len(words) > 1 && (words[0] == "the" || words[0] == "a" || words[0] == "an") {
		words = words[1:]
	}
	key := ""
	for _, w := range words {
		key += w + " "
	}
	return key
}

// fit returns the places of the lines' items on the visitor's list, were it made of them alone.
func (s *Session) fit(lines []line, q *protocol.Request) map[catalog.Row]int {
	set := make(filter.Set, (s.catalog.Len()+63)/64)
	for i := range lines {
		if r := lines[i].row; r != catalog.None {
			set[r>>6] |= 1 << (r & 63)
		}
	}
	var query engine.Query
	s.query(&query, &protocol.Request{Variety: 0, K: len(lines), Reasons: protocol.Later, Now: q.Now, Kept: true})
	query.Filter.Among = set
	places := make(map[catalog.Row]int)
	for i, one := range s.engine.Recommend(query) {
		places[one.Row] = i
	}
	return places
}
