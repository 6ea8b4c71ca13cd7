//go:build cluster

package cluster

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// made is a made-up log of the shape of MovieLens. Odd ones have what is rare in one: rows
// that are left out, repeats, equal moments, no ratings, no years, ids that are no numbers.
type made struct {
	items, users, rows int
	odd                bool
}

func (m made) write(t *testing.T, dir string) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	genres := strings.Split("Action|Adventure|Animation|Children|Comedy|Crime|Documentary|Drama|Fantasy|Film-Noir|Horror|Musical|Mystery|Romance|Sci-Fi|Thriller|War|Western", "|")
	create := func(name string) (*os.File, *bufio.Writer) {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return f, bufio.NewWriterSize(f, 1<<20)
	}
	f, w := create("items.csv")
	fmt.Fprintln(w, "item_id,title,year,genres")
	for i := range m.items {
		r.Shuffle(len(genres), func(a, b int) { genres[a], genres[b] = genres[b], genres[a] })
		year := strconv.Itoa(1930 + r.IntN(90))
		if m.odd && i%11 == 0 {
			year = ""
		}
		fmt.Fprintf(w, "%d,\"Item \"\"%d\"\", made up\",%s,%s\n", i, i, year, strings.Join(genres[:r.IntN(5)], "|"))
	}
	closed(t, f, w)
	f, w = create("interactions.csv")
	fmt.Fprintln(w, "user_id,item_id,timestamp,rating")
	popular := rand.NewZipf(r, 1.1, 20, uint64(m.items-1))
	for u := range m.users {
		id := strconv.Itoa(u)
		if m.odd && u%7 == 0 {
			id = "Zoë " + id
		}
		at := 1_000_000_000 + r.IntN(300_000_000)
		for range max(1, [4]int{1, 2, 4, 9}[u%4]*m.rows/m.users/4) {
			if r.IntN(5) > 0 {
				at += 1 + r.IntN(40_000)
			}
			rating := strconv.FormatFloat(float64(1+r.IntN(10))/2, 'f', -1, 64)
			if m.odd && r.IntN(9) == 0 {
				rating = ""
			}
			fmt.Fprintf(w, "%s,%d,%d,%s\n", id, popular.Uint64(), at, rating)
		}
	}
	if m.odd {
		fmt.Fprintln(w, ",1,1000000000,3\n5,none,1000000000,3\n5,1,soon,3\n5,1,1000000000,seven")
	}
	closed(t, f, w)
}

func closed(t *testing.T, f *os.File, w *bufio.Writer) {
	t.Helper()
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
