package ui

import (
	"strconv"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// What a file says of an item that the catalog does not have, or has only perhaps, stays in the profile under an id that
// holds what the file called it: it is kept, counted, saved and taken back like all else, and counts as no taste. The id is
//
//	unmatched:<number at IMDb>,<at TMDB>,<ISBN>,<year>,<titles with " / " between>
//
// with nothing where there is none; "unlisted:" begins one of which the visitor said that no guess is it.
const (
	unmatched = "unmatched:"
	unlisted  = "unlisted:"
	longestID = 200 // bytes, as the engine takes them
)

// unmatchedID returns the id of what r speaks of.
func unmatchedID(r *protocol.Record) catalog.ID {
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	head := unmatched + number(r.IMDb) + "," + number(r.TMDB) + "," + strings.ReplaceAll(r.ISBN, ",", "") + "," + number(r.Year) + ","
	id := head
	for i, title := range r.Titles {
		next := id + when(i > 0, " / ") + title
		if len(next) > longestID {
			if i == 0 {
				id = strings.ToValidUTF8(next[:longestID], "")
			}
			break
		}
		id = next
	}
	return catalog.ID(id)
}

// recordOf returns what an id of unmatchedID says, and whether it is one that guesses are wanted for.
func recordOf(id catalog.ID) (r protocol.Record, ours, open bool) {
	text, open := strings.CutPrefix(string(id), unmatched)
	if !open {
		if text, ours = strings.CutPrefix(text, unlisted); !ours {
			return r, false, false
		}
	}
	parts := strings.SplitN(text, ",", 5)
	if len(parts) < 5 {
		return r, false, false
	}
	r.IMDb, _ = strconv.Atoi(parts[0])
	r.TMDB, _ = strconv.Atoi(parts[1])
	r.ISBN = parts[2]
	r.Year, _ = strconv.Atoi(parts[3])
	r.Titles = strings.Split(parts[4], " / ")
	return r, true, open
}

// turnedDown returns the id of an item of which no guess is the right one.
func turnedDown(id catalog.ID) catalog.ID {
	return catalog.ID(unlisted + strings.TrimPrefix(string(id), unmatched))
}

// titleOf returns the title of c, or what a file called it, or its id where the catalog does not know it.
func titleOf(c protocol.Card) string {
	if c.Title != "" {
		return c.Title
	}
	r, ours, _ := recordOf(c.ID)
	switch {
	case !ours:
		return string(c.ID)
	case r.Titles[0] == "" && r.IMDb > 0:
		return "IMDb tt" + strconv.Itoa(r.IMDb)
	case r.Titles[0] == "":
		return "TMDB " + strconv.Itoa(r.TMDB)
	case r.Year > 0:
		return r.Titles[0] + " (" + strconv.Itoa(r.Year) + ")"
	}
	return r.Titles[0]
}
