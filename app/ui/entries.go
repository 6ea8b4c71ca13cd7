package ui

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// said is what a profile holds of one item.
type said struct {
	id      catalog.ID
	before  []protocol.Entry // opinions that a later one replaced, in order
	opinion protocol.Entry   // the last one; no action for none
	watch   protocol.Entry   // on the watchlist; no action if it is not
	note    protocol.Entry   // the visitor's words; no action for none
}

// byItem reads the entries of an answer to protocol.Profile, which come item by
// item, an item's opinions before its entry on the watchlist, and its note last.
func byItem(entries []protocol.Entry) []said {
	var all []said
	for _, e := range entries {
		if len(all) == 0 || all[len(all)-1].id != e.ID {
			all = append(all, said{id: e.ID})
		}
		it := &all[len(all)-1]
		switch e.Action {
		case protocol.Watchlist:
			it.watch = e
			continue
		case protocol.Note:
			it.note = e
			continue
		}
		if it.opinion.Action != "" {
			it.before = append(it.before, it.opinion)
		}
		it.opinion = e
	}
	return all
}

// A saved copy is JSON with names that explain themselves, and a line for each
// item: what holds, and beneath it what held before. It has nothing else, so that
// a line that is taken out is gone, and a copy of an imported copy is the same
// copy.
type savedItem struct {
	Item  string `json:"item"`
	Older string `json:"movie,omitempty"` // what the format before has in its place
	savedAct
	Watchlist *int64     `json:"watchlist,omitempty"` // since when
	Note      *savedNote `json:"note,omitempty"`
	Before    []savedAct `json:"before,omitempty"`
}

type savedAct struct {
	Action string  `json:"action,omitempty"`
	Stars  float32 `json:"stars,omitempty"`
	At     int64   `json:"at,omitempty"` // Unix seconds
}

type savedNote struct {
	Text string `json:"text"`
	At   int64  `json:"at,omitempty"` // Unix seconds
}

const savedFormat = "sparrow-profile-2"

// exportEntries returns a profile as the text of a file.
func exportEntries(entries []protocol.Entry) string {
	var text strings.Builder
	text.WriteString("{\n \"format\": \"" + savedFormat + "\",\n \"items\": [")
	for i, it := range byItem(entries) {
		line := savedItem{Item: string(it.id), savedAct: saved(it.opinion)}
		if it.watch.Action != "" {
			line.Watchlist = &it.watch.At
		}
		if it.note.Action != "" {
			line.Note = &savedNote{it.note.Text, it.note.At}
		}
		for _, e := range it.before {
			line.Before = append(line.Before, saved(e))
		}
		b, err := json.Marshal(line)
		if err != nil {
			return ""
		}
		if i > 0 {
			text.WriteByte(',')
		}
		text.WriteString("\n  ")
		text.Write(b)
	}
	text.WriteString("\n ]\n}\n")
	return text.String()
}

func saved(e protocol.Entry) savedAct { return savedAct{string(e.Action), e.Stars, e.At} }

// valid reports whether the engine would take e from a file.
func valid(e *protocol.Entry) bool {
	if !validID(e.ID) || e.At < 0 {
		return false
	}
	switch e.Action {
	case protocol.Rate:
		return validStars(e.Stars)
	case protocol.Like, protocol.Dislike, protocol.NotInterested, protocol.Watchlist, protocol.Seen, protocol.View, protocol.Clear:
		return e.Stars == 0
	case protocol.Note:
		return e.Stars == 0 && e.Text != "" && len(e.Text) <= mostNote && utf8.ValidString(e.Text)
	}
	return false
}

// validID reports whether an item may be called so.
func validID(id catalog.ID) bool { return id != "" && len(id) <= 200 && utf8.ValidString(string(id)) }

// validStars reports whether v is a rating: 0.5 to 5 in halves.
func validStars(v float32) bool {
	return v >= 0.5 && v <= 5 && v*2 == float32(int(v*2))
}

// history returns how many entries of the profile count as taste, as of the
// last answer.
func (s *store) history() int {
	if s.status == nil {
		return 0
	}
	return s.status.History
}
