package tower

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/build/autodiff"
	"sparrow/build/autodiff/gradcheck"
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
)

const planted = 40

// kinds returns users who see items of one kind only, row%4, whose items have one
// genre and decade in common. The last four items, one of each kind, no one saw.
func kinds(users int) *dataset.Dataset {
	rng := rand.New(rand.NewPCG(1, 2))
	c := &catalog.Catalog{GenreNames: []string{"A", "B", "C", "D"}}
	for r := range planted {
		c.IDs = append(c.IDs, catalog.ID(rune('a'+r)))
		c.Years = append(c.Years, int16(1960+10*(r%4)))
		c.Genres = append(c.Genres, []uint8{uint8(r % 4)})
	}
	d := &dataset.Dataset{Catalog: c}
	for u := range users {
		kind := u % 4
		d.Users = append(d.Users, "u")
		d.Start = append(d.Start, len(d.Interactions))
		for k, i := range rng.Perm(planted/4 - 1)[:6] {
			d.Interactions = append(d.Interactions, dataset.Interaction{Row: catalog.Row(4*i + kind), At: uint32(1000 * (u + k)), Stars: 8})
		}
		d.End = append(d.End, len(d.Interactions))
	}
	return d
}

var options = Options{Width: 8, Hidden: 16, Length: 5, Negatives: 1, Temperature: 0.2, Epochs: 12, Batch: 64, LearningRate: 0.01, Seed: 1}

// models are all of this package.
var models = []struct {
	name  string
	cold  bool // whether items that no one saw have vectors
	train func(d *dataset.Dataset, opt Options) (scores func([]float32, feature.History), vectors []float32, err error)
}{
	{"two towers", true, func(d *dataset.Dataset, opt Options) (func([]float32, feature.History), []float32, error) {
		m, err := TrainTwoTower(context.Background(), d, opt, nil)
		if err != nil {
			return nil, nil, err
		}
		return m.Scores, m.Vectors, nil
	}},
	{"YouTubeDNN", false, func(d *dataset.Dataset, opt Options) (func([]float32, feature.History), []float32, error) {
		m, err := TrainYouTubeDNN(context.Background(), d, opt, nil)
		if err != nil {
			return nil, nil, err
		}
		return m.Scores, m.Vectors, nil
	}},
	{"PinSage", true, func(d *dataset.Dataset, opt Options) (func([]float32, feature.History), []float32, error) {
		m, err := TrainPinSage(context.Background(), d, opt, nil)
		if err != nil {
			return nil, nil, err
		}
		return m.Scores, m.Vectors, nil
	}},
}

func TestTowersFindTheKind(t *testing.T) {
	d := kinds(200)
	for _, m := range models {
		t.Run(m.name, func(t *testing.T) {
			scores, _, err := m.train(d, options)
			if err != nil {
				t.Fatal(err)
			}
			for kind := range 4 {
				h := feature.History{{Row: catalog.Row(kind), Stars: 4}, {Row: catalog.Row(kind + 4), Stars: 4}}
				got := make([]float32, planted)
				scores(got, h)
				rows := make([]int, 0, planted)
				for r := range got {
					if m.cold || r < planted-4 {
						rows = append(rows, r)
					}
				}
				slices.SortFunc(rows, func(a, b int) int {
					if got[a] > got[b] {
						return -1
					}
					return 1
				})
				right := 0
				for _, r := range rows[:8] {
					if r%4 == kind {
						right++
					}
				}
				if right < 7 {
					t.Errorf("kind %d: %d of the first 8 are of it: %v", kind, right, rows[:8])
				}
				if place := slices.Index(rows, planted-4+kind); m.cold && place > 9 {
					t.Errorf("kind %d: the movie that nobody saw is at place %d of 40", kind, place)
				}
			}
		})
	}
}

func TestSameSeedSameVectors(t *testing.T) {
	d := kinds(40)
	opt := options
	opt.Epochs = 2
	for _, m := range models {
		_, a, err := m.train(d, opt)
		if err != nil {
			t.Fatal(err)
		}
		_, b, _ := m.train(d, opt)
		if !slices.Equal(a, b) {
			t.Errorf("%s: the same seed gives other vectors", m.name)
		}
		opt := opt
		opt.Seed = 2
		if _, b, _ = m.train(d, opt); slices.Equal(a, b) {
			t.Errorf("%s: another seed gives the same vectors", m.name)
		}
	}
}

// TestBatchSoftmax checks its gradient, and its value for two users by hand.
func TestBatchSoftmax(t *testing.T) {
	b := nn.NewBuilder(1, []nn.Field{{Name: "user", Slots: 1, Vocabulary: 3}, {Name: "movie", Slots: 2, Vocabulary: 4}}, autodiff.Glorot(1))
	users, items := b.Embed(0, b.Table("users", 0, 2)), b.Embed(1, b.Table("movies", 1, 2))
	g := b.Finish(b.Op(nn.OpConcat, b.OpN(nn.OpReshape, 1, items), users, b.Linear("unread", b.Op(nn.OpInput), 1)))
	batch := &nn.Batch{Rows: 2, Numeric: []float32{0, 0}, IDs: [][]int32{{0, 1}, {2, 3, 0, 2}}}
	rows, expected := batch.IDs[1], []float64{0.5, 1, 2, 0.25}
	loss := func(t *autodiff.Tape) float64 {
		t.Forward(batch, nil)
		return batchSoftmax(t, users, items, rows, expected)
	}
	if err := gradcheck.Check(g, 100, loss); err != nil {
		t.Error(err)
	}
	// All vectors zero: the logits are -ln of 0.5, 1, 2, 0.25, which weigh 2, 1,
	// ½, 4. User 0 wants row 0, and row 3 is the same item: 2/(2+1+½). User 1 wants row 2: ½/(2+1+½+4).
	for i := range g.Params[:2] {
		clear(g.Params[i].Data)
	}
	got := loss(autodiff.NewTape(g))
	want := -ln(2/3.5) - ln(0.5/7.5)
	if diff := got - want; diff > 1e-5 || diff < -1e-5 {
		t.Errorf("loss %g, want %g", got, want)
	}
}
func ln(v float64) float64 { return math.Log(v) }
