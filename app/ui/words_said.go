package ui

import (
	"strconv"

	"sparrow/wasm/protocol"
)

// why puts a reason into words, or returns "".
func (w *words) why(y protocol.Why) string {
	switch y.Kind {
	case protocol.WhyLiked:
		return fill(w.Because, "title", w.title(y.Title))
	case protocol.WhyRated:
		return fill(w.BecauseRated, "title", w.title(y.Title))
	case protocol.WhySeen:
		return fill(w.BecauseSeen, "title", w.title(y.Title))
	case protocol.WhyViewed:
		return fill(w.BecauseViewed, "title", w.title(y.Title))
	case protocol.WhyGenre:
		return fill(w.WhyGenre, "genre", w.genre(y.Title))
	case protocol.WhyHistory:
		return w.WhyHistory
	case protocol.WhyTaste:
		return w.WhyTaste
	case protocol.WhySome:
		return fill(w.WhySome, "genres", w.genreList(y.Names, len(y.Names)))
	case protocol.WhyAfter:
		return fill(w.WhyAfter, "title", w.title(y.Title))
	case protocol.WhyWith:
		return fill(w.WhyWith, "title", w.title(y.Title))
	case protocol.WhyCrowd:
		return w.WhyCrowd
	case protocol.WhyPopular:
		return w.WhyPopular
	case protocol.WhyTrending:
		return w.WhyTrending
	case protocol.WhyNew:
		return w.WhyNew
	case protocol.WhyTags:
		return fill(w.SameTags, "tags", w.tagList(y.Names))
	case protocol.WhyGenres:
		return fill(w.SameGenres, "genres", w.genreList(y.Names, len(y.Names)))
	case protocol.WhyPeople:
		return w.SamePeople
	case protocol.WhyRun:
		return w.SameRun
	case protocol.WhyLists:
		return w.SameLists
	case protocol.WhyTitle:
		return w.SameTitle
	case protocol.WhySeries:
		return w.SameSeries
	case protocol.WhyYears:
		if len(y.Names) == 0 {
			return w.SameYears
		}
		return fill(w.SameGenresYears, "genres", w.genreList(y.Names, len(y.Names)))
	}
	return ""
}

// reason returns the first of a card's reasons that can be put into words.
func (w *words) reason(c protocol.Card) string {
	for _, y := range c.Why {
		if s := w.why(y); s != "" {
			return s
		}
	}
	return ""
}

// shelf returns the heading of a row.
func (w *words) shelf(s protocol.Shelf) string {
	switch s.Kind {
	case "for-you":
		return w.RowForYou
	case "because":
		return fill(w.RowBecause, "title", w.title(s.Title))
	case "gems":
		return w.RowGems
	case "new":
		return w.RowNew
	case "fresh":
		return w.RowFresh
	case "popular":
		return w.RowPopular
	case "trending":
		return w.RowTrending
	case "genre":
		return w.genre(s.Title)
	}
	return s.Title
}

// did describes what was just done to c, for the toast.
func (w *words) did(c protocol.Card, a protocol.Action, stars float32, watch bool) string {
	text := w.DidClear
	switch a {
	case protocol.Like:
		text = w.DidLike
	case protocol.Seen:
		text = w.DidSeen
	case protocol.Dislike, protocol.NotInterested:
		text = w.DidNotInterested
	case protocol.Forget:
		text = w.DidForget
	case protocol.Rate:
		text = w.DidRate
	case protocol.Watchlist:
		text = w.DidUnwatch
		if watch {
			text = w.DidWatch
		}
	}
	return fill(text, "title", w.title(c.Title), "stars", w.stars(stars))
}

// mean returns the crowd's mean stars of c, "★ 4.2" on one line; "" when no one gave any.
func (w *words) mean(c protocol.Card) string {
	if c.Mean <= 0 {
		return ""
	}
	return "★\u00a0" + strconv.FormatFloat(float64(c.Mean), 'f', 1, 32)
}

// crowd returns how many ratings c has: "1,204 ratings".
func (w *words) crowd(c protocol.Card) string {
	switch c.Count {
	case 0:
		return w.NoRatings
	case 1:
		return w.OneRating
	}
	return fill(w.Ratings, "n", w.number(c.Count))
}
