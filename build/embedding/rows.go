package embedding

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"sparrow/build/plural"
	"sparrow/wasm/catalog"
)

// Unused are rows of a file that are not used, for one reason.
type Unused struct {
	Reason string   `json:"reason"`
	Count  int      `json:"count"`
	First  []string `json:"first"` // places of the first few, with the id: row 5 "x"
}

// shown is how many places of a reason are named.
const shown = 3

// String returns the sentence that people are told.
func (u *Unused) String() string {
	more := ""
	if u.Count > len(u.First) {
		more = ", …"
	}
	return fmt.Sprintf("%s not used, %s: %s%s", plural.Of(u.Count, "vector"), u.Reason, strings.Join(u.First, ", "), more)
}

// rows are the rows of a file that are used.
type rows struct {
	file   *File
	width  int
	item   []catalog.Row // of each row that the file has; catalog.None where it is not used
	used   int
	unused []*Unused
	has    []bool    // [N] items that have a vector
	length []float32 // [N] of that in the file; 0 without one
}

// match reads f once and finds the item of c that each row is of. A row is not used where its
// id is not in the catalog or came before, or where its numbers are no direction. keep takes
// the vectors of those that are, of length 1, valid until it returns.
func match(ctx context.Context, f *File, c *catalog.Catalog, keep func(item catalog.Row, v []float32)) (*rows, error) {
	r := &rows{file: f, has: make([]bool, c.Len()), length: make([]float32, c.Len())}
	var other string
	err := f.read(func(at int, id string, v []float32, why string) error {
		if at&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		length := float32(0)
		item, known := c.Row(catalog.ID(id))
		switch {
		case why != "":
		case id == "":
			why = "no id"
		case !known:
			why, other = "an id that is not in the catalog", id
		case r.has[item]:
			why = "an id that came before, whose first vector stays"
		default:
			length, why = unit(v)
		}
		if why != "" {
			r.drop(why, fmt.Sprintf("%s %d %s", f.unit, at, strconv.Quote(id)))
			r.item = append(r.item, catalog.None)
			return nil
		}
		r.width, r.has[item], r.length[item] = len(v), true, length
		r.item = append(r.item, item)
		r.used++
		keep(item, v)
		return nil
	})
	if err == nil && r.used == 0 {
		err = r.nothing(c, other)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return r, nil
}

// nothing is the error of a file none of whose rows are used. other is an id that is not in
// the catalog.
func (r *rows) nothing(c *catalog.Catalog, other string) error {
	var why []string
	for _, u := range r.unused {
		why = append(why, u.String())
	}
	advice := ""
	if other != "" {
		advice = fmt.Sprintf("; its ids look like %q, those of the catalog like %q: write the catalog's own", other, c.IDs[0])
	}
	return fmt.Errorf("no vector can be used: %s%s", strings.Join(why, "; "), advice)
}

func (r *rows) drop(reason, place string) {
	for _, u := range r.unused {
		if u.Reason == reason {
			if u.Count++; len(u.First) < shown {
				u.First = append(u.First, place)
			}
			return
		}
	}
	r.unused = append(r.unused, &Unused{reason, 1, []string{place}})
}

// again reads the rows that are used once more, of length 1, each with its item.
func (r *rows) again(ctx context.Context, row func(item catalog.Row, v []float32)) error {
	i := 0
	err := r.file.read(func(at int, _ string, v []float32, _ string) error {
		if at&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		changed := i == len(r.item)
		if !changed && r.item[i] != catalog.None {
			_, why := unit(v)
			changed = why != ""
		}
		if changed {
			return fmt.Errorf("%s %d: the file changed while it was read", r.file.unit, at)
		}
		if item := r.item[i]; item != catalog.None {
			row(item, v)
		}
		i++
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s: %w", r.file.Name, err)
	}
	return nil
}

// unit divides v by its length, which it returns, or says why it has no direction.
func unit(v []float32) (length float32, why string) {
	var squares float64
	for _, x := range v {
		squares += float64(x) * float64(x)
	}
	switch {
	case math.IsNaN(squares) || math.IsInf(squares, 0):
		return 0, "a number that is NaN or infinite"
	case squares < 1e-60:
		return 0, "zeros alone"
	}
	scale := 1 / math.Sqrt(squares)
	for i, x := range v {
		v[i] = float32(float64(x) * scale)
	}
	return float32(math.Sqrt(squares)), ""
}
