package feature

import "sparrow/wasm/catalog"

// Encounter computes what is known of one user and one item at the moment they
// meet: the features of models that judge an item by itself, without a list of
// candidates. It allocates nothing after [NewEncounter] and is not for
// concurrent use.
type Encounter struct {
	catalog *catalog.Catalog
	user    User
	history History // at most the last 100 events
	number  int32   // of the user
	now     int64
	item    Item
	crowd   Crowd

	stars float64 // Σ stars of the history
	rated float64 // events with stars
	extra [numericSources - Source(numerics)]float32
}

// NewEncounter returns an encounter between no one and nothing.
func NewEncounter(c *catalog.Catalog) *Encounter { return &Encounter{catalog: c} }

// SetUser reads the history h of a user at the moment now, in Unix seconds,
// which is not before the last event. h is used until the next call; number is
// their userId, -1 for none.
func (p *Encounter) SetUser(h History, number int32, now int64) {
	p.history, p.number, p.now = h.last(Window), number, now
	p.user.read(p.catalog, p.history)
	p.stars, p.rated = 0, 0
	for _, e := range p.history {
		if e.Stars > 0 {
			p.stars += float64(e.Stars)
			p.rated++
		}
	}
	p.readSitting()
}

func (p *Encounter) readSitting() {
	since, events, seconds := int64(0), 0, int64(0)
	if n := len(p.history); n > 0 {
		since = max(0, p.now-p.history[n-1].At)
		if since <= sittingGap {
			s := p.history.sitting()
			events, seconds = len(s), max(0, p.now-s[0].At)
		}
	}
	p.put(secondsSinceLast, float32(since))
	p.put(sittingEvents, float32(events))
	p.put(sittingSeconds, float32(seconds))
}

func (p *Encounter) put(s Source, v float32) { p.extra[s-Source(numerics)] = v }

// SetItem reads item r, of which the crowd says what crowd holds. The user is
// that of the last call of SetUser.
func (p *Encounter) SetItem(r catalog.Row, crowd Crowd) {
	p.crowd = crowd
	p.item.read(p.catalog, r, &crowd)
	p.item.readLikeness(p.catalog, &p.user, p.history)
	p.item.Numeric[TransitionFromLast] = soften(crowd.Follows)

	mean, avg := float64(crowd.MeanStars), p.user.Of(UserAvgRating)
	ofItem := shrunken(crowd.Count, crowd.AvgRating, mean)
	ofUser := (p.stars + float64(shrink*mean)) / (p.rated + shrink)
	baseline := ofItem + float64(crowd.UserBias)
	p.put(itemShrunkenRating, float32(ofItem))
	p.put(userShrunkenRating, float32(ofUser))
	p.put(itemRatingOffset, crowd.AvgRating-crowd.MeanStars)
	p.put(userRatingOffset, avg-crowd.MeanStars)
	p.put(ratingSum, crowd.AvgRating+avg)
	p.put(shrunkenRatingSum, float32(ofItem+ofUser))
	p.put(userBias, crowd.UserBias)
	p.put(genreBias, crowd.GenreBias)
	p.put(baselineRating, float32(baseline))
	p.put(expectedRating, float32(baseline+float64(crowd.GenreBias)))
}

// Value returns the numeric feature s.
func (p *Encounter) Value(s Source) float32 {
	switch {
	case int(s) < CandidateNumerics:
		return p.item.Numeric[s]
	case int(s) < int(numerics):
		return p.user.Of(Numeric(s))
	}
	return p.extra[s-Source(numerics)]
}

// IDs stores the values of s, which is not numeric, in dst, in the order of the
// feature, and -1 where there are fewer than len(dst).
func (p *Encounter) IDs(dst []int32, s Source) {
	for i := range dst {
		dst[i] = -1
	}
	switch s {
	case itemGenresAll:
		for i, g := range p.catalog.Genres[p.item.Row][:min(len(dst), len(p.catalog.Genres[p.item.Row]))] {
			dst[i] = int32(g)
		}
	case userGenresAll:
		for i := range min(len(dst), UserGenres) {
			dst[i] = int32(p.user.Genres[i]) - 1
		}
	case userRatedItems, userHistory, userHistoryStars, userHistoryGenre:
		p.events(dst, s)
	default:
		dst[0] = p.id(s)
	}
}

// id returns the value of s, which has one at most, or -1.
func (p *Encounter) id(s Source) int32 {
	switch {
	case s == itemID:
		return int32(p.item.Row)
	case s == userID:
		return p.number
	case s < userGenre1:
		return int32(p.item.Genres[s-itemGenre1]) - 1
	case s < userRatedItem1:
		return int32(p.user.Genres[s-userGenre1]) - 1
	}
	return int32(p.user.Items[s-userRatedItem1])
}

// events stores the values of s for the newest events, newest first, in dst.
func (p *Encounter) events(dst []int32, s Source) {
	k := 0
	for i := len(p.history) - 1; i >= 0 && k < len(dst); i-- {
		e := p.history[i]
		switch s {
		case userRatedItems:
			if !e.Positive() {
				continue
			}
			dst[k] = int32(e.Row)
		case userHistory:
			dst[k] = int32(e.Row)
		case userHistoryStars:
			dst[k] = int32(e.Stars * 2)
		case userHistoryGenre:
			if genres := p.catalog.Genres[e.Row]; len(genres) > 0 {
				dst[k] = int32(genres[0])
			}
		}
		k++
	}
}
