package protocol

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/wire"
)

// Why is a reason in a form the page can put into words. A kind either says
// something of the visitor, or of the crowd, or of what two items have in common;
// no kind serves two of these.
type Why struct {
	Kind  string
	ID    catalog.ID // of the item with WhyLiked, WhyRated, WhySeen, WhyViewed, WhyAfter and WhyWith
	Title string     // of that item; of the genre with WhyGenre
	Names []string   // of what is shared: tags with WhyTags, genres with WhyGenres, WhySome and perhaps with WhyYears
}

// Kinds of reasons. Each holds whenever it is given:
const (
	// Of the visitor, on lists made from a history.
	WhyLiked  = "because" // they like an item, or gave it 4 stars or more, without which the score is lower
	WhyRated  = "rated"   // the same of an item that they gave fewer stars
	WhySeen   = "seen"    // the same of an item that a file they brought says they have behind them
	WhyViewed = "viewed"  // the same of an item whose page they opened, without a word on it
	WhyGenre  = "genre"   // they like the genre often: session says what that is
	// WhyHistory: the list follows from all that they did, and no more is known that a
	// reader could follow.
	WhyHistory = "history"
	// WhyTaste: the taste that was learned from what people did, those who like what this
	// visitor likes, leads to it.
	WhyTaste = "taste"

	// Of the visitor, as parts of a score.
	WhySome  = "some-genre" // items that they like have genres of it, named
	WhyAfter = "after"      // people turned to it after an item of the history
	WhyWith  = "with"       // people chose it together with one, in an order that is not known
	WhyCrowd = "crowd"      // how many know it, and what they give it

	// Of the crowd.
	WhyPopular  = "popular"  // among the best known percent
	WhyTrending = "trending" // busier lately than before
	WhyNew      = "new"      // of the last years of the catalog

	// Of two items, on lists of what is like one. engine.Likeness says when.
	WhyTags   = "same-tags"
	WhyGenres = "same-genres"
	WhyPeople = "same-people"
	WhyRun    = "same-run"
	WhyLists  = "same-lists"
	WhyTitle  = "same-title"
	WhySeries = "same-series" // the next part
	WhyYears  = "same-years"
)

func (y *Why) append(w *wire.Writer) {
	f := w.Fields()
	f.Key("k").Str(y.Kind)
	f.Str("i", string(y.ID))
	f.Str("t", y.Title)
	texts(&f, "n", y.Names)
	f.Close()
}

func (y *Why) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "k":
			y.Kind = r.Str()
		case "i":
			y.ID = catalog.ID(r.Str())
		case "t":
			y.Title = r.Str()
		case "n":
			y.Names = strings[string](r)
		default:
			r.Skip()
		}
	}
}
