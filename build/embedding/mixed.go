package embedding

import (
	"context"
	"errors"
	"fmt"
	"math"

	"sparrow/build/plural"
	"sparrow/wasm/catalog"
)

// Second is a space of vectors that was mixed into another one.
type Second struct {
	File    string    `json:"file"`
	From    int       `json:"from"`  // its width
	Share   float64   `json:"share"` // of a cosine
	Used    int       `json:"used"`  // vectors
	Unused  []*Unused `json:"unused,omitempty"`
	Both    int       `json:"both"`    // items with a vector in each space
	Without int       `json:"without"` // items that have one in the first alone
	Alone   int       `json:"alone"`   // items that have one here alone
}

// Mixed returns a file that has the vectors of two others side by side: √(1-share) and √share long. The
// cosine of two items that have both is then (1-share) times their cosine in the first plus share times that
// in the second; an item that lacks one of them stands where the other says, with zeros in place of it. The
// second is kept in memory.
func Mixed(ctx context.Context, first, second *File, share float64, c *catalog.Catalog) (*File, *Second, error) {
	if !(share > 0 && share < 1) {
		return nil, nil, fmt.Errorf("a share of %g: what is mixed in may have more than 0 and less than 1", share)
	}
	beside := make([][]float32, c.Len())
	r, err := match(ctx, second, c, func(item catalog.Row, v []float32) { beside[item] = times(v, math.Sqrt(share)) })
	if err != nil {
		return nil, nil, err
	}
	s := &Second{File: second.Name, From: r.width, Share: share, Used: r.used, Unused: r.unused}
	f := &File{Name: first.Name + " and " + second.Name, unit: first.unit, rows: -1}
	f.read = func(row yield) error {
		s.Both, s.Without, s.Alone = 0, 0, 0
		seen, last, width := make([]bool, c.Len()), 0, 0
		err := first.read(func(at int, id string, v []float32, why string) error {
			last = at
			item, known := c.Row(catalog.ID(id))
			if why == "" {
				_, why = unit(v)
			}
			if why != "" || !known || seen[item] {
				return row(at, id, v, why)
			}
			seen[item], width = true, len(v)
			if beside[item] == nil {
				s.Without++
			} else {
				s.Both++
			}
			return row(at, id, joined(times(v, math.Sqrt(1-share)), beside[item], r.width), "")
		})
		switch {
		case err != nil:
			return err
		case width == 0:
			return errors.New("no vector of " + first.Name + " can be used, to which those of " + second.Name + " would be added")
		case width+r.width > MaxWidth:
			return fmt.Errorf("%d and %d numbers side by side; what can be read is %d", width, r.width, MaxWidth)
		}
		for item, v := range beside {
			if v == nil || seen[item] {
				continue
			}
			s.Alone++
			last++ // behind those of the first
			if err := row(last, string(c.IDs[item]), joined(make([]float32, width), v, r.width), ""); err != nil {
				return err
			}
		}
		return nil
	}
	return f, s, nil
}

// times returns v times a factor, in memory of its own.
func times(v []float32, by float64) []float32 {
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(float64(x) * by)
	}
	return out
}

// joined returns a and b, of that width, side by side; zeros for a b of nil.
func joined(a, b []float32, width int) []float32 {
	out := append(make([]float32, 0, len(a)+width), a...)
	if b == nil {
		return out[:len(a)+width]
	}
	return append(out, b...)
}

// lines returns what people are told of s.
func (s *Second) lines() (list []string) {
	list = append(list, fmt.Sprintf("%s: %s of %d numbers, mixed in: %.0f %% of a cosine; %s of both spaces, %d without this one, %d of this one alone",
		s.File, plural.Of(s.Used, "vector"), s.From, 100*s.Share, plural.Of(s.Both, "item"), s.Without, s.Alone))
	for _, u := range s.Unused {
		list = append(list, fmt.Sprintf("%s: %s", s.File, u))
	}
	return list
}
