package rerank

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// 70 % romance and 30 % action, the example that opens Steck's paper.
var romance = []float32{0.7, 0.3}

func TestCalibrate(t *testing.T) {
	// rows 0-7 are romance, 8-11 action, in this order by score
	scores, genres := make([]float32, 12), make([]float32, 24)
	for i := range scores {
		scores[i] = float32(12 - i)
		genres[2*i+i/8] = 1
	}
	tests := []struct {
		name   string
		wanted []float32
		lambda float32
		k      int
		want   []int
	}{
		{"λ = 0 keeps the ranker's order", romance, 0, 4, []int{0, 1, 2, 3}},
		{"less than 0 is 0", romance, -1, 4, []int{0, 1, 2, 3}},
		{"a taste of which nothing is known", []float32{0, 0}, 0.9, 4, []int{0, 1, 2, 3}},
		// One item: KL is 1.13 for romance and 2.86 for action. Two: 0.08 for one of each against 1.13.
		// Three: 2:1 has 0.0024 and 1:2 has 0.27. Four: 3:1 has 0.006, 2:2 0.08. Eight: 6:2 has 0.006,
		// 5:3 0.012. And so on to 7:3.
		{"λ = 1: seven of ten are romance", romance, 1, 10, []int{0, 8, 1, 2, 9, 3, 4, 5, 10, 6}},
		{"more than 1 is 1", romance, 2, 3, []int{0, 8, 1}},
		// Second place: row 1 has rel 10/11 and KL 1.1340, row 8 has rel 3/11 and KL 0.0807; so
		// 0.6364·(1-λ) = 1.0533·λ at λ = 0.3766.
		{"just less than action is worth", romance, 0.376, 2, []int{0, 1}},
		{"just more", romance, 0.377, 2, []int{0, 8}},
		{"more than there is", romance, 1, 99, []int{0, 8, 1, 2, 9, 3, 4, 5, 10, 6, 7, 11}},
		{"nothing asked", romance, 1, 0, []int{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := append([]int{}, Calibrate(scores, genres, tt.wanted, tt.lambda, tt.k)...)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Calibrate(λ %v, k %d): -want +got\n%s", tt.lambda, tt.k, diff)
			}
		})
	}
	for i := range scores {
		scores[i] = scores[i]/16 - 9
	}
	if got := Calibrate(scores, genres, romance, 0.376, 2); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("Calibrate of smaller scores: %v, want the same 0 1", got)
	}
	if got := Calibrate(nil, nil, romance, 0.5, 5); len(got) != 0 {
		t.Errorf("Calibrate(nothing) = %v, want nothing", got)
	}
	equal := []float32{1, 1, 1}
	if got := Calibrate(equal, []float32{0, 1, 1, 0, 1, 0}, romance, 0.5, 3); !slices.Equal(got, []int{1, 0, 2}) {
		t.Errorf("Calibrate of equal scores: %v, want romance, action, romance: 1 0 2", got)
	}
}

func TestDivergence(t *testing.T) {
	for _, tt := range []struct {
		name         string
		wanted, list []float32
		want         float64
	}{
		{"the same", romance, romance, 0},
		// 0.7·ln(0.7/0.997) + 0.3·ln(0.3/0.003) = -0.2476 + 1.3816
		{"no action at all", romance, []float32{1, 0}, 1.1340},
		// ½·ln(0.5/0.25250) + ½·ln(0.5/0.74750) = 0.34158 - 0.20106
		{"a quarter and three for a half each", []float32{0.5, 0.5}, []float32{0.25, 0.75}, 0.14052},
		{"all wrong: ln 100", []float32{1, 0}, []float32{0, 1}, math.Log(100)},
		{"a list without genres", []float32{1, 0}, []float32{0, 0}, math.Log(100)},
		{"nothing wanted", []float32{0, 0}, romance, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Divergence(tt.wanted, tt.list); math.Abs(got-tt.want) > 1e-4 {
				t.Errorf("Divergence(%v, %v) = %.5f, want %.5f", tt.wanted, tt.list, got, tt.want)
			}
		})
	}
}

func TestTaste(t *testing.T) {
	// Four items, oldest first: action, of no genre, romance and action, romance.
	history := make([]float32, 8)
	Genres(history, [][]uint8{{1}, {}, {0, 1}, {0}})
	if want := []float32{0, 1, 0, 0, 0.5, 0.5, 1, 0}; !slices.Equal(history, want) {
		t.Fatalf("Genres = %v, want %v", history, want)
	}
	for _, tt := range []struct {
		name     string
		history  []float32
		halfLife float64
		want     []float32
	}{
		// Weights ⅛, ¼, ½ and 1: romance 1.25, action 0.375 of 1.625.
		{"each movie counts half of the next", history, 1, []float32{1.25 / 1.625, 0.375 / 1.625}},
		{"all alike", history, math.Inf(1), []float32{0.5, 0.5}},
		{"of no genre", make([]float32, 4), 1, []float32{0, 0}},
		{"no history", nil, 1, []float32{0, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := []float32{7, 7}
			Taste(got, tt.history, tt.halfLife)
			if !cmp.Equal(got, tt.want) {
				t.Errorf("Taste(half-life %v) = %v, want %v", tt.halfLife, got, tt.want)
			}
		})
	}
}

// crowd returns 60 items, best first, of which each has one to three of five
// genres, the first ones most often, and a taste.
func crowd(seed uint64) (scores, genres, wanted []float32) {
	r := rand.New(rand.NewPCG(seed, 2))
	const n, width = 60, 5
	items := make([][]uint8, n)
	for i := range items {
		scores = append(scores, float32(n-i)+float32(r.IntN(2))/2)
		for range 1 + r.IntN(3) {
			if g := uint8(min(r.IntN(width), r.IntN(width))); !slices.Contains(items[i], g) {
				items[i] = append(items[i], g)
			}
		}
	}
	genres, wanted = make([]float32, n*width), make([]float32, width)
	Genres(genres, items)
	sum := float32(0)
	for g := range wanted {
		wanted[g] = r.Float32()
		sum += wanted[g]
	}
	for g := range wanted {
		wanted[g] /= sum
	}
	return scores, genres, wanted
}

// divergenceOf returns the divergence of the genres of a list from wanted.
func divergenceOf(list []int, genres, wanted []float32) float64 {
	mean := make([]float32, len(wanted))
	for _, i := range list {
		for g, p := range genres[i*len(wanted):][:len(wanted)] {
			mean[g] += p / float32(len(list))
		}
	}
	return Divergence(wanted, mean)
}

// TestCalibrateIsAChoice says what must hold for any items: k different ones,
// and the first diverges no more when λ rises.
func TestCalibrateIsAChoice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores, genres, wanted := crowd(rapid.Uint64().Draw(t, "seed"))
		k := rapid.IntRange(1, 10).Draw(t, "k")
		before := math.Inf(1)
		for tenth := range 11 {
			got := Calibrate(scores, genres, wanted, float32(tenth)/10, k)
			for i, it := range got {
				if it < 0 || it >= len(scores) || slices.Contains(got[:i], it) {
					t.Fatalf("item %d is %v: not one of the candidates, or twice", i, it)
				}
			}
			now := divergenceOf(got[:1], genres, wanted)
			if len(got) != k || now > before+1e-6 {
				t.Fatalf("λ = %v: %d items, the first diverges by %v, %v before; want %d", float32(tenth)/10, len(got), now, before, k)
			}
			before = now
		}
	})
}

// TestDivergenceFallsWithCalibration: a greedy list of ten may be an exception,
// the mean of a hundred is none.
func TestDivergenceFallsWithCalibration(t *testing.T) {
	var mean [11]float64
	for seed := range uint64(100) {
		scores, genres, wanted := crowd(seed)
		for tenth := range mean {
			mean[tenth] += divergenceOf(Calibrate(scores, genres, wanted, float32(tenth)/10, 10), genres, wanted) / 100
		}
	}
	for tenth := 1; tenth < len(mean); tenth++ {
		if mean[tenth] >= mean[tenth-1] {
			t.Errorf("λ = %.1f: mean divergence %v, %v at %.1f", float64(tenth)/10, mean[tenth], mean[tenth-1], float64(tenth-1)/10)
		}
	}
	if mean[10] > mean[0]/10 {
		t.Errorf("mean divergence %v at λ = 1, %v at 0: want a tenth at most", mean[10], mean[0])
	}
}

func BenchmarkCalibrate(b *testing.B) {
	const n, width = 300, 20
	scores, genres, wanted := make([]float32, n), make([]float32, n*width), make([]float32, width)
	for i := range scores {
		scores[i] = float32(n - i)
		genres[i*width+i%width] = 1
		wanted[i%width] = 1. / width
	}
	for b.Loop() {
		Calibrate(scores, genres, wanted, 0.5, 40)
	}
}
