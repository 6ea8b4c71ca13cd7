package session

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
)

// BenchmarkAsk measures what a visitor of 3, 20 and 100 likes waits for, with a like
// between two questions that the one before did not know: what an encoder remembers
// of the last history must not flatter. SPARROW_BUNDLE names a file of another bundle than the
// demo's. Beside the mean it reports the least of all rounds.
func BenchmarkAsk(b *testing.B) {
	s := demo(b)
	if file := os.Getenv("SPARROW_BUNDLE"); file != "" {
		data, err := os.ReadFile(file)
		if err == nil {
			s, err = Open(data)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	known, _ := s.engine.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByPopularity, 0, 800)
	for _, likes := range []int{3, 20, 100} {
		for _, ask := range []struct {
			name    string
			request protocol.Request
		}{
			{"list", protocol.Request{Verb: protocol.Recommend, K: 20, Variety: -1, Reasons: protocol.Later}},
			{"list and reasons", protocol.Request{Verb: protocol.Recommend, K: 20, Variety: -1}},
			{"home", protocol.Request{Verb: protocol.Home, K: 13, Variety: -1, Reasons: protocol.Later}},
			{"home and reasons", protocol.Request{Verb: protocol.Home, K: 13, Variety: -1}},
			{"explain", protocol.Request{Verb: protocol.Explain, ID: s.catalog.IDs[known[0]], Variety: -1}},
		} {
			b.Run("likes="+strconv.Itoa(likes)+"/"+ask.name, func(b *testing.B) {
				rng := rand.New(rand.NewPCG(1, 2))
				order := rng.Perm(len(known) - 1)
				like := func(i int) {
					e := protocol.Entry{ID: s.catalog.IDs[known[1+order[i%len(order)]]], Action: protocol.Like, At: int64(1e9 + i)}
					if a := s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{e}}); a.Error != nil {
						b.Fatal(a.Error.Text)
					}
				}
				s.Load(nil)
				for i := range likes - 1 {
					like(i)
				}
				took := make([]float64, 0, 1000)
				next := likes
				for b.Loop() {
					like(next)
					next++
					began := time.Now()
					s.Answer(ask.request)
					took = append(took, float64(time.Since(began).Nanoseconds())/1e6)
					s.Answer(protocol.Request{Verb: protocol.Undo})
				}
				slices.Sort(took)
				b.ReportMetric(took[0], "least-ms")
				b.ReportMetric(took[len(took)/2], "median-ms")
			})
		}
	}
}

// demo opens the project's demo bundle.
func demo(t testing.TB) *Session {
	t.Helper()
	folder := filepath.Join("..", "..", "data", "demo")
	var latest struct{ Bundle string }
	text, err := os.ReadFile(filepath.Join(folder, "latest.json"))
	if err == nil {
		err = json.Unmarshal(text, &latest)
	}
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(folder, latest.Bundle+".bundle"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
