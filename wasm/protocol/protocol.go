// Package protocol is what a page and the engine worker say to each other: one
// Request, one Answer, in MessagePack. It knows nothing of the engine, so that
// a page that only asks does not link it.
package protocol

import "sparrow/wasm/catalog"

// Verb names what a request asks for.
type Verb string

const (
	Open      Verb = "open"      // → Status, Genres
	Home      Verb = "home"      // K → Shelves
	Browse    Verb = "browse"    // Genre, Decade, Sort, Offset, K → Cards, Total
	Movie     Verb = "movie"     // ID, K → Movie, Cards (similar), Shelves (because you liked …)
	Recommend Verb = "recommend" // Genre, Variety, K → Cards, Candidates
	Search    Verb = "search"    // Query, K → Cards
	Explain   Verb = "explain"   // ID → Movie, Score, Base, Reasons
	Tastes    Verb = "tastes"    // K → Cards: a wall of movies that tells tastes apart, for onboarding
	Profile   Verb = "profile"   // → Entries, Cards (one an entry, same order), Taste
	Act       Verb = "act"       // Entries (one) → Movie; changes the profile
	Undo      Verb = "undo"      // → Entries (the one taken back), Movie; changes the profile
	Import    Verb = "import"    // Entries → Total (kept), Unknown; changes the profile
	Erase     Verb = "erase"     // changes the profile
	Lab       Verb = "lab"       // Query (a part of the laboratory), and what that needs → Shelves with Numbers
)

// The parts of the laboratory: Query with Lab. ID is a movie; "" leaves the choice to the
// engine: the last one of the history, or else the best known one.
const (
	LabSimilar = "similar" // ID, K → Movie, Shelves of what is like it: a shelf a way to compare, the engine's own mix last
	LabList    = "list"    // Sort (one of LabModels, or the title of a shelf "judge"), K → Candidates, Shelves: the list, with the places of each movie after retrieval and after ranking, from 1; "cost", what each of LabStages took in milliseconds, nothing where there is no clock; and a "judge" for each further model of the bundle
	LabProbe   = "probe"   // → Shelves: one without cards but with recall@10 and share of the movies compared, for 1, 2, … probed cells
	LabMap     = "map"     // ID → Shelves: movies, with x and y of each; the first one has positive ones
)

// LabModels are the ways to make a list, the usual one first.
var LabModels = []string{"ranked", "retrieved", "taste", "popular"}

// LabStages are the parts of the work on a list.
var LabStages = []string{"retrieve", "rank", "diversify", "reasons"}

// Action is what a visitor did to a movie.
type Action string

const (
	Rate          Action = "rate" // with Stars
	Like          Action = "like"
	Dislike       Action = "dislike"
	NotInterested Action = "not-interested"
	Watchlist     Action = "watchlist"
	Clear         Action = "clear" // takes back what was said of the movie
	View          Action = "view"  // was at the movie's page; only widgets note it, where their page says so
)

// Entry is one line of a profile: its log is append-only but for Undo.
type Entry struct {
	ID     catalog.ID
	Action Action
	Stars  float32 // 0.5 to 5 in halves with Rate, else 0
	At     int64   // Unix seconds
}

// Request asks the engine for one thing. Fields a verb does not name are ignored.
type Request struct {
	Verb    Verb
	ID      catalog.ID
	Query   string
	Genre   string
	Decade  int    // 1990; 0 for all
	Sort    string // "popular", "new", "rating"; "" is popular
	Offset  int
	K       int
	Variety float32 // 0 (pure order of the ranker) to 1; below 0 the engine chooses: its default, or what an experiment wants
	Entries []Entry
	Now     int64 // Unix seconds on the page's clock
}

// Answer is the engine's reply. Error is nil when all went well.
type Answer struct {
	Error      *Error
	Status     *Status
	Movie      *Card
	Cards      []Card
	Shelves    []Shelf
	Genres     []GenreCount
	Reasons    []Reason // largest magnitude first; Base + ΣContribution = Score
	Score      float32
	Base       float32
	Entries    []Entry
	Taste      *Taste
	Total      int
	Unknown    []catalog.ID // entries of an import that are not in this catalog
	Candidates int          // how many movies the ranker scored
	Layers     []string     // layers of experiments whose arm the Cards depend on
}

// Error is a sentence for people, with a code for the page to branch on.
type Error struct {
	Code string // "not-open", "unknown-movie", "bad-request"
	Text string
}

// Status tells what is loaded.
type Status struct {
	Name, Licence, Citation string
	Movies                  int
	AsOf                    int64 // newest interaction in the training data, Unix seconds
	History                 int   // entries of the profile that count as taste
}

// Card is a movie as a list shows it.
type Card struct {
	ID     catalog.ID
	Title  string
	Year   int // 0 when unknown
	Genres []string
	Mean   float32 // mean stars of the crowd, 0 when nobody rated it
	Count  int     // how many rated it
	Image  string
	URL    string
	Action Action  // what the visitor said of it last; "" for nothing
	Stars  float32 // with Action Rate
	Watch  bool    // on the watchlist
	Score  float32 // of the ranker, or similarity 0 to 1
	Why    []Why   // strongest first
	Origin *Origin // nil for lists that retrieval did not make
}

// Origin is how a recommendation came onto its list.
type Origin struct {
	Source     string  // the sources that found it: "taste", "transition", "popular", "trending", joined by "+"
	Team       string  // with interleaving, the arm whose movie it is
	Propensity float32 // probability that exploration put it here, given those before it; 0 when nothing was left to chance
}

// Why is a reason in a form the page can put into words.
type Why struct {
	Kind  string // "because" (a movie of the history: ID, Title), "genre" (Title), "popular", "trending", "new", "taste", "story", "title", "followed"
	ID    catalog.ID
	Title string
}

// Shelf is a row of cards.
type Shelf struct {
	Kind   string     // "for-you", "because", "trending", "gems", "new", "popular", "genre"; in the laboratory "taste", "next", "genres", "tags", "title", "shown", "cost", "judge"
	ID     catalog.ID // of the movie with "because"
	Title  string     // of the movie with "because", of the genre with "genre", of the model with "judge"
	Cards  []Card
	Layers []string // layers of experiments whose arm the Cards depend on

	Numbers []float32 // in the laboratory: some for each card in turn, or for themselves
}

// GenreCount is a genre and how many movies have it.
type GenreCount struct {
	Name  string
	Count int
}

// Reason is one feature's share of a ranking score.
type Reason struct {
	Feature      string // a name of the feature package
	Value        string // what the feature said, for people: "1994", "Heat"
	Contribution float32
}

// Taste sums a profile up.
type Taste struct {
	Genres  []Share // share of the history's weight, largest first
	Decades []Share // ascending by decade
	Mean    float32 // mean stars given, 0 when none
}

// Share is a labelled fraction, 0 to 1.
type Share struct {
	Label string
	Part  float32
}
