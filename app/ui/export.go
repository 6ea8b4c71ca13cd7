package ui

import (
	"encoding/json"
	"strconv"
	"strings"

	"sparrow/wasm/protocol"
)

// exported is what a file for other programs says of one item.
type exported struct {
	ID    string  `json:"id,omitempty"` // in this catalog
	Title string  `json:"title"`
	Year  int     `json:"year,omitempty"`
	IMDb  string  `json:"imdb,omitempty"`
	TMDB  int     `json:"tmdb,omitempty"`
	ISBN  string  `json:"isbn,omitempty"`
	Said  string  `json:"said,omitempty"` // "rate", "like", "dislike", "not-interested" or "seen"
	Stars float32 `json:"stars,omitempty"`
	On    string  `json:"on,omitempty"`     // day of that; "" where the visitor gave it none
	Want  *string `json:"wanted,omitempty"` // day since which it is on the watchlist, "" where they gave it none
}

// exportedOf returns a profile for other programs, item by item; what they cannot know, an opened page, is left
// out. cards are those of the items, in the same order.
func exportedOf(entries []protocol.Entry, cards []protocol.Card) []exported {
	all := []exported{}
	for i, it := range byItem(entries) {
		if i >= len(cards) {
			break
		}
		e := exported{ID: string(it.id), Title: plainTitle(cards[i].Title), Year: cards[i].Year}
		if r, other, _ := recordOf(it.id); other {
			e = exported{Title: r.Titles[0], Year: r.Year, TMDB: r.TMDB, ISBN: r.ISBN}
			if r.IMDb > 0 {
				e.IMDb = imdbID(r.IMDb)
			}
		}
		if a := it.opinion.Action; a != "" && a != protocol.View {
			e.Said, e.Stars, e.On = string(a), it.opinion.Stars, date(it.opinion.At)
		}
		if it.watch.Action != "" {
			day := date(it.watch.At)
			e.Want = &day
		}
		if e.Said != "" || e.Want != nil {
			all = append(all, e)
		}
	}
	return all
}

// imdbID writes a number as IMDb does.
func imdbID(n int) string {
	text := strconv.Itoa(n)
	return "tt" + strings.Repeat("0", max(0, 7-len(text))) + text
}

// plainTitle returns a title without others in brackets behind it.
func plainTitle(title string) string {
	main, _, _ := strings.Cut(title, " (")
	return main
}

// asJSON returns a profile as JSON that explains itself, without what only this app can read.
func asJSON(all []exported) string {
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return ""
	}
	return string(text) + "\n"
}

// asLetterboxd returns what was seen as a table that Letterboxd takes in: https://letterboxd.com/about/importing-data/.
// Who likes an item without stars has seen it; the watchlist is not in it, for there it is another import.
func asLetterboxd(all []exported) string {
	var text strings.Builder
	text.WriteString("imdbID,tmdbID,Title,Year,Rating,WatchedDate\n")
	for _, e := range all {
		seen := e.Said == string(protocol.Rate) || e.Said == string(protocol.Like) || e.Said == string(protocol.Seen)
		if !seen || e.Title == "" && e.IMDb == "" && e.TMDB == 0 {
			continue
		}
		stars, year, tmdb := "", "", ""
		if e.Stars > 0 {
			stars = strconv.FormatFloat(float64(e.Stars), 'f', -1, 32)
		}
		if e.Year > 0 {
			year = strconv.Itoa(e.Year)
		}
		if e.TMDB > 0 {
			tmdb = strconv.Itoa(e.TMDB)
		}
		for i, field := range []string{e.IMDb, tmdb, e.Title, year, stars, e.On} {
			if i > 0 {
				text.WriteByte(',')
			}
			text.WriteString(csvField(field))
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// csvField quotes a field where it needs that: RFC 4180.
func csvField(text string) string {
	if !strings.ContainsAny(text, "\",\r\n") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}
