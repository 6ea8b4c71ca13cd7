package feedback

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"sparrow/build/plural"
	"sparrow/wasm/event"
)

// Report holds what was read, and what was left out and why.
type Report struct {
	Segments   int      `json:"segments"`
	Skipped    int      `json:"skipped"` // segments of days before Options.Since
	Bytes      int64    `json:"bytes"`
	Records    int      `json:"records"`
	Received   int      `json:"received"`   // good events of all records: Events + Duplicates + Erased
	Events     int      `json:"events"`     // that stay
	Duplicates int      `json:"duplicates"` // of an event that had arrived before
	Erased     int      `json:"erased"`     // of visitors who wanted them deleted, dead letters not counted
	Erasures   int      `json:"erasures"`   // visitors who did
	Visitors   int      `json:"visitors"`   // of the events that stay
	Sessions   int      `json:"sessions"`   // likewise
	Late       int      `json:"late"`       // of the events that stay, arrived more than LateAfter after they happened
	Kinds      []Count  `json:"kinds"`      // of the events that stay
	Dead       []Count  `json:"dead"`       // dead letters by reason; one that arrived again counts once
	Dropped    []Count  `json:"dropped"`    // events that devices lost because their outbox was full, by kind
	Torn       []Damage `json:"torn"`       // segments that end in the middle of a record
	Damaged    []Damage `json:"damaged"`    // segments with bytes that are no record

	Guarded *Guarded `json:"guarded,omitempty"` // what was left out after that, where a guard was asked for
}

// Count is how often something was met. Counts come largest first.
type Count struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Damage is what was lost of a segment.
type Damage struct {
	Segment string `json:"segment"`
	Offset  int64  `json:"offset"` // of the first byte that is lost
	Lost    int64  `json:"lost"`   // bytes in all, of that place and of others behind it
	Why     string `json:"why"`    // that place is not a record
}

func (d Damage) String() string {
	return fmt.Sprintf("%s: byte %d: lost %s: %s", d.Segment, d.Offset, plural.Of(d.Lost, "byte"), d.Why)
}

// Total returns the sum of counts.
func Total(counts []Count) (n int) {
	for _, c := range counts {
		n += c.Count
	}
	return n
}

// sorted returns the entries of m, the largest first, ties by name.
func sorted[K ~string](m map[K]int) []Count {
	list := make([]Count, 0, len(m))
	for name, n := range m {
		list = append(list, Count{string(name), n})
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return list
}

// describe counts what stayed.
func (r *Report) describe(events []Event) {
	kinds, dropped := make(map[event.Kind]int), make(map[event.Kind]int)
	r.Events = len(events)
	for i := range events {
		e := &events[i]
		kinds[e.Kind]++
		if e.Kind == event.Dropped {
			dropped[e.Of] += int(e.Count)
		}
		if e.Received-e.At > LateAfter.Milliseconds() {
			r.Late++
		}
		if i == 0 || e.Visitor != events[i-1].Visitor {
			r.Visitors++
			r.Sessions++
		} else if e.Session != events[i-1].Session {
			r.Sessions++
		}
	}
	r.Kinds, r.Dropped = sorted(kinds), sorted(dropped)
}

// WriteTable writes the report for people.
func (r *Report) WriteTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	row := func(name string, n int, note string) {
		if note != "" {
			note = "\t" + note
		}
		fmt.Fprintf(t, "%s\t%d%s\n", name, n, note)
	}
	list := func(title string, counts []Count) {
		row(title, Total(counts), "")
		for _, c := range counts {
			row("  "+c.Name, c.Count, "")
		}
	}
	row("segments", r.Segments, plural.Of(r.Bytes, "byte")+", "+plural.Of(r.Records, "record"))
	if r.Skipped > 0 {
		row("older segments", r.Skipped, "not read")
	}
	row("received", r.Received, "good events of all records")
	row("duplicates", r.Duplicates, "arrived before")
	row("erased", r.Erased, plural.Of(r.Erasures, "visitor")+" wanted theirs deleted")
	list("events", r.Kinds)
	row("late", r.Late, fmt.Sprintf("of them arrived more than %.0f hours after they happened", LateAfter.Hours()))
	row("visitors", r.Visitors, "in "+plural.Of(r.Sessions, "session"))
	if g := r.Guarded; g != nil {
		row("networks", g.Networks, "that brought new visitors, each counted once a day")
		row("  unknown", g.Unknown, "visitors, each taken for a network")
		row("  crowded", g.Left, fmt.Sprintf("visitors beyond the %d new ones a day that a network stands for: no model learns from them", g.Most))
	}
	list("dead letters", r.Dead)
	list("dropped on devices", r.Dropped)
	row("torn segments", len(r.Torn), "end in the middle of a record")
	row("damaged segments", len(r.Damaged), "hold bytes that are no record")
	if err := t.Flush(); err != nil {
		return err
	}
	for _, d := range slices.Concat(r.Torn, r.Damaged) {
		if _, err := fmt.Fprintln(w, d); err != nil {
			return err
		}
	}
	return nil
}
