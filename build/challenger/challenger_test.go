package challenger

import (
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/pipeline"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
)

var shape = dataset.Shape{Seed: 1, Users: 200, Items: 90, Interactions: 5000, Groups: 3}

// trained returns a bundle of d.
func trained(t *testing.T, d *dataset.Dataset, holdout int) []byte {
	t.Helper()
	return shipped(t, d, holdout, pipeline.ShipMeasured)
}

func shipped(t *testing.T, d *dataset.Dataset, holdout int, ship string) []byte {
	t.Helper()
	o := pipeline.DefaultOptions()
	o.Holdout, o.Ship = holdout, ship
	out := filepath.Join(t.TempDir(), "b.bundle")
	if _, err := o.Run(t.Context(), console.New(t.Context(), io.Discard, io.Discard), d, out); err != nil {
		t.Fatal(err)
	}
	data, _, err := bundledir.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// today is a data set, yesterday the same without each user's newest interaction.
func today() *dataset.Dataset     { return dataset.Synthetic(shape) }
func yesterday() *dataset.Dataset { return today().WithoutLast(1) }

// pair returns bundles of yesterday and of today, trained once for all tests.
func pair(t *testing.T) (last, next []byte) {
	t.Helper()
	once.Do(func() { kept = [2][]byte{trained(t, yesterday(), 1), trained(t, today(), 1)} })
	return kept[0], kept[1]
}

var (
	once sync.Once
	kept [2][]byte
)

// chance returns d with the items of each user drawn again, any with any other.
func chance(d *dataset.Dataset) *dataset.Dataset {
	r := rand.New(rand.NewPCG(1, 2))
	all := slices.Clone(d.Interactions)
	for u := range d.Users {
		rows := r.Perm(d.Catalog.Len())
		for i := d.Start[u]; i < d.End[u]; i++ {
			all[i].Row = catalog.Row(rows[i-d.Start[u]])
		}
	}
	copied := *d
	copied.Interactions = all
	return &copied
}

// changed returns a bundle that change has changed.
func changed(t *testing.T, data []byte, change func(*bundle.Bundle)) []byte {
	t.Helper()
	b, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	change(b)
	if data, err = bundle.Encode(b); err != nil {
		t.Fatal(err)
	}
	return data
}

func judge(t *testing.T, last, next []byte, d *dataset.Dataset, o Options) *Report {
	t.Helper()
	r, err := Judge(t.Context(), last, next, d, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheNextDayPasses(t *testing.T) {
	last, next := pair(t)
	r := judge(t, last, next, today(), DefaultOptions())
	if len(r.Refused) > 0 || r.Users != shape.Users || r.NewChoice != 0 || r.Gone != 0 || r.New != 0 || r.Difference == nil {
		t.Errorf("Judge = %+v, want it to pass with all %d users", r, shape.Users)
	}
	if same := judge(t, next, next, today(), DefaultOptions()); same.NDCG != same.LastNDCG || same.NDCG != r.NDCG || same.Difference.High != 0 {
		t.Errorf("a bundle beside itself: %+v, want no difference", same)
	}
}

// TestBothAnswerTheSameQuestions holds that a bundle is judged as evaluation judges
// it alone, where the two know the same items in another order.
func TestBothAnswerTheSameQuestions(t *testing.T) {
	_, next := pair(t)
	d := today()
	r := judge(t, next, next, d, DefaultOptions())
	b, err := bundle.Decode(next)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range b.Meta.Metrics {
		if m.Name == "NDCG@10 ranked" && m.Value != float32(r.NDCG) {
			t.Errorf("NDCG@10 = %v, in the bundle it is %v", float32(r.NDCG), m.Value)
		}
	}
	q := questionsFor(b, b, d, 1)
	if len(q.shared) != shape.Items || len(q.next) != len(q.last) {
		t.Fatalf("%d items, %d and %d cases", len(q.shared), len(q.next), len(q.last))
	}
	for i := range q.next {
		if !slices.Equal(q.next[i].History, q.last[i].History) || !slices.Equal(q.next[i].Relevant, q.last[i].Relevant) {
			t.Fatalf("case %d is another for the same bundle", i)
		}
	}
}

func TestWhatIsWorseIsRefused(t *testing.T) {
	last, next := pair(t)
	small := changed(t, next, func(b *bundle.Bundle) {
		for row := range 18 {
			b.Catalog.IDs[row] += "-new"
		}
		b.Catalog.Index()
		b.Golden = nil
	})
	fewer := changed(t, next, func(b *bundle.Bundle) {
		for row := range b.Statistics.Count {
			b.Statistics.Count[row] /= 2
		}
		b.Golden = nil
	})
	unlearned := trained(t, chance(today()), 1)
	golden := changed(t, next, func(b *bundle.Bundle) { b.Golden[0].Scores[1][0] += 1 })
	lax := DefaultOptions()
	lax.Shrink, lax.Worse = 1, 1
	for _, c := range []struct {
		name string
		next []byte
		d    *dataset.Dataset
		o    Options
		want string
	}{
		{"no model", []byte("no model"), today(), DefaultOptions(), "no engine can read it"},
		{"another model than was packed", golden, today(), lax, "the answers that it was packed with"},
		{"a fifth of the items is gone", small, today(), DefaultOptions(), "18 of 90 items are gone, more than 10 %; if they are to be, --shrink 20% lets them go"},
		{"half of the log is gone", fewer, today(), DefaultOptions(), "interactions are gone"},
		{"it has learned nothing", unlearned, today(), DefaultOptions(), "worse by"},
		{"it has learned nothing, which is let", unlearned, today(), lax, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := judge(t, last, c.next, c.d, c.o)
			if got := r.Reasons(); !strings.Contains(got, c.want) || (c.want == "") != (got == "") {
				t.Errorf("refused: %q, want %q; %+v", got, c.want, r)
			}
		})
	}
}

func TestWhatCannotBeJudgedIsSaid(t *testing.T) {
	last, next := pair(t)
	few := shape
	few.Users, few.Interactions = 20, 500
	crowd := dataset.Synthetic(few)
	none := DefaultOptions()
	none.Holdout = 0
	all := trained(t, yesterday(), 0)
	lax := DefaultOptions()
	lax.Shrink = 1
	for _, c := range []struct {
		name       string
		last, next []byte
		d          *dataset.Dataset
		o          Options
		want       string
	}{
		{"the last one is damaged", last[:100], next, today(), DefaultOptions(), "the last bundle cannot be read"},
		{"few users", last, next, crowd, lax, "20 users can judge the two bundles"},
		{"nothing held out", last, next, today(), none, "nothing was held out"},
		{"the last one has seen what its figures are not of", shipped(t, today(), 1, pipeline.ShipAll), next, today(), DefaultOptions(), "0 users can judge the two bundles"},
		{"the last one has seen it all", trained(t, today(), 0), next, today(), DefaultOptions(), "0 users can judge the two bundles"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := judge(t, c.last, c.next, c.d, c.o)
			if len(r.Refused) > 0 || r.Difference != nil || !strings.Contains(strings.Join(r.Notes, "; "), c.want) {
				t.Errorf("Judge = %+v, want a note with %q", r, c.want)
			}
		})
	}
	b, err := bundle.Decode(all)
	if err != nil {
		t.Fatal(err)
	}
	newer := 0
	d := today()
	for u := range d.Users {
		if e := d.Of(u); int64(e[len(e)-1].At) > b.Statistics.AsOf {
			newer++
		}
	}
	if r := judge(t, all, next, d, DefaultOptions()); r.Users != newer || newer == 0 {
		t.Errorf("one that held nothing out is judged by %d users, want the %d whose choice is newer than its data", r.Users, newer)
	}
}

// TestNewItemsAreLeftOut holds that a bundle that has items gone and new is judged
// among those that both know.
func TestNewItemsAreLeftOut(t *testing.T) {
	last, next := pair(t)
	renamed := func(b *bundle.Bundle) {
		for _, row := range []int{0, 7, 8} {
			b.Catalog.IDs[row] += "-old"
		}
		b.Catalog.Index()
		b.Golden = nil
	}
	r := judge(t, changed(t, last, renamed), next, today(), DefaultOptions())
	if r.Gone != 3 || r.New != 3 || len(r.Refused) > 0 {
		t.Errorf("Judge = %+v, want 3 items gone and 3 new", r)
	}
	if r.NewChoice == 0 || r.Users+r.NewChoice != shape.Users {
		t.Errorf("%d users judge and %d chose what is new, of %d", r.Users, r.NewChoice, shape.Users)
	}
}
