package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
)

// Kinds of likeness: things that two items have in common, which a sentence can
// say of the two without a word about a visitor. Each is said only where it holds.
const (
	SharedTags   = "same-tags"   // tags that few items have, named
	SharedGenres = "same-genres" // genres, named: several, or one that does not stand on a quarter of the catalog
	SharedPeople = "same-people" // the same people like both: nearPeople, or half of a list's strongest, and enough people know each
	SharedRun    = "same-run"    // people turned from one to the other, in either direction: nearRun
	SharedLists  = "same-lists"  // the same people chose both, in an order that the data does not say: nearRun
	SharedTitle  = "same-title"  // words of the title that few titles have: nearTitle
	SharedSeries = "same-series" // the item is the next part of the other's series: Similar.Next
	SharedYears  = "same-years"  // years of release at most nearYears apart, and the genres that they share, named
)

// likenesses are the kinds that make up a similarity, in the order of Likeness' parts.
var likenesses = [...]string{SharedTags, SharedGenres, SharedPeople, SharedRun, SharedTitle, SharedYears}

const (
	mostNames = 3 // of what is shared

	// nearPeople is the cosine of two items' vectors from which on the same
	// people are said to like both: of the pairs among the 1,500 best known
	// films of MovieLens latest-small one in fifty is as near.
	nearPeople = 0.48
	knownWell  = 15  // interactions of both: below, a vector is a guess
	nearRun    = 0.5 // of the strongest transition
	nearTitle  = 0.3 // of Similar.Title
	nearYears  = 3

	// A tag on more than a twentieth of the items that have tags, and on more
	// than 20, says something about the people who gave it ("in netflix queue")
	// and not about the items.
	commonTags, fewTagged = 20, 20
	commonGenres          = 4 // a genre on more than a quarter of the catalog says little alone
)

// Likeness returns what item to and like, which Similar listed for it, have in
// common: of the things that can be said the one that makes up most of the
// similarity, with the names of what is shared if it has any; "" when nothing can
// be said. Genres count half, since a card shows them already. Of the next part of a
// series nothing else is said.
func (e *Engine) Likeness(like *Similar, to catalog.Row) (kind string, names []string) {
	if like.Next {
		return SharedSeries, nil
	}
	q := e.question(to)
	parts := [len(likenesses)]float32{
		q.story * tagsPart * like.Tags, q.story * genrePart * like.Genre / 2,
		q.vector*e.tasteWeight[like.Row]*like.Vector + q.listed*like.Listed, q.followed * like.Followed,
		titlePart / most * like.Title, q.story * yearPart * like.Year / 2,
	}
	for {
		top := 0
		for i, part := range parts {
			if part > parts[top] {
				top = i
			}
		}
		if parts[top] <= 0 {
			return "", nil
		}
		parts[top] = 0
		if names, holds := e.holds(top, like, to); holds {
			if kind = likenesses[top]; kind == SharedRun && e.Timeless() {
				kind = SharedLists
			}
			return kind, names
		}
	}
}

// holds reports whether the i-th kind of likeness may be said of like and item to,
// and the names of what they share.
func (e *Engine) holds(i int, like *Similar, to catalog.Row) (names []string, holds bool) {
	known := e.knowWell(to) && e.knowWell(like.Row)
	switch likenesses[i] {
	case SharedTags:
		names = e.sharedTags(like.Row, to)
		return names, len(names) > 0
	case SharedGenres:
		names, common := e.sharedGenres(like.Row, to)
		return names, !common
	case SharedPeople:
		return nil, known && (!e.bundle.Retrieval.Given && like.Vector >= nearPeople || like.Listed >= nearRun)
	case SharedRun:
		return nil, known && like.Followed >= nearRun
	case SharedTitle:
		return nil, like.Title >= nearTitle
	}
	names, _ = e.sharedGenres(like.Row, to)
	x, y := e.catalog.Years[like.Row], e.catalog.Years[to]
	return names, x != 0 && y != 0 && max(x-y, y-x) <= nearYears
}

// sharedTags returns the tags that two items share and that are not common, those
// that item a was given most first.
func (e *Engine) sharedTags(a, b catalog.Row) (names []string) {
	for _, t := range e.catalog.Tags[a] {
		for _, other := range e.catalog.Tags[b] {
			if t == other && e.tells(t) && len(names) < mostNames {
				names = append(names, e.catalog.TagNames[t])
			}
		}
	}
	return names
}

// tells reports whether tag t says something about the items that have it.
func (e *Engine) tells(t uint16) bool { return e.tagCounts[t] <= max(fewTagged, e.tagged/commonTags) }

// sharedGenres returns the genres that two items share, the most specific first,
// and whether they say little: there is none, or but one and a common one.
func (e *Engine) sharedGenres(a, b catalog.Row) (names []string, common bool) {
	common = true
	for _, g := range e.Specific(a) {
		if slices.Contains(e.catalog.Genres[b], g) && len(names) < mostNames {
			common = common && len(names) == 0 && e.genreCounts[g] > e.catalog.Len()/commonGenres
			names = append(names, e.catalog.GenreNames[g])
		}
	}
	return names, common
}

// Specific returns the genres of item r, the most specific first: see
// [catalog.Catalog.GenreRanks].
func (e *Engine) Specific(r catalog.Row) []uint8 {
	return e.catalog.Specific(make([]uint8, 0, 8), r, e.genreRanks)
}

// Related reports whether a person may be told that one of two items is there because
// of the other: they share genres, more than one that is on a quarter of the catalog, or
// a tag that few items have, or one genre that says little and people: the same ones like
// both, as their vectors say where enough know them. People alone do for items without genres,
// and where no tag is known either, transitions. Two that the same people like and that have
// genres, but none in common, are a reason that no reader follows: Toy Story for Twelve Monkeys.
func (e *Engine) Related(a, b catalog.Row) bool {
	genres, common := e.sharedGenres(a, b)
	if !common || len(e.sharedTags(a, b)) > 0 {
		return true
	}
	if e.untold(a) || e.untold(b) {
		return e.ties.Weight(a, b) > 0 || e.ties.Weight(b, a) > 0 || e.rawCosine(a, b) >= nearPeople
	}
	alike := len(genres) > 0 || len(e.catalog.Genres[a]) == 0 || len(e.catalog.Genres[b]) == 0
	return alike && e.knowWell(a) && e.knowWell(b) && e.rawCosine(a, b) >= nearPeople
}

// untold reports whether nothing but a title, perhaps a year, tells of item r.
func (e *Engine) untold(r catalog.Row) bool {
	return len(e.catalog.Genres[r]) == 0 && len(e.catalog.Tags[r]) == 0
}

// rawCosine returns the cosine of two items' output vectors, which needs no
// [Engine.Prepare].
func (e *Engine) rawCosine(a, b catalog.Row) float32 {
	x, _ := e.bundle.Retrieval.Out.Row(int(a))
	y, _ := e.bundle.Retrieval.Out.Row(int(b))
	return float32(quant.Dot(x, y)) * e.inverse[a] * e.inverse[b]
}

// knowWell reports whether item r's vector is more than a guess.
func (e *Engine) knowWell(r catalog.Row) bool { return e.bundle.Statistics.Count[r] >= knownWell }
