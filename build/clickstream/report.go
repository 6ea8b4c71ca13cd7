package clickstream

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
)

// Report counts what became of files.
type Report struct {
	Lines int            `json:"lines"` // that are not empty, but for a first one with names of columns
	Rows  int            `json:"rows"`  // that were written
	Kinds map[string]int `json:"kinds"` // of these, by kind
	Bad   int            `json:"bad"`   // events that cannot be read
	Left  []Left         `json:"left"`  // why others were left out, the most frequent first once [Report.Sorted] is called

	index map[string]int
	place string
}

// Left is a reason for which events were left out, or a value of theirs.
type Left struct {
	Reason string   `json:"reason"`
	Count  int      `json:"count"`
	Bad    bool     `json:"bad"`
	Places []string `json:"places"` // the first, as "file:line" with what stands there
}

const (
	mostPlaces  = 5   // of one reason
	mostReasons = 200 // beyond which others are counted together
)

func newReport() *Report { return &Report{Kinds: map[string]int{}, index: map[string]int{}} }

// at says which line is read.
func (r *Report) at(name string, line int) { r.place = fmt.Sprintf("%s:%d", name, line) }

// bad counts an event of this line that cannot be read, with what is wrong.
func (r *Report) bad(reason, detail string) {
	r.Bad++
	r.leave(reason, detail, true)
}

// fair counts what is left out of this line by right.
func (r *Report) fair(reason string) { r.leave(reason, "", false) }

// event counts an event whose name is not known.
func (r *Report) event(name string) {
	r.leave(fmt.Sprintf("event %.60q is not known; the table in build/README.md has those that are", name), "", false)
}

func (r *Report) leave(reason, detail string, bad bool) {
	i, known := r.index[reason]
	if !known {
		if len(r.Left) >= mostReasons {
			reason, detail = "other reasons", ""
			i, known = r.index[reason]
		}
		if !known {
			i = len(r.Left)
			r.index[reason] = i
			r.Left = append(r.Left, Left{Reason: reason, Bad: bad})
		}
	}
	l := &r.Left[i]
	l.Count++
	if len(l.Places) < mostPlaces {
		place := r.place
		if detail != "" {
			place += fmt.Sprintf(": %.80q", detail)
		}
		l.Places = append(l.Places, place)
	}
}

// Sorted returns the reasons, the bad ones first, then the most frequent, ties by their words.
func (r *Report) Sorted() []Left {
	slices.SortFunc(r.Left, func(a, b Left) int {
		if a.Bad != b.Bad {
			return map[bool]int{true: -1, false: 1}[a.Bad]
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return r.Left
}

// KindNames returns the kinds of the rows, the most frequent first.
func (r *Report) KindNames() []string {
	return slices.SortedFunc(maps.Keys(r.Kinds), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.Kinds[b], r.Kinds[a]), cmp.Compare(a, b))
	})
}

// remembered is how many events a second copy is looked for among: exporters send one again
// soon or not at all.
const remembered = 1 << 18

// window remembers the last events by a hash of what names them.
type window struct {
	seed maphash.Seed
	has  map[uint64]bool
	ring []uint64
	next int
}

func newWindow() *window { return &window{seed: maphash.MakeSeed(), has: map[uint64]bool{}} }

// again reports whether key came before, and remembers it.
func (w *window) again(key string) bool {
	h := maphash.String(w.seed, key)
	if w.has[h] {
		return true
	}
	if len(w.ring) < remembered {
		w.ring = append(w.ring, h)
	} else {
		delete(w.has, w.ring[w.next])
		w.ring[w.next] = h
		w.next = (w.next + 1) % remembered
	}
	w.has[h] = true
	return false
}
