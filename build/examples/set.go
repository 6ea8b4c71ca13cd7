package examples

import (
	"math"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
)

// Set is rows for models that judge one item at a time: what was known when
// users met items, and what they made of it. A row costs 48 bytes; the history
// it sees is cut from the log when it is encoded.
//
// What a row knows of the crowd is what happened strictly before its moment:
// nothing that others did in the same second. What it knows of its user is
// every opinion that stands before it in their log, those of the same second
// included. Clicks, which count in part, are no opinions and in no history; the
// crowd's statistics count them as far as they count.
type Set struct {
	Labels []float32 // [rows] 0 or 1
	Users  []int32   // [rows] index into Dataset.Users
	At     []int32   // [rows] index into Dataset.Interactions

	d     *dataset.Dataset
	crowd []feature.Crowd // [rows]
	knows []bool          // [U] the user's number is in the training data; nil for all
}

// Never as a moment to freeze the crowd at lets it be known to every row as of
// the row's moment.
const Never = math.MaxInt64

// New makes the rows of wanted, by moment, ties by place in the log. From the moment
// frozen on the crowd's statistics stand still, as they do in a bundle that was
// made then, while a user's own history goes on, as it does on their device.
func New(d *dataset.Dataset, wanted []Wanted, frozen int64) *Set {
	stream := NewStream(d)
	wanted = stream.byMoment(wanted)
	n := len(wanted)
	s := &Set{d: d, Labels: make([]float32, n), Users: make([]int32, n), At: make([]int32, n), crowd: make([]feature.Crowd, n)}
	follows := newFollows(d, stream)
	var history feature.History
	var bias feature.Bias
	for i, w := range wanted {
		s.Labels[i], s.Users[i], s.At[i] = w.Label, w.User, w.At
		e := d.Interactions[w.At]
		now := min(stream.Moment(w.At), frozen)
		stream.Advance(now)
		stream.Refresh(e.Row)
		follows.advance(now)
		statistics, totals := stream.Statistics(), stream.Totals()
		s.crowd[i] = statistics.Crowd(e.Row, &totals)
		s.crowd[i].Follows = follows.weight(w.At)
		history = s.historyBefore(history[:0], i)
		bias.Read(d.Catalog, history, statistics, &totals)
		bias.Of(d.Catalog.Genres[e.Row], &s.crowd[i])
	}
	return s
}

// Len returns the number of rows.
func (s *Set) Len() int { return len(s.Labels) }

// Select returns the rows at the given places.
func (s *Set) Select(rows []int32) *Set {
	t := &Set{d: s.d, knows: s.knows}
	for _, r := range rows {
		t.Labels, t.Users, t.At = append(t.Labels, s.Labels[r]), append(t.Users, s.Users[r]), append(t.At, s.At[r])
		t.crowd = append(t.crowd, s.crowd[r])
	}
	return t
}

// KnowUsersOf lets rows have the userId of users with rows in training only:
// for the others a model has learned no embedding.
func (s *Set) KnowUsersOf(training *Set) {
	s.knows = make([]bool, len(s.d.Users))
	for _, u := range training.Users {
		s.knows[u] = true
	}
}

// Scores returns the numeric feature called name of every row: a baseline, if
// it is one that orders items, as ratingSum does. It panics on another name.
func (s *Set) Scores(name string) []float32 {
	source, ok := feature.SourceOf(name)
	if !ok || !source.Numeric() {
		panic("examples: no numeric feature is called " + name)
	}
	scores := make([]float32, s.Len())
	r := reader{set: s, encounter: feature.NewEncounter(s.d.Catalog)}
	for i := range scores {
		r.read(i)
		scores[i] = r.encounter.Value(source)
	}
	return scores
}

// Baselines are the features that order items without any model, the weakest
// claim first.
var Baselines = []string{"movieAvgRating", "movieShrunkenRating", "userAvgRating", "ratingSum", "shrunkenRatingSum", "baselineRating", "expectedRating"}

// historyBefore appends the history of the user of row i before it to h.
func (s *Set) historyBefore(h feature.History, i int) feature.History {
	return HistoryBefore(s.d, h, s.Users[i], s.At[i])
}

// HistoryBefore appends the newest opinions that a user had given before their
// interaction at that place of d, at most as many as features see, oldest first, to h.
func HistoryBefore(d *dataset.Dataset, h feature.History, user, at int32) feature.History {
	n := len(h)
	start := d.Start[user]
	for k := int(at) - 1; k >= start && len(h)-n < feature.Window; k-- {
		if e := d.Interactions[k]; e.Part == 0 {
			h = append(h, feature.Event{Row: e.Row, Stars: float32(e.Stars) / 2, At: int64(e.At)})
		}
	}
	slices.Reverse(h[n:])
	return h
}

// reader brings encounters to what they were at a row.
type reader struct {
	set       *Set
	encounter *feature.Encounter
	history   feature.History // scratch
}

// read sets the encounter to that of row i.
func (r *reader) read(i int) {
	s := r.set
	r.history = s.historyBefore(r.history[:0], i)
	user := s.Users[i]
	if s.knows != nil && !s.knows[user] {
		user = -1
	}
	e := s.d.Interactions[s.At[i]]
	r.encounter.SetUser(r.history, user, int64(e.At))
	r.encounter.SetItem(e.Row, s.crowd[i])
}
