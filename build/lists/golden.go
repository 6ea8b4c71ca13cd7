package lists

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// Golden is an item of a set that was written from knowledge of the items, before
// the engine's lists were read: what one who knows them expects among the
// [GoldenLength] most similar, and what would be wrong there.
type Golden struct {
	ID    string      `json:"id"`
	Title string      `json:"title"`
	Musts [][2]string `json:"musts"` // id and title
	Nots  [][2]string `json:"nots"`
}

// GoldenLength is how many items of a list are looked at.
const GoldenLength = 16

// ReadGolden reads a set, an item a line.
func ReadGolden(file string) (set []Golden, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var g Golden
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, len(set)+1, err)
		}
		set = append(set, g)
	}
	return set, lines.Err()
}

// Judgement is how the lists of an engine meet a golden set.
type Judgement struct {
	Musts, Nots     int      // of the set
	Found, Wrong    int      // of these among the most similar
	Missed, Misused []string // "title: title" of what is not found, and of what is wrong
}

// Judge compares the lists of e with a set. It is an error that the catalog lacks
// an item, or has it under another title.
func Judge(e *engine.Engine, set []Golden) (j Judgement, err error) {
	for _, g := range set {
		r, err := named(e, [2]string{g.ID, g.Title})
		if err != nil {
			return j, err
		}
		list := e.Similar(r, GoldenLength)
		listed := func(item [2]string) (bool, error) {
			r, err := named(e, item)
			return slices.ContainsFunc(list, func(s engine.Similar) bool { return s.Row == r }), err
		}
		for _, must := range g.Musts {
			j.Musts++
			switch is, err := listed(must); {
			case err != nil:
				return j, err
			case is:
				j.Found++
			default:
				j.Missed = append(j.Missed, g.Title+": "+must[1])
			}
		}
		for _, not := range g.Nots {
			j.Nots++
			switch is, err := listed(not); {
			case err != nil:
				return j, err
			case is:
				j.Wrong++
				j.Misused = append(j.Misused, g.Title+": "+not[1])
			}
		}
	}
	return j, nil
}

// named returns the row of an item of a set.
func named(e *engine.Engine, item [2]string) (catalog.Row, error) {
	c := e.Catalog()
	r, known := c.Row(catalog.ID(item[0]))
	if !known {
		return catalog.None, fmt.Errorf("the catalog has no item %s (%s)", item[0], item[1])
	}
	if title := fmt.Sprintf("%s (%d)", c.Titles[r], c.Years[r]); title != item[1] {
		return catalog.None, fmt.Errorf("item %s is %q, want %q", item[0], title, item[1])
	}
	return r, nil
}

// FoundShare returns the share of the musts among the most similar, in percent.
func (j Judgement) FoundShare() float64 { return 100 * float64(j.Found) / float64(max(1, j.Musts)) }

// WrongShare returns the share of the must-nots there, in percent.
func (j Judgement) WrongShare() float64 { return 100 * float64(j.Wrong) / float64(max(1, j.Nots)) }

// Halves divides a set by its lines: the first, the third and so on, with which
// parameters may be chosen, and the others, which say what they are worth.
func Halves(set []Golden) (odd, even []Golden) {
	for i, g := range set {
		if i%2 == 0 {
			odd = append(odd, g)
		} else {
			even = append(even, g)
		}
	}
	return odd, even
}
