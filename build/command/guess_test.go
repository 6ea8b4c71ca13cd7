package command

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// TestGuessesOfPeople guesses, where SPARROW_DATA names the folder of the real sets, the stars that people
// of MovieLens gave next after 10, 20, 40 and 80 ratings, by the demo. Four of five must be as close as the page of
// a visitor's taste says from their ratings before, and the guesses closer than the crowd's mean. The crowd
// includes these people, which flatters both a little.
func TestGuessesOfPeople(t *testing.T) {
	root := os.Getenv("SPARROW_DATA")
	if root == "" {
		t.Log("SPARROW_DATA is not set: nothing to read")
		return
	}
	data, _, err := bundledir.Read(filepath.Join("..", "..", "data", "demo"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := dataset.Open(context.Background(), filepath.Join(root, "ml-latest-small"), dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	type given struct {
		rows  []catalog.Row
		stars []float32
	}
	people := make([]given, len(d.Users))
	for u := range people {
		p := &people[u]
		for _, x := range d.Of(u) {
			if r, ok := e.Catalog().Row(d.Catalog.IDs[x.Row]); ok {
				p.rows, p.stars = append(p.rows, r), append(p.stars, float32(x.Stars)/2)
			}
		}
	}
	for _, n := range []int{10, 20, 40, 80} {
		asked, close, off, crowd := 0.0, 0.0, 0.0, 0.0
		for _, p := range people {
			if len(p.rows) <= n {
				continue
			}
			g := e.GuessStars(p.rows[:n], p.stars[:n], p.rows[n:n+1])
			d := math.Abs(float64(g.Stars[0] - p.stars[n]))
			asked, off, crowd = asked+1, off+d, crowd+math.Abs(float64(e.Quality(p.rows[n])-p.stars[n]))
			if d <= float64(g.Off[min((4*(n+1)+4)/5, n)-1])+1e-6 {
				close++
			}
		}
		t.Logf("after %d ratings: %.0f people, %.3f of the guesses are as close as said, off by %.3f, the crowd's mean by %.3f", n, asked, close/asked, off/asked, crowd/asked)
		if close/asked < 0.7 || close/asked > 0.9 || off >= crowd {
			t.Errorf("after %d ratings the page would say what does not hold", n)
		}
	}
}
