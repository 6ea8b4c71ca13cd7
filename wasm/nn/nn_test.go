package nn

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/quant"
)

func TestDecodeAndForward(t *testing.T) {
	// [ 1 2 3 ]   columns 1 and 2 of it are [ 2 3 ]
	// [ 8 0 4 ]   with the scales 1/2 and 1  [ 0 4 ]
	m := quant.Matrix{Rows: 2, Cols: 3, Data: []int8{2, 4, 6, 8, 0, 4}, Scale: []float32{0.5, 1}}
	d := Decode(&m, 1, 3)
	if want := []float32{2, 0, 3, 4}; !slices.Equal(d.Weight, want) || d.In != 2 || d.Out != 2 {
		t.Fatalf("Decode = %+v, want the weights %v", d, want)
	}
	y := []float32{10, 20} // also the bias
	d.Forward(y, y, []float32{1, -2})
	if want := []float32{10 + 2 - 6, 20 - 8}; !slices.Equal(y, want) {
		t.Errorf("Forward = %v, want %v", y, want)
	}
}

// TestForwardIsTheNaiveSum checks the blocked loop bit by bit.
func TestForwardIsTheNaiveSum(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, out := range []int{1, 2, 7, 8, 9, 24} {
		for _, in := range []int{0, 1, 7, 19} {
			const rows = 5
			d := Dense{In: in, Out: out, Weight: make([]float32, in*out)}
			x, bias := make([]float32, rows*in), make([]float32, out)
			for _, v := range [][]float32{d.Weight, x, bias} {
				for i := range v {
					v[i] = rng.Float32() - 0.5
				}
			}
			want := slices.Repeat(bias, rows)
			for r := range rows {
				for o := range out {
					for i, v := range x[r*in:][:in] {
						want[r*out+o] += float32(d.Weight[i*out+o] * v)
					}
				}
			}
			got := make([]float32, rows*out)
			d.Forward(got, bias, x)
			if !slices.Equal(got, want) {
				t.Errorf("[%d×%d] Forward = %v, want %v", in, out, got, want)
			}
		}
	}
}

func TestForwardPanicsOnShape(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Forward with a short x did not panic")
		}
	}()
	d := Dense{In: 2, Out: 1, Weight: make([]float32, 2)}
	d.Forward(make([]float32, 1), make([]float32, 1), make([]float32, 1))
}

func TestReLU(t *testing.T) {
	x := []float32{-1, 0, 2}
	ReLU(x)
	if want := []float32{0, 0, 2}; !slices.Equal(x, want) {
		t.Errorf("ReLU = %v, want %v", x, want)
	}
}

func TestEmbed(t *testing.T) {
	m := quant.Matrix{Rows: 2, Cols: 2, Data: []int8{1, 2, 3, 4}, Scale: []float32{1, 0.5}}
	dst := []float32{9, 9}
	Embed(dst, &m, 10, 1)
	if want := []float32{15, 20}; !slices.Equal(dst, want) {
		t.Errorf("Embed of row 1 = %v, want %v", dst, want)
	}
	Embed(dst, &m, 10, -1)
	if want := []float32{0, 0}; !slices.Equal(dst, want) {
		t.Errorf("Embed of no row = %v, want %v", dst, want)
	}
}

func BenchmarkForward(b *testing.B) {
	for _, s := range [][2]int{{64, 16}, {64, 64}} {
		b.Run(fmt.Sprintf("in=%d/out=%d", s[0], s[1]), func(b *testing.B) {
			d := Dense{In: s[0], Out: s[1], Weight: make([]float32, s[0]*s[1])}
			x, y := make([]float32, s[0]), make([]float32, s[1])
			b.SetBytes(int64(4 * s[0] * s[1]))
			for b.Loop() {
				d.Forward(y, y, x)
			}
		})
	}
}
