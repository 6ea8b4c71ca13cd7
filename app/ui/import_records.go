package ui

import (
	"slices"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// asItIs is the kind of what a record without titles and numbers speaks of: the id that it has, whether this
// catalog knows it or not.
const asItIs = "own"

// outcome of matching a file, in items.
type tally struct{ sure, doubtful, none int }

// entriesOf returns what records amount to in a profile that holds said, and how many items are of which kind. found is parallel
// to records. What has no item, or perhaps one, is kept under an id of its own, unless a guess was chosen or refused before.
func entriesOf(records []protocol.Record, found []protocol.Shelf, said []protocol.Entry) ([]protocol.Entry, tally) {
	stands := map[protocol.Entry]bool{}
	for _, e := range said {
		stands[e] = true
		e.At = 0 // a record may have no date
		stands[e] = true
	}
	settled := map[catalog.ID]catalog.ID{} // what all that is said of an item counts for
	for i := range records {
		if kind := found[i].Kind; kind == asItIs || kind == protocol.MatchSure {
			continue
		}
		e := records[i].Entry
		e.ID = unmatchedID(&records[i])
		if id := settledID(e, found[i].Cards, stands); id != "" {
			settled[e.ID] = id
		}
	}
	var all, notes []protocol.Entry
	kinds := map[catalog.ID]string{}
	for i := range records {
		e, shelf := records[i].Entry, &found[i]
		switch shelf.Kind {
		case asItIs:
		case protocol.MatchSure:
			e.ID = shelf.Cards[0].ID
		default:
			e.ID = unmatchedID(&records[i])
			if id, ok := settled[e.ID]; ok {
				e.ID = id
			}
		}
		kinds[e.ID] = shelf.Kind
		note := protocol.Entry{ID: e.ID, Action: protocol.Note, At: e.At, Text: e.Text}
		e.Text = ""
		all = append(all, e)
		if note.Text != "" {
			notes = append(notes, note)
		}
	}
	var count tally
	for _, kind := range kinds {
		switch kind {
		case protocol.MatchDoubtful:
			count.doubtful++
		case protocol.MatchNone:
			count.none++
		default:
			count.sure++
		}
	}
	return append(compact(all), oneNote(notes)...), count
}

// oneNote joins the notes on each item to one, the oldest first, cut with a mark where a profile keeps no
// more; what a note says already is not said again.
func oneNote(notes []protocol.Entry) (joined []protocol.Entry) {
	slices.SortStableFunc(notes, func(a, b protocol.Entry) int { return int(min(1, max(-1, a.At-b.At))) })
	place := map[catalog.ID]int{}
	for _, e := range notes {
		i, ok := place[e.ID]
		if !ok {
			place[e.ID] = len(joined)
			joined = append(joined, e)
			continue
		}
		before := &joined[i]
		if !strings.Contains(before.Text, e.Text) {
			e.Text = before.Text + "\n\n" + e.Text
			for n := mostNote/4 - 1; len(e.Text) > mostNote; { // of four bytes at most
				e.Text = clipped(e.Text, n)
			}
			*before = e
		}
	}
	return joined
}

const mostNote = 4000 // bytes

// settledID returns the id under which the profile says of a doubtful item what e does: that of a guess, or that of an item
// that no guess is; "" for none.
func settledID(e protocol.Entry, guesses []protocol.Card, stands map[protocol.Entry]bool) catalog.ID {
	ids := []catalog.ID{turnedDown(e.ID)}
	for i := range guesses {
		ids = append(ids, guesses[i].ID)
	}
	for _, id := range ids {
		if e.ID = id; stands[e] {
			return id
		}
	}
	return ""
}

// compact returns entries without those that say nothing beside others of the same item: that one has seen or likes what one rated,
// the same stars again, and all but the first of entries on the watchlist. The rest is in the order of time.
func compact(entries []protocol.Entry) []protocol.Entry {
	type heard struct {
		rated, liked, watch bool
		stars               float32 // the last
		seen                int     // 1 + place of the last Seen, 0 for none
	}
	slices.SortStableFunc(entries, func(a, b protocol.Entry) int { return int(min(1, max(-1, a.At-b.At))) })
	items := map[catalog.ID]*heard{}
	for i := range entries {
		e := &entries[i]
		h := items[e.ID]
		if h == nil {
			h = new(heard)
			items[e.ID] = h
		}
		h.rated = h.rated || e.Action == protocol.Rate
		h.liked = h.liked || e.Action == protocol.Like || e.Action == protocol.Dislike
		if e.Action == protocol.Seen {
			h.seen = i + 1
		}
	}
	var left []protocol.Entry
	for i, e := range entries {
		h := items[e.ID]
		switch e.Action {
		case protocol.Rate:
			if e.Stars == h.stars {
				continue
			}
			h.stars = e.Stars
		case protocol.Like:
			if h.rated {
				continue
			}
		case protocol.Seen:
			if h.rated || h.liked || h.seen != i+1 {
				continue
			}
		case protocol.Watchlist:
			if h.watch {
				continue
			}
			h.watch = true
		}
		left = append(left, e)
	}
	return left
}
