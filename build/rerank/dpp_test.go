package rerank

import (
	"math"
	"math/rand/v2"
	"testing"

	"sparrow/wasm/vec"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// camps returns n items, scores falling by one, whose even rows point along the
// first axis and whose odd rows point along the second.
func camps(numbers ...int) (rows []int, scores, vectors []float32) {
	for i, r := range numbers {
		scores = append(scores, float32(len(numbers)-i))
		if r%2 == 0 {
			vectors = append(vectors, 1, 0)
		} else {
			vectors = append(vectors, 0, 1)
		}
	}
	return numbers, scores, vectors
}

// rowsOf returns the rows at the chosen places.
func rowsOf(rows, chosen []int) []int {
	list := make([]int, len(chosen))
	for i, at := range chosen {
		list[i] = rows[at]
	}
	return list
}

func TestDPP(t *testing.T) {
	rows, scores, vectors := camps(0, 2, 4, 6, 1, 3) // scores 6 5 4 3 2 1, rel 1 0.8 0.6 0.4 0.2 0
	none := make([]float32, len(vectors))
	tests := []struct {
		name    string
		vectors []float32
		theta   float32
		k       int
		want    []int
	}{
		{"θ = 1 keeps the ranker's order", vectors, 1, 4, []int{0, 2, 4, 6}},
		{"more than 1 is 1", vectors, 7, 2, []int{0, 2}},
		// After 0 the even rows have no volume and count as ln 1e-6 = -13.816; the odd
		// ones have S = ½, d² = ¾, ln ¾ = -0.288: at θ = 0.9, 0.18-0.03 against 0.72-1.38.
		// Then all are spanned, and the scores decide.
		{"one of each camp, then relevance", vectors, 0.9, 4, []int{0, 1, 2, 4}},
		// θ·0.8-(1-θ)·13.816 = θ·0.2-(1-θ)·0.288 at θ = 0.95753.
		{"just less relevance than the camps weigh", vectors, 0.957, 2, []int{0, 1}},
		// and then row 4 has 0.58-0.58 and row 1 0.19-0.01
		{"just more, for one place", vectors, 0.958, 3, []int{0, 2, 1}},
		{"θ = 0: ties go to the earlier item", vectors, 0, 3, []int{0, 1, 2}},
		{"less than 0 is 0", vectors, -1, 3, []int{0, 1, 2}},
		{"items without a vector are alike by half, not the same", none, 0.5, 3, []int{0, 2, 4}},
		{"more than there is", vectors, 0.5, 99, []int{0, 1, 2, 4, 6, 3}},
		{"nothing asked", vectors, 0.5, 0, []int{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := rowsOf(rows, DPP(scores, tt.vectors, tt.theta, tt.k))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("DPP(θ %v, k %d): -want +got\n%s", tt.theta, tt.k, diff)
			}
		})
	}
	if got := DPP(nil, nil, 0.5, 5); len(got) != 0 {
		t.Errorf("DPP(nothing) = %v, want nothing", got)
	}
	if got := DPP([]float32{2, 2, 2}, []float32{1, 0, 0, 1, 1, 0}, 0.5, 3); !cmp.Equal(got, []int{0, 1, 2}) {
		t.Errorf("DPP of equal scores: %v, want 0 1 2", got)
	}
}

// TestDPPLooksAtAllTogether has a fourth item that lies between the first and
// the second: MMR sees that it is like neither, DPP that both together span it.
// S of a and b is ½, of each with m = (√½, √½) it is 0.854. d²(m) is
// 1 - 0.854²·(2-1)/(1-¼) = 1 - 0.729·4/3 = 0.028; for the far item c = (-1, 0), S is 0
// and ½, and d² is 1 - ¼·4/3 = ⅔: c goes before m although it is less relevant.
func TestDPPLooksAtAllTogether(t *testing.T) {
	scores := []float32{4, 4, 1, 0}
	half := float32(math.Sqrt(0.5))
	vectors := []float32{1, 0, 0, 1, half, half, -1, 0}
	g := newGreedy(scores, vectors, 0.5, 4)
	g.take(0)
	g.take(1)
	for i, want := range map[int]float64{2: 1 - 0.72855*4/3, 3: 2. / 3} {
		if math.Abs(g.volume[i]-want) > 1e-4 {
			t.Errorf("volume of item %d is %v, want %v", i, g.volume[i], want)
		}
	}
	if got, want := DPP(scores, vectors, 0.5, 3), []int{0, 1, 3}; !cmp.Equal(got, want) {
		t.Errorf("DPP = %v, want %v", got, want)
	}
}

// draw returns n items, best first, with unit vectors of width 5, so that up
// to 6 of them span something new.
func draw(n int, seed uint64) (scores, vectors []float32) {
	r := rand.New(rand.NewPCG(seed, 1))
	score := float32(0)
	scores = make([]float32, n)
	for i := n - 1; i >= 0; i-- {
		score += float32(r.IntN(4)) // ties are common
		scores[i] = score
	}
	for range n {
		v := make([]float32, 5)
		for c := range v {
			v[c] = float32(r.NormFloat64())
		}
		norm := float32(math.Sqrt(float64(vec.Dot(v, v))))
		for c := range v {
			v[c] /= norm
		}
		vectors = append(vectors, v...)
	}
	return scores, vectors
}

// kernel returns L of the doc comment of DPP for the listed items, by definition.
func kernel(scores, vectors []float32, theta float64, list []int) [][]float64 {
	rel := stretched(scores)
	q := func(i int) float64 { return math.Exp(theta / (2 * (1 - theta)) * rel[i]) }
	l := make([][]float64, len(list))
	for a, i := range list {
		l[a] = make([]float64, len(list))
		for b, j := range list {
			s := 1.0
			if i != j {
				s = (1 + float64(vec.Dot(vectors[i*5:][:5], vectors[j*5:][:5]))) / 2
			}
			l[a][b] = q(i) * s * q(j)
		}
	}
	return l
}

// logDet returns ln det m by Gaussian elimination, in place; m is positive definite.
func logDet(m [][]float64) float64 {
	sum := 0.0
	for i := range m {
		sum += math.Log(m[i][i])
		for j := i + 1; j < len(m); j++ {
			f := m[j][i] / m[i][i]
			for c := i; c < len(m); c++ {
				m[j][c] -= f * m[i][c]
			}
		}
	}
	return sum
}

// TestDPPIsGreedy computes every determinant of L that a greedy choice compares.
func TestDPPIsGreedy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "n")
		scores, vectors := draw(n, rapid.Uint64().Draw(t, "seed"))
		theta := float32(rapid.IntRange(0, 9).Draw(t, "tenths of θ")) / 10
		var list []int
		for place, chosen := range DPP(scores, vectors, theta, min(n, 6)) {
			gain := logDet(kernel(scores, vectors, float64(theta), append(list[:place:place], chosen)))
			for i := range n {
				with := append(list[:place:place], i)
				taken := false
				for _, j := range list {
					taken = taken || j == i
				}
				if taken {
					if i == chosen {
						t.Fatalf("item %d twice", i)
					}
					continue
				}
				if better := logDet(kernel(scores, vectors, float64(theta), with)); better > gain+1e-4 {
					t.Fatalf("place %d: item %d gives ln det L = %v, item %d would give %v", place, chosen, gain, i, better)
				}
			}
			list = append(list, chosen)
		}
	})
}

// diversity returns ln det S of a list out of items.
func diversity(scores, vectors []float32, list []int) float64 {
	return logDet(kernel(scores, vectors, 0, list)) // θ = 0: L is S
}

// TestDPPIsLessDiverseWithRelevance: of two items, the first is the most
// relevant one, and the second can only be more like it when θ rises.
func TestDPPIsLessDiverseWithRelevance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores, vectors := draw(30, rapid.Uint64().Draw(t, "seed"))
		scores[0]++ // one is best at every θ
		before := math.Inf(1)
		for tenth := range 11 {
			theta := float32(tenth) / 10
			now := diversity(scores, vectors, DPP(scores, vectors, theta, 2))
			if now > before+1e-6 {
				t.Fatalf("θ = %v: ln det S = %v, %v before", theta, now, before)
			}
			before = now
		}
	})
}

// TestLongListsAreLessDiverseWithRelevance: the same in the mean of a hundred
// lists of six, from θ = 0.2 on. Below, a greedy list gains nothing more: its
// second item is then the very opposite of the first, which leaves less for the
// rest than a choice of all six at once would.
func TestLongListsAreLessDiverseWithRelevance(t *testing.T) {
	var mean [11]float64
	for seed := range uint64(100) {
		scores, vectors := draw(30, seed)
		for tenth := range mean {
			mean[tenth] += diversity(scores, vectors, DPP(scores, vectors, float32(tenth)/10, 6)) / 100
		}
	}
	for tenth := 3; tenth < len(mean); tenth++ {
		if mean[tenth] >= mean[tenth-1] {
			t.Errorf("θ = %.1f: mean ln det S = %v, %v at %.1f", float64(tenth)/10, mean[tenth], mean[tenth-1], float64(tenth-1)/10)
		}
	}
}

func BenchmarkDPP(b *testing.B) {
	const n, width = 300, 52
	scores := make([]float32, n)
	vectors := make([]float32, n*width)
	for i := range scores {
		scores[i] = float32(n - i)
		vectors[i*width+i%width] = 1
	}
	for b.Loop() {
		DPP(scores, vectors, 0.5, 40)
	}
}
