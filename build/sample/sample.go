// Package sample makes up catalogs that are not films, with what people did with
// them, as the files that a shop and a magazine would export, and what they call
// their items. The same seed makes the same bytes.
package sample

import (
	"bufio"
	"cmp"
	"context"
	"embed"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"sparrow/build/dataset"
	"sparrow/build/stats"
	"sparrow/build/vocabulary"
)

// Options steer a catalog. The zero value has defaults.
type Options struct {
	Seed   uint64
	Items  int // 0 for as many as the catalog has by default
	People int // likewise
}

// table is a CSV file: the first row names its columns.
type table [][]string

// catalogs are the ones there are, by name.
var catalogs = map[string]func(Options) (items, interactions table){
	"books": Options.bookshop,
	"music": Options.magazine,
}

// vocabularies has a file for each of them: what its items are called.
//
//go:embed books.json music.json
var vocabularies embed.FS

// Names are the names of the catalogs.
var Names = []string{"books", "music"}

// Write makes up the catalog of that name and writes it into the folder dir, as items.csv,
// interactions.csv and vocabulary.json. It panics on a name that is not one of [Names].
func Write(ctx context.Context, name, dir string, o Options) error {
	items, interactions := catalogs[name](o)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	for file, t := range map[string]table{"items.csv": items, "interactions.csv": interactions} {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := dataset.WriteFile(filepath.Join(dir, file), func(w *bufio.Writer) error { return csv.NewWriter(w).WriteAll(t) })
		if err != nil {
			return fmt.Errorf("sample: %w", err)
		}
	}
	words, err := vocabularies.ReadFile(name + ".json")
	if err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	return dataset.WriteFile(filepath.Join(dir, vocabulary.File), func(w *bufio.Writer) error {
		_, err := w.Write(words)
		return err
	})
}

// ends is the moment after which nothing is done, 2026-06-01, and lasts how many seconds
// before it all of it began.
const (
	ends  = 1_780_272_000
	lasts = 540 * 24 * 3600
)

// act is one row of interactions.csv.
type act struct {
	user, item      int
	at              int64
	kind            string
	value, currency string
	quantity        string
}

// sorted returns acts as a table by moment, ties in the order in which they were done.
func sorted(acts []act, item func(int) string) table {
	slices.SortStableFunc(acts, func(a, b act) int { return cmp.Compare(a.at, b.at) })
	t := table{{"user_id", "item_id", "timestamp", "kind", "value", "currency", "quantity"}}
	for _, a := range acts {
		t = append(t, []string{fmt.Sprintf("u%05d", a.user+1), item(a.item), strconv.FormatInt(a.at, 10), a.kind, a.value, a.currency, a.quantity})
	}
	return t
}

// drawn draws one of some items in proportion to their weights.
type drawn struct {
	items []int
	table *stats.Alias
}

// drawnOf returns a draw of items, of which weight says how likely each is; nil where
// there are none.
func drawnOf(items []int, weight []float64) *drawn {
	if len(items) == 0 {
		return nil
	}
	own := make([]float64, len(items))
	for i, m := range items {
		own[i] = weight[m]
	}
	return &drawn{items, stats.NewAlias(own)}
}

func (d *drawn) next(r *rand.Rand) int { return d.items[d.table.Next(r)] }

// powerLaw returns the weights of n things, (rank + flat)^-exponent, in random order.
func powerLaw(r *rand.Rand, n int, exponent, flat float64) []float64 {
	weights := make([]float64, n)
	for i, rank := range r.Perm(n) {
		weights[i] = math.Pow(float64(rank)+flat, -exponent)
	}
	return weights
}

// upTo returns 0 to n-1.
func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// times returns how often something is done that is done least times, and once more with
// each further chance.
func times(r *rand.Rand, least int, chance float64) int {
	for r.Float64() < chance {
		least++
	}
	return least
}

// of returns one of a list, each as likely.
func of[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
