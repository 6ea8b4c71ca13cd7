package dataset

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

	"sparrow/wasm/catalog"
)

// Shape describes a synthetic data set with a known answer. Item r belongs to
// group r mod Groups, which is its genre, and has the sequel r+Groups. Each
// user likes the group u mod Groups: four of five of their items come from it,
// the more popular the earlier (Zipf), with 4 to 5 stars, the others from
// anywhere with 1 to 3; after three of ten of their items comes the sequel.
type Shape struct {
	Seed         uint64
	Users        int
	Items        int
	Interactions int // about so many: a user sees half of the items at most
	Groups       int // at most 255
}

// Group returns the group of the item at r.
func (s Shape) Group(r catalog.Row) int { return int(r) % s.Groups }

// users yields the interactions of one user after the other, oldest first. The
// slice is overwritten by the next.
func (s Shape) users() iter.Seq2[int, []Interaction] {
	return func(yield func(int, []Interaction) bool) {
		r := rand.New(rand.NewPCG(s.Seed, 0x53796e746865))
		per := s.Items / s.Groups // items of a group
		inGroup := rand.NewZipf(r, 1.1, 10, uint64(per-1))
		anywhere := rand.NewZipf(r, 1.1, 10, uint64(s.Items-1))
		seen := make([]int, s.Items) // user+1
		var list []Interaction
		for u := range s.Users {
			// A quarter of the users has a quarter of the mean, and so on.
			n := [4]int{1, 2, 4, 9}[u%4] * s.Interactions / s.Users / 4
			n = max(2, min(n, s.Items/2))
			at := uint32(1_000_000_000 + r.IntN(100_000_000))
			list = list[:0]
			for last := -1; len(list) < n; {
				m, stars := 0, uint8(0)
				if next := last + s.Groups; last >= 0 && next < s.Items && r.IntN(10) < 3 {
					m = next
				} else if r.IntN(5) < 4 {
					m = int(inGroup.Uint64())*s.Groups + u%s.Groups
				} else {
					m = int(anywhere.Uint64())
				}
				for seen[m] == u+1 {
					m = (m + s.Groups) % s.Items
					if r.IntN(4) == 0 { // leave a chain that is all seen
						m = r.IntN(s.Items)
					}
				}
				if seen[m], last = u+1, m; m%s.Groups == u%s.Groups {
					stars = uint8(8 + r.IntN(3))
				} else {
					stars = uint8(2 + r.IntN(5))
				}
				at += uint32(1 + r.IntN(1+400_000_000/n)) // six years or so in all
				list = append(list, Interaction{Row: catalog.Row(m), At: at, Stars: stars})
			}
			if !yield(u, list) {
				return
			}
		}
	}
}

// Synthetic returns the data set of shape s.
func Synthetic(s Shape) *Dataset {
	cat := new(catalog.Catalog)
	for g := range s.Groups {
		cat.GenreNames = append(cat.GenreNames, "Group "+strconv.Itoa(g))
	}
	for m := range s.Items {
		cat.IDs = append(cat.IDs, catalog.ID(s.id(m)))
		cat.Titles = append(cat.Titles, s.title(m))
		cat.Years = append(cat.Years, s.year(m))
		cat.Genres = append(cat.Genres, []uint8{uint8(m % s.Groups)})
	}
	cat.Tags = make([][]uint16, s.Items)
	cat.Index()
	c := newCollector()
	for u, list := range s.users() {
		id := c.user([]byte(strconv.Itoa(u + 1)))
		for _, i := range list {
			c.row++
			c.add(id, i.Row, i.At, i.Stars)
		}
	}
	d := c.dataset(cat.IDs, func(string, catalog.Row, bool) {})
	d.Catalog, d.Name = cat, "Synthetic"
	return d
}

// Write writes the data set of shape s into the folder dir as items.csv and
// interactions.csv; [Open] reads it back as [Synthetic] makes it.
func (s Shape) Write(ctx context.Context, dir string) error {
	err := WriteFile(filepath.Join(dir, "items.csv"), func(w *bufio.Writer) error {
		fmt.Fprintln(w, "item_id,title,year,genres")
		for m := range s.Items {
			fmt.Fprintf(w, "%s,%s,%d,Group %d\n", s.id(m), s.title(m), s.year(m), m%s.Groups)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return WriteFile(filepath.Join(dir, "interactions.csv"), func(w *bufio.Writer) error {
		fmt.Fprintln(w, "user_id,item_id,timestamp,rating")
		var b []byte
		for u, list := range s.users() {
			if err := ctx.Err(); err != nil {
				return err
			}
			for _, i := range list {
				b = append(strconv.AppendInt(b[:0], int64(u+1), 10), ',')
				b = append(append(b, s.id(int(i.Row))...), ',')
				b = append(strconv.AppendUint(b, uint64(i.At), 10), ',')
				b = strconv.AppendFloat(b, float64(i.Stars)/2, 'f', 1, 64)
				if _, err := w.Write(append(b, '\n')); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (s Shape) id(m int) string    { return strconv.Itoa(m + 1) }
func (s Shape) title(m int) string { return "Movie " + strconv.Itoa(m+1) }
func (s Shape) year(m int) int16   { return int16(1950 + m%70) }

// WriteFile makes the file path of what rows writes. After an error it may hold a part.
func WriteFile(path string, rows func(*bufio.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<16)
	if err := rows(w); err != nil {
		f.Close()
		return err
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
