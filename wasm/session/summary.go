package session

import (
	"math"
	"slices"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vec"
)

// summarize answers with what the page of the visitor's taste says.
func (s *Session) summarize(a *protocol.Answer, q *protocol.Request) {
	m := &protocol.Summary{Liked: float32(len(s.profile.liked))}
	s.interests(a, q)
	s.over(m, q.Offset)
	if m.Liked >= protocol.FewestLiked {
		m.Depth, m.CrowdDepth = median(s.profile.liked, s.engine), s.engine.HalfDepth()
	}
	var rows []catalog.Row
	if q.ID != "" {
		rows = s.basket(a, q.ID)
		a.Cards = s.cards(rows)
	}
	if s.engine.Rated() {
		s.starred(m, rows)
	}
	a.Bytes = m.Append(nil)
}

// median returns the depth that at least half of the items lie no deeper than.
func median(rows []catalog.Row, e *engine.Engine) float32 {
	order := vec.Sorted(len(rows), func(a, b int32) bool { return e.Depth(rows[a]) < e.Depth(rows[b]) })
	return e.Depth(rows[order[(len(rows)-1)/2]])
}

// starred fills what follows from the visitor's stars, with guesses for rows.
func (s *Session) starred(m *protocol.Summary, rows []catalog.Row) {
	var rated []catalog.Row
	var stars []float32
	var n, x, y, xx, yy, xy float64 // sums: of the visitor's stars and the crowd's means
	for _, ev := range s.profile.history {
		if s.profile.of(ev.Row).action != protocol.Rate {
			continue
		}
		rated, stars = append(rated, ev.Row), append(stars, ev.Stars)
		if mean := float64(s.engine.Quality(ev.Row)); mean > 0 {
			own := float64(ev.Stars)
			n, x, y, xx, yy, xy = n+1, x+own, y+mean, xx+own*own, yy+mean*mean, xy+own*mean
		}
	}
	m.Rated, m.Compared = float32(len(rated)), float32(n)
	if n >= protocol.FewestRated {
		xx, yy, xy = xx-x*x/n, yy-y*y/n, xy-x*y/n // about the means
		m.Beyond, m.Doubt = float32((x-y)/n), float32(math.Sqrt(max(0, xx+yy-2*xy)/(n-1)/n))
		if xx > 1e-6 && yy > 1e-6 {
			r := min(max(xy/math.Sqrt(xx*yy), -0.999), 0.999)
			// Fisher's transformation ½ ln (1+r)/(1-r) is normal with variance 1/(n-3).
			odds, wide := (1+r)/(1-r), math.Exp(2*1.96/math.Sqrt(n-3))
			m.Follows, m.Least, m.Most = float32(r), float32((odds/wide-1)/(odds/wide+1)), float32((odds*wide-1)/(odds*wide+1))
		}
	}
	if m.Rated < protocol.FewestRated {
		return
	}
	g := s.engine.GuessStars(rated, stars, rows)
	tested := len(g.Off)
	m.Guesses, m.Tested, m.MeanOff, m.CrowdOff = g.Stars, float32(tested), g.MeanOff, g.CrowdOff
	// Of n+1 errors in any order the last is no larger than the k-th of the others with probability
	// k/(n+1): Vovk et al., Algorithmic Learning in a Random World, 2005, with k so that it is 0.8 or more.
	m.Off = g.Off[min((4*(tested+1)+4)/5, tested)-1]
}

// over fills what the visitor liked, rated or has seen over time.
func (s *Session) over(m *protocol.Summary, zone int) {
	var rows []catalog.Row
	var months []int // since the year 0, parallel
	first, last := math.MaxInt32, 0
	for _, ev := range s.profile.history {
		if s.profile.of(ev.Row).action != protocol.View {
			month := monthOf(ev.At + int64(zone))
			rows, months = append(rows, ev.Row), append(months, month)
			first, last = min(first, month), max(last, month)
		}
	}
	width := 12 // months of a period
	if first/12 == last/12 {
		width = 1
	}
	first, last = first/width, last/width
	if first >= last {
		return
	}
	first = max(first, last-protocol.MostPeriods+1)
	for p := first; p <= last; p++ {
		name := strconv.Itoa(p * width / 12)
		if width == 1 {
			name += "-" + strconv.Itoa(101 + p%12)[1:]
		}
		m.Periods = append(m.Periods, name)
	}
	n := len(m.Periods)
	m.Entries = make([]float32, n)
	genres := make([]float32, len(s.catalog.GenreNames)*n)
	decades := make([]float32, (math.MaxInt16/10+1)*n)
	for i, r := range rows {
		p := months[i]/width - first
		if p < 0 {
			m.Earlier++
			continue
		}
		m.Entries[p]++
		for _, g := range s.catalog.Genres[r] {
			genres[int(g)*n+p]++
		}
		decades[int(s.catalog.Years[r])/10*n+p]++
	}
	clear(decades[:n]) // of the year 0, which is none
	top := most(genres, n)
	m.Genres = called(s.catalog.GenreNames, top)
	part(m, genres, top)
	top = most(decades, n)
	for d := range len(decades) / n {
		if slices.Contains(top, d) {
			m.Decades = append(m.Decades, strconv.Itoa(10*d))
			part(m, decades, []int{d})
		}
	}
}

// most returns the rows of counts, [m×n], with the largest sums, ties by row: at most
// [protocol.MostBands], and none that is 0.
func most(counts []float32, n int) (top []int) {
	sums := make([]float32, len(counts)/n)
	for i, c := range counts {
		sums[i/n] += c
	}
	for _, row := range vec.Sorted(len(sums), func(a, b int32) bool { return sums[a] > sums[b] }) {
		if len(top) < protocol.MostBands && sums[row] > 0 {
			top = append(top, int(row))
		}
	}
	return top
}

// part appends to m's parts the shares of its entries that some rows of counts are.
func part(m *protocol.Summary, counts []float32, rows []int) {
	for _, row := range rows {
		for i, n := range m.Entries {
			m.Parts = append(m.Parts, counts[row*len(m.Entries)+i]/max(1, n))
		}
	}
}

// monthOf returns the month, in months since the year 0, of a moment in Unix seconds.
// Source: Hinnant, chrono-Compatible Low-Level Date Algorithms, civil_from_days.
func monthOf(at int64) int {
	days := at / 86400
	if at%86400 < 0 {
		days--
	}
	days += 719468 // since 1 March of the year 0
	era := days / 146097
	day := days - era*146097
	year := (day - day/1460 + day/36524 - day/146096) / 365
	day -= 365*year + year/4 - year/100
	month := (5*day + 2) / 153 // from March on
	return int(12*(year+era*400)+month) + 2
}
