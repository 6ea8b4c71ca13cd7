package spark

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"sparrow/build/dataset"
)

const (
	smallItems = "item_id,title,year,genres\na,Alpha,1990,Drama|Comedy\nb,Beta,,War\nc,Gamma,2000,\n"
	// Seconds: 0, 5, 10, 20, 20, 30.
	smallLog = "user_id,item_id,timestamp,rating\n1,a,1000000000,4\n2,a,1000000005,3\n1,b,1000000010,2\n1,c,1000000020,5\n2,c,1000000020,\n3,b,1000000030,4.5\n"
)

// read returns the data set of two files.
func read(t *testing.T, items, log string) *dataset.Dataset {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"items.csv": items, "interactions.csv": log} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	d, _, err := dataset.Open(t.Context(), dir, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// rowsOf returns the rows of the files that match a pattern below dir.
func rowsOf[T any](t *testing.T, dir, pattern string) (all []T) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s in %s: %v", pattern, dir, err)
	}
	for _, path := range files {
		rows, err := parquet.ReadFile[T](path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rows...)
	}
	return all
}

func TestPrepare(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	got, err := Prepare(t.Context(), read(t, smallItems, smallLog), dir, 2, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	// The opinion four fifths of six on is the fifth, at 20 s: three are older.
	if want := (Figures{Items: 3, Users: 3, Sequences: 3, Samples: 6, Train: 3, Cut: 1_000_000_020, Shards: 2}); got != want {
		t.Errorf("figures %+v, want %+v", got, want)
	}
	samples := map[string]Sample{}
	for _, s := range rowsOf[Sample](t, dir, "samples/shard=*/*.parquet") {
		samples[s.UserID+s.ItemID] = s
	}
	drama, comedy := int32(0), int32(1)
	if items := rowsOf[Item](t, dir, "items/*.parquet"); items[0].GenreNames[0] != "Drama" || items[0].Genres[0] > items[0].Genres[1] {
		drama, comedy = items[0].Genres[0], items[0].Genres[1]
	}
	// No one has rated b: the mean is that of the stars 4 and 3 of a, seen twice of 3 items.
	b := samples["1b"]
	want := Sample{UserID: "1", ItemID: "b", At: 1_000_000_010, Stars: 2, User: 0, Item: 1, ReleaseYear: 1990,
		ItemCount: float32(-math.Log1p(2. / 3)), ItemMean: 3.5, UserCount: float32(math.Ln2), UserYear: 1990, UserMean: 4,
		ItemGenre1: b.ItemGenre1, ItemGenre2: -1, ItemGenre3: -1, ItemGenres: []int32{b.ItemGenre1},
		UserGenre1: min(drama, comedy), UserGenre2: max(drama, comedy), UserGenre3: -1, UserGenre4: -1, UserGenre5: -1,
		Rated1: 0, Rated2: -1, Rated3: -1, Rated4: -1, Rated5: -1}
	plain := b
	plain.ReleaseYearStandardized, plain.ItemCountStandardized, plain.ItemMeanStandardized, plain.ItemStddevStandardized = 0, 0, 0, 0
	plain.UserCountStandardized, plain.UserYearStandardized, plain.YearStddevStandardized, plain.UserMeanStandardized = 0, 0, 0, 0
	plain.UserStddevStandardized, plain.ItemMeanScaled, plain.ItemCountBucket, plain.ReleaseYearBucket = 0, 0, 0, 0
	if diff := cmp.Diff(want, plain); diff != "" {
		t.Errorf("user 1 and item b (-want +got):\n%s", diff)
	}
	// The rows of 20 s do not know each other; the user has given 4 and 2, and likes only a.
	c := samples["1c"]
	if c.ItemMean != 3 || c.UserMean != 3 || c.UserStddev != 1 || c.Label != 1 || !c.Test || c.Rated1 != 0 || c.Rated2 != -1 {
		t.Errorf("user 1 and item c: %+v", c)
	}
	if x := samples["2c"]; x.Stars != 0 || x.Label != 1 || x.ItemMean != 3 {
		t.Errorf("user 2 and item c, without a rating: %+v", x)
	}
	// Of the three older rows the means are 3.5, 4 and 3.5: the first takes what no one gave.
	if s := samples["1a"]; s.ItemMean != 3.5 || s.ItemMeanScaled != 0 || samples["2a"].ItemMeanScaled != 1 {
		t.Errorf("scaled means: %v of %v and %v of %v, want 0 of 3.5 and 1 of 4", s.ItemMeanScaled, s.ItemMean, samples["2a"].ItemMeanScaled, samples["2a"].ItemMean)
	}
	for _, q := range rowsOf[Sequence](t, dir, "sequences/shard=*/*.parquet") {
		if q.ID == "1" {
			// (2 - 1.5)/2.5.
			if diff := cmp.Diff(Sequence{0, "1", []int32{0, 1, 2}, []int64{1e9, 1e9 + 10, 1e9 + 20}, []float32{4, 2, 5}, []float32{1, .2, 1}}, q); diff != "" {
				t.Errorf("sequence (-want +got):\n%s", diff)
			}
		}
	}
	for _, u := range rowsOf[User](t, dir, "users/shard=*/*.parquet") {
		if want := (User{1, "2", 2, 1e9 + 5, 1e9 + 20}); u.ID == "2" && u != want {
			t.Errorf("user %+v, want %+v", u, want)
		}
	}
	kept, err := os.ReadFile(filepath.Join(dir, "schema.json"))
	if err != nil || string(kept) != string(schema) {
		t.Errorf("the schema is not beside the tables: %v", err)
	}
	if _, err := Prepare(t.Context(), read(t, smallItems, smallLog), dir, 2, func(int, int) {}); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("a second run into the same folder: %v", err)
	}
}

// TestPrepareRefuses gives what no samples can be made of.
func TestPrepareRefuses(t *testing.T) {
	for name, c := range map[string]struct{ log, want string }{
		"no times":        {"user_id,item_id,rating\n1,a,4\n1,b,3\n", "give interactions.csv a column timestamp"},
		"all in a moment": {"user_id,item_id,timestamp\n1,a,1000000000\n2,b,1000000000\n3,c,1000000000\n4,a,1000000000\n5,a,1000000000\n6,a,1000000001\n", "give data of a longer time"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			if _, err := Prepare(t.Context(), read(t, smallItems, c.log), dir, 2, func(int, int) {}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
			if _, err := os.Stat(dir); err == nil {
				t.Error("a folder was made all the same")
			}
		})
	}
}

// TestPrepareCancelled ends a run in the middle: what was begun is gone.
func TestPrepareCancelled(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := Prepare(ctx, read(t, smallItems, smallLog), dir, 2, func(int, int) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 || left[0].Name() != "schema.json" {
		t.Errorf("%v stays, %v; want the schema alone", left, err)
	}
}

// TestShardOf holds what Spark's pmod(crc32(id), 16) gives: the check value of CRC-32 is
// that of 123456789, 0xCBF43926.
func TestShardOf(t *testing.T) {
	if got := shardOf("123456789", 16); got != 6 {
		t.Errorf("shard %d, want 6", got)
	}
	var seen []int
	for _, id := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		seen = append(seen, shardOf(id, 2))
	}
	if !slices.Contains(seen, 0) || !slices.Contains(seen, 1) {
		t.Errorf("eight users are all in one of two shards: %v", seen)
	}
}
