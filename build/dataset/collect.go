package dataset

import (
	"cmp"
	"slices"

	"sparrow/wasm/catalog"
)

// chunkRows is how many interactions a chunk holds: 0.8 MB.
const chunkRows = 1 << 16

// chunk is a part of the columns in the order of the file: 13 bytes a row,
// 16 with weights and kinds.
type chunk struct {
	user  [chunkRows]uint32
	row   [chunkRows]catalog.Row
	at    [chunkRows]uint32
	stars [chunkRows]uint8 // a code

	weight *[chunkRows]uint16 // codes, see confidence.go; nil where every weight is 1
	kind   *[chunkRows]kind   // nil where none is told
}

// collector takes interactions in the order of a file and sorts them. Chunks
// grow without copying, and a counting sort by user moves them into their
// final 12 bytes, so 28 bytes an interaction are in memory at most.
type collector struct {
	users  map[string]uint32
	names  []string
	chunks []*chunk
	n      int

	// Of a file of histories: users without a usable row stay, and users and rows
	// without times keep the order of the file.
	histories bool

	row     int      // place in the file of the row that is being read
	weight  uint16   // code of its weight; 0 is 1
	kind    kind     // of its event
	count   counting // of the rows
	untimed int      // rows without a time
	repeats string   // what becomes of equal pairs: see [Options]
	w       *weighing
	done    *done // nil where no kind of event is told

	times            times       // how they are written
	commas           int         // decimal ones
	unweighted       int         // rows without a weight where others have one
	percents, thumbs int         // ratings that end in %, or are words
	floats           int         // ids that differ by .0 from the item's
	counts           [256]int    // of ratings, by code
	first            [256]int    // line of the first rating of each code
	stars            *[256]uint8 // half stars of each code; nil where ratings are half stars

	last     []byte // the user of the row before: most files are grouped by user
	lastUser uint32
}

func newCollector() *collector {
	return &collector{users: make(map[string]uint32), w: new(weighing)}
}

// user returns the number of the user called id, a new one on first sight.
func (c *collector) user(id []byte) uint32 {
	if c.names != nil && string(id) == string(c.last) {
		return c.lastUser
	}
	u, ok := c.users[string(id)]
	if !ok {
		u = uint32(len(c.names))
		s := string(id)
		c.users[s] = u
		c.names = append(c.names, s)
	}
	c.last, c.lastUser = append(c.last[:0], id...), u
	return u
}

func (c *collector) add(user uint32, row catalog.Row, at uint32, stars uint8) {
	i := c.n % chunkRows
	if i == 0 {
		c.chunks = append(c.chunks, new(chunk))
	}
	k := c.chunks[len(c.chunks)-1]
	k.user[i], k.row[i], k.at[i], k.stars[i] = user, row, at, stars
	if c.weight != 0 && k.weight == nil {
		k.weight = new([chunkRows]uint16)
	}
	if k.weight != nil {
		k.weight[i] = c.weight
	}
	if c.kind != noKind && k.kind == nil {
		k.kind = new([chunkRows]kind)
		if c.done == nil {
			c.done = new(done)
		}
	}
	if k.kind != nil {
		k.kind[i] = c.kind
	}
	c.n++
	c.count.add(c.row, at)
}

// sortUsers sorts the users by the length of their ids and then by their bytes,
// as numbers are sorted, and returns the new number of each: what is trained
// depends on it, and must not depend on the order of a file. Those of histories
// keep it.
func (c *collector) sortUsers() []uint32 {
	number, order := make([]uint32, len(c.names)), make([]uint32, len(c.names))
	for u := range order {
		order[u] = uint32(u)
	}
	if !c.histories {
		slices.SortFunc(order, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(len(c.names[a]), len(c.names[b])), cmp.Compare(c.names[a], c.names[b]))
		})
	}
	names := make([]string, len(order))
	for i, u := range order {
		number[u], names[i] = uint32(i), c.names[u]
	}
	c.names = names
	return number
}

// dataset sorts what was collected and hands it over with the users. Of equal
// pairs of user and item the newest stays, of equally old ones the one with the
// most stars; repeated is called for each of the others, and reports whether their
// weights were added to it. ids are those of the items. The Confidence of what stays
// is still the code of its weight.
func (c *collector) dataset(ids []catalog.ID, repeated func(user string, row catalog.Row, added bool)) *Dataset {
	U, number := len(c.names), c.sortUsers()
	start := make([]int, U+1)
	for i, k := range c.chunks {
		for _, u := range k.user[:min(chunkRows, c.n-i*chunkRows)] {
			start[number[u]+1]++
		}
	}
	for u := range U {
		start[u+1] += start[u]
	}
	stars := c.stars
	if stars == nil {
		stars = new([256]uint8)
		for i := range stars {
			stars[i] = uint8(i)
		}
	}
	left := slices.Contains(stars[:], outside) && c.stars != nil
	all := make([]Interaction, c.n)
	next := slices.Clone(start[:U])
	for i, k := range c.chunks {
		for j, u := range k.user[:min(chunkRows, c.n-i*chunkRows)] {
			e := Interaction{Row: k.row[j], At: k.at[j], Stars: stars[k.stars[j]]}
			if k.weight != nil {
				e.Confidence = k.weight[j]
			}
			if k.kind != nil {
				e.Part = uint8(k.kind[j])
			}
			u := number[u]
			all[next[u]] = e
			next[u]++
		}
		c.chunks[i] = nil
	}
	c.chunks, c.users = nil, nil

	d := &Dataset{Users: c.names, Start: make([]int, U), End: make([]int, U)}
	seen, lots := make([]uint32, len(ids)), newLots(ids) // seen: user+1 who was last seen with the item
	c.weigh(all, start)
	sums := newSums(len(ids), c.repeats, c.w, c.done)
	bought := buying{undated: c.histories}
	w := 0
	for u := range U {
		s := all[start[u]:start[u+1]]
		if left {
			s = slices.DeleteFunc(s, func(i Interaction) bool { return i.Stars == outside })
		}
		if !c.histories {
			lots.sort(c.names[u], s)
		} else if !slices.ContainsFunc(s, func(i Interaction) bool { return i.At == 0 }) {
			slices.SortStableFunc(s, func(a, b Interaction) int { return cmp.Compare(a.At, b.At) })
		}
		k := len(s)
		for i := len(s) - 1; i >= 0; i-- {
			if !sums.takeBack(&s[i]) {
				continue
			}
			bought.take(s[i])
			if seen[s[i].Row] == uint32(u)+1 {
				repeated(c.names[u], s[i].Row, sums.add(s, s[i]))
				continue
			}
			seen[s[i].Row] = uint32(u) + 1
			k--
			s[k] = s[i]
			sums.keep(s, k)
		}
		sums.flush(s)
		bought.next()
		d.Start[u] = w
		w += copy(all[w:], s[k:])
		d.End[u] = w
	}
	d.Interactions = all[:w:w]
	if c.histories {
		d.Bought, d.BoughtEnd = bought.all, bought.end
	} else {
		d.settle(ids, c.count.numbered())
		if c.done != nil {
			c.done.unbasketed = bought.store(d)
		}
	}
	return d
}

// weigh counts what all did of each kind, and finds out what counts in full. Histories
// count in full whatever they are of.
func (c *collector) weigh(all []Interaction, start []int) {
	if c.done == nil {
		return
	}
	for u := range c.names {
		c.done.count(all[start[u]:start[u+1]])
	}
	if !c.histories {
		c.done.top = c.w.full(c.done.users, len(c.names))
	}
}
