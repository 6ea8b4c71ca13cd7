// Package protocol is what a page and the engine worker say to each other: one
// Request, one Answer, in MessagePack. It knows nothing of the engine, so that
// a page that only asks does not link it.
package protocol

import "sparrow/wasm/catalog"

// Verb names what a request asks for. With the verbs of the Lab, an ID of "" leaves
// the item to the engine: the last one of the history, else the best known one.
type Verb string

const (
	Open      Verb = "open"       // → Status, Genres
	Home      Verb = "home"       // Filter, K, Reasons → Shelves
	Browse    Verb = "browse"     // Genre, Filter, Decade, Least, Most, Sort, Offset, K → Cards, Total
	Values    Verb = "values"     // Query → Values: the tags, and values of columns of texts and lists, that its words name; or ID → Values of the item's columns
	Columns   Verb = "columns"    // Query (names with commas between; "" for all that tell items apart), K → Values: what the catalogue can be narrowed down by beside genres and years: of each column its kind, Listed, then of texts and lists those of the most items first, ties by value, of numbers the smallest and the largest that an item has, and of price the currencies, ascending
	Item      Verb = "movie"      // ID, Filter, K → Item, Cards (similar), Shows, Shelves (because you liked …)
	Basket    Verb = "together"   // ID (of several items, with commas between), Filter, K → Cards, Shows, Total: the first Total are bought together with these, the others are similar; Unknown
	Next      Verb = "next"       // ID, Filter, K → Cards, Shows, Total: the first Total are what people take after the item, the others are similar
	Recent    Verb = "recent"     // ID ("" for none), Filter, K → Cards, Shows: what the visitor saw or judged, the latest first, without this item
	Trending  Verb = "trending"   // Filter, K → Cards, Shows
	Newest    Verb = "new"        // Filter, K → Cards, Shows
	Recommend Verb = "recommend"  // Genre, Filter, Variety, Leaning, Draw, K, Reasons → Cards, Candidates
	Two       Verb = "two"        // Entries and Other (of somebody else), Genre, Filter, Decade, K → Cards for both, Points: the share of Candidates that suit the visitor (X) and the other (Y) less; Unknown
	OfUser    Verb = "rated"      // Entries (of a person of a data set), Genre, Filter, Variety, K → Cards recommended to that person, with reasons about them, Candidates; Shelves: of UserRated, the items of Entries, in this order; Genres of the most that they liked; Total: how many items of Entries are in this catalog; Unknown
	Interests Verb = "interests"  // → Shelves: the kinds of likes that Recommend divides a list among, the largest first
	Search    Verb = "search"     // Query, Filter, K → Cards, with Also; Values: words that some of them lack, where none has all
	Explain   Verb = "explain"    // ID → Item, Score, Base, Reasons, Parts
	Series    Verb = "series"     // ID → Shelves: of "series", what it is called as title, and its other items, the oldest first; none where there is none
	WhatIf    Verb = "what-if"    // ID, Exclude (one like), and what Recommend takes → Before, After: the item's place on that list with the like and without it; Cards: what comes up instead
	Named     Verb = "items"      // Entries → Cards of the items that they name, each once, in this order; Unknown
	Tastes    Verb = "tastes"     // Filter, Exclude (asked about before), K → Cards: a wall of items that tells tastes apart beside those, for onboarding
	Groups    Verb = "groups"     // Filter, Exclude, K → Shelves: groups of three or four well-known items that are alike, for onboarding
	Profile   Verb = "profile"    // → Entries item by item, Cards (one an item, same order), Taste, Total (items)
	History   Verb = "history"    // Query, State, Sort, Offset, K → Entries of K items, item by item, Cards (one an item, same order), Total (items that Query and State leave)
	Steps     Verb = "steps"      // Offset, K → Steps, the latest first, Cards (one a step, of its first item), Total
	LoseSteps Verb = "lose-steps" // forgets all steps: none can be taken back any more; changes what is kept of the profile
	Summarize Verb = "summary"    // ID (of several items, with commas between), Offset (of the page's clock, seconds ahead of UTC) → Bytes, Cards (of ID), Shelves (as Interests), Unknown
	Fresh     Verb = "fresh"      // Query (the mark of a catalog, of an answer before), K → Bytes, Cards (that that catalog did not have), Total; or ID (of several items) → Cards
	Act       Verb = "act"        // Entries (one) → Item; changes the profile
	Amend     Verb = "amend"      // Act in place of the last one, where that spoke of the same item: one gesture, one entry
	Undo      Verb = "undo"       // → Item; takes the last Act back, with its amendments; or Step, Back → takes that step back, with all that followed it where Back says so; changes the profile
	Match     Verb = "match"      // Records, Links → Shelves: one a record, of kind MatchSure with one card, MatchDoubtful with up to three, or MatchNone
	Numbers   Verb = "numbers"    // Entries, Links → Records: of each entry's item, its numbers at film sites
	Import    Verb = "import"     // Entries, Without → Total (items of this catalog), Unknown, Entries (those that are new); changes the profile
	Erase     Verb = "erase"      // changes the profile

	LabSimilar Verb = "lab-similar" // ID, K → Item, Shelves: what is most like it, a shelf for each way to compare and the engine's own mix last
	LabList    Verb = "lab-list"    // Model, K → Cards, Candidates, Stages, Models
	LabProbe   Verb = "lab-probe"   // → Curve
	LabMap     Verb = "lab-map"     // ID → Cards, Points: the best known items, the visitor's newest ones and this one; the first of them lies at 0 or more on both axes
)

// Verbs are all there are.
var Verbs = []Verb{
	Open, Home, Browse, Item, Basket, Next, Recent, Trending, Newest, Recommend, Two, OfUser, Interests, Search, Values, Columns, Explain, Series, WhatIf, Named, Tastes, Profile, History, Steps, LoseSteps, Summarize, Fresh, Act, Amend, Undo, Match, Numbers, Import, Erase,
	LabSimilar, LabList, LabProbe, LabMap, Groups,
}

// UserRated is the kind of the shelf of OfUser.
const UserRated = "rated"

// When is when the reasons of what is recommended to a visitor are answered. To find the
// items of a history that carry a list takes longer than to make it.
type When string

const (
	Together When = ""      // with the list
	Later    When = "later" // not now: the cards that are recommended have no Why
	Alone    When = "alone" // of the list that the same request with Later was answered with, and nothing else: cards of ID and Why, and of a home page its shelf "for-you"
)

// Action is what a visitor did to an item.
type Action string

const (
	Rate          Action = "rate" // with Stars
	Like          Action = "like"
	Dislike       Action = "dislike"
	NotInterested Action = "not-interested"
	Watchlist     Action = "watchlist"
	Clear         Action = "clear"  // takes back what was said of the item; it may stay on the watchlist
	Forget        Action = "forget" // takes back that, too
	Seen          Action = "seen"   // has it behind them and says no more, as a file that they brought does
	View          Action = "view"   // was at the item's page; only widgets note it and the next one, where their page says so
	Buy           Action = "purchase"
	Note          Action = "note" // with Text: the visitor's own words on the item, one note an item; lists do not depend on it
)

// Undated is the moment of an entry that has no date: the visitor does not know when it was.
// Lists take it for long ago.
const Undated = 1

// Entry is one line of a profile. What was taken back has none: its log grows
// with each act, and Watchlist said twice, Clear, Forget and Undo make it shorter.
type Entry struct {
	ID     catalog.ID
	Action Action
	Stars  float32 // 0.5 to 5 in halves with Rate, else 0
	At     int64   // Unix seconds; Undated for no date
	Text   string  // with Note: 1 to 4,000 bytes
}

// Request asks the engine for one thing. Fields a verb does not name are ignored.
// A verb, genre, order, model or time for reasons that does not exist is a "bad-request",
// and a filter or quotas that cannot be read, or a column for cards that is none of texts, is a "filter".
type Request struct {
	Verb      Verb
	ID        catalog.ID
	Query     string
	Genre     string
	Exclude   []catalog.ID // items that are not on a list; Unknown in the answer has those that the catalog lacks
	Pin       []catalog.ID // items that stand first on a list, in this order; Unpinned in the answer has those that do not
	Max       string       // with Min and Diversity: quotas of a list, see filter.Columns.Quotas; pinned items are counted by none
	Min       string
	Diversity string
	Repeat    string  // "yes": Recommend may have what the visitor bought again; "" for no
	Filter    string  // of which items a list is made, see package filter; with Item, same is what ID has
	Decade    int     // 1990; 0 for all
	Least     float32 // with Most: between which mean stars items are, see Card.Mean; 0 for any
	Most      float32
	Sort      string // "popular", "new", "rating"; "" is popular; with History "oldest", "title", "year", "stars", or of what is wanted "fit"; "" is the latest first
	State     string // with History: which items; "" for all
	Step      int64  // with Undo: its ID; 0 for the last act
	Back      bool   // with Undo and Step: all steps since, too
	Kept      bool   // lists may have what is on the watchlist
	Model     string // one of LabModels or, of the bundle, of Answer.Models; "" is ModelRanked
	Offset    int
	K         int
	Variety   float32 // 0 (pure order of the ranker) to 1; below 0 the engine chooses: its default, or what an experiment wants
	Leaning   Leaning
	Blocked   []string // what no list has, at most 100: "authors=Ada Lovelace", all items with that value, and "=260", the series of an item; what no item has is no mistake. Only of sessions that answer every verb
	Held      string   // a filter that every item of the answer meets but what the visitor said themself, as a child's profile is held to; what ID names must meet it, else the answer is the error "held". Only of sessions that answer every verb
	Draw      int      // the list is drawn by chance, this number says which draw; 0 for the best one
	Reasons   When
	Brand     string // column of texts that fills Card.Brand; "" for one called brand, where there is one
	Badge     string // the same for Card.Badge
	Titles    string // the same for Card.Title of items that have a text there, of another language than the catalog's own
	Lang      string // of the page, "zh": where Titles is "", the same with column title_zh, where there is one
	Entries   []Entry
	Without   []Entry  // entries that leave the profile before others come in: exactly these
	Records   []Record // at most MostRecords
	Other     []byte   // with Two: a profile as Session.Profile gives it
	Links     []byte   // the file of numbers at film sites, see package match; nil for none
	Now       int64    // Unix seconds on the page's clock; with Alone, that of the list
}

// Leaning is what a list of recommendations leans to beside what the visitor likes: numbers from
// -1 to 1, see engine.Leaning, and genres of which there is to be more. A genre that no item has is
// no mistake.
type Leaning struct {
	Popularity, Familiarity, Recency float32
	Genres                           []string
}

// Answer is the engine's reply. Error is nil when all went well.
type Answer struct {
	Error      *Error
	Status     *Status
	Item       *Card
	Cards      []Card
	Shelves    []Shelf
	Genres     []GenreCount
	Values     []Value
	Reasons    []Reason // largest magnitude first; Base + ΣContribution = Score
	Parts      []Reason // with Explain: at most three, with what is left over Score - Base
	Score      float32
	Base       float32
	Entries    []Entry
	Records    []Record // parallel to the request's Entries
	Steps      []Step
	Taste      *Taste
	Bytes      []byte // with Summarize a Summary, see DecodeSummary; with Fresh the mark of this catalog
	Total      int
	Shows      string       // what Cards are in the end: "similar", "together", "next", "recent", "trending", "new", or "popular" where nothing is known
	Unknown    []catalog.ID // items of an import, a basket or Exclude that are not in this catalog
	Unpinned   []catalog.ID // items of Pin that are not on the list: sold out, hidden, excluded, without the filter, disliked, of Recent, or behind its end
	Candidates int          // how many items the ranker scored
	Layers     []string     // layers of experiments whose arm the Cards depend on
	Before     int          // with WhatIf: a place of the list, from 1; 0 for none
	After      int          // the same without what is left out

	Models []string // what Request.Model may be: LabModels, then those that the bundle carries beside its ranker
	Stages Stages   // none with ModelPopular or where there is no clock
	Curve  Curve
	Points Points // parallel to Cards: of LabMap or Two
}

// Error is a sentence for people, with a code for the page to branch on.
type Error struct {
	Code string // "not-open", "unknown-movie", "held", "filter", "bad-request"
	Text string
}

// Status reports what is loaded.
type Status struct {
	Name, Licence, Citation string
	Items                   int
	AsOf                    int64 // newest interaction in the training data, Unix seconds; 0 where it has no times
	Oldest, Newest          int   // years of the items; 0 where none has one
	Rated                   bool  // whether the items differ in their stars
	History                 int   // entries of the profile that count as taste
}

// Card is an item as a list shows it.
type Card struct {
	ID     catalog.ID
	Title  string
	Also   string   // another name: with Search the one that fits, with Item the catalog's own; "" where that is Title
	Year   int      // 0 when unknown
	Genres []string // the most specific first, see catalog.GenreRanks
	Mean   float32  // mean stars of the crowd, shrunken toward that of all items as lists sort by it; 0 when no one gave any
	Count  int      // how many rated it
	Image  string
	URL    string

	Price    *float64 // what it costs by now; nil where that is not known
	Currency string   // of Price, "EUR"; "" where neither the overlay nor a column currency says
	Brand    []string // what the column that Request.Brand names has of it
	Badge    []string // the same of Request.Badge

	Action Action  // what the visitor said of it last; "" for nothing
	Stars  float32 // with Action Rate
	Watch  bool    // on the watchlist
	Score  float32 // of the ranker, or similarity 0 to 1
	Why    []Why   // strongest first
	Origin *Origin // nil for lists that retrieval did not make
}

// Origin is how a recommendation came onto its list.
type Origin struct {
	Source     string  // the sources that found it: "taste", "transition", "popular", "trending", "pinned", joined by "+"
	Team       string  // with interleaving, the arm whose item it is
	Propensity float32 // probability that exploration put it here, given those before it; 0 when nothing was left to chance

	// Places in the lists that it was chosen from, counted from 1; 0 but with LabList.
	Retrieved int // among the candidates, by retrieval's score
	Ranked    int // by the model's score, before dislikes and variety had a say; 0 with ModelRetrieved

	// With LabList, what of the live overlay moves it: names of its rules that pin, boost or bury
	// it, first "" for a boost of its own; and its place on the list without, 0 for none.
	Rules  []string
	Before int
}

// Shelf is a row of cards. One of an interest has likes, with ID and Title alone, the most
// typical first; its title is that of this like where nothing else tells it from the catalog or
// from another interest. At least three quarters of them have what Why names. One of a group is
// named the same way, by what all of its cards have.
type Shelf struct {
	Kind   string     // "interest", "mostly" for an interest of which some like lacks what Why names, "for-you", "because", "trending", "gems", "new", "popular", "genre"; "series"; "group"; with LabSimilar "taste", "next", "genres", "tags", "title", "shown"
	ID     catalog.ID // of the item with "because"
	Title  string     // of the item with "because", of the genre with "genre"
	Cards  []Card
	Layers []string // layers of experiments whose arm the Cards depend on
	Why    []Why    // with "interest" or "group", what few other items have: genres with WhyGenres, a tag with WhyTags, the decade with WhyYears ("1940")
}

// Value is a value of a column: a tag with "tag", or what the catalog's owner declared.
type Value struct {
	Column, Text string
	Listed       bool // of a column of lists, with an ID: several items may share it, as those of an author do
}

// GenreCount is a genre and how many items have it.
type GenreCount struct {
	Name  string
	Count int
}

// Reason is one feature's share of a ranking score.
type Reason struct {
	Feature      string // a name of the feature package, with feature.InSet behind it where that says so
	Value        string // what the feature said, for people: "1994", "Heat"
	Contribution float32
	Why          Why // of Parts, in place of the two
}
