package quant

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestQuantizeByHand(t *testing.T) {
	for _, c := range []struct {
		name  string
		row   []float32
		want  []int8
		scale float32
	}{
		// 254/127 = 2 has eight significant bits: the scale is exact.
		{"the largest magnitude becomes 127", []float32{254, -254, 2, 0}, []int8{127, -127, 1, 0}, 2},
		{"halves round away from zero", []float32{254, 3, -3, 1, -1}, []int8{127, 2, -2, 1, -1}, 2},
		{"below a half is zero", []float32{254, 0.99, -0.99}, []int8{127, 0, 0}, 2},
		{"a row of zeros has no scale", []float32{0, 0, 0}, []int8{0, 0, 0}, 0},
		// 1/127 = 0x1.020408…p-7 is rounded up to 0x1.04p-7; 1/0x1.04p-7 = 126.03.
		{"a scale is rounded up to eight bits", []float32{1, -0.5}, []int8{126, -63}, 0x1.04p-7},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := Quantize(c.row, 1, len(c.row))
			if got, scale := m.Row(0); !slices.Equal(got, c.want) || scale != c.scale {
				t.Errorf("Quantize(%v) = %v · %v, want %v · %v", c.row, scale, got, c.scale, c.want)
			}
		})
	}
}

func TestErrorIsAtMostHalfAStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(0, 4).Draw(t, "rows"), rapid.IntRange(1, 9).Draw(t, "cols")
		m := rapid.SliceOfN(rapid.Float32Range(-1e6, 1e6), rows*cols, rows*cols).Draw(t, "m")
		q := Quantize(m, rows, cols)
		back := make([]float32, cols)
		for r := range rows {
			row := m[r*cols : (r+1)*cols]
			q.Dequantize(back, r)
			ints, scale := q.Row(r)
			var top float64
			for _, v := range row {
				top = max(top, math.Abs(float64(v)))
			}
			// The step is at most 1/127 of the largest magnitude, and 2⁻⁷ more for
			// its eight bits; tiny rows step by the smallest float of eight bits.
			if limit := top/127*(1+1.0/128) + 0x1p-133; float64(scale) > limit {
				t.Errorf("row %v has the scale %g, want at most %g", row, scale, limit)
			}
			if math.Float32bits(scale)&0xffff != 0 {
				t.Errorf("scale %x has more than eight significant bits", scale)
			}
			for c, v := range row {
				if ints[c] < -127 {
					t.Errorf("%g became %d", v, ints[c])
				}
				// Half a step, and the rounding of v/scale and scale·int to float32.
				if e := math.Abs(float64(back[c]) - float64(v)); e > float64(scale)/2*(1+1e-4) {
					t.Errorf("%g comes back as %g, off by %g, the scale is %g", v, back[c], e, scale)
				}
			}
		}
	})
}

func TestQuantizingAgainStaysWithinHalfAStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SliceOfN(rapid.Float32Range(-1, 1), 6, 6).Draw(t, "m")
		once := Quantize(m, 1, 6)
		back := make([]float32, 6)
		once.Dequantize(back, 0)
		again := make([]float32, 6)
		twice := Quantize(back, 1, 6)
		twice.Dequantize(again, 0)
		for c := range back {
			if e := math.Abs(float64(again[c] - back[c])); e > float64(twice.Scale[0])/2*(1+1e-4) {
				t.Errorf("%v drifts to %v", back, again)
			}
		}
	})
}

func TestWrongShapesPanic(t *testing.T) {
	m := Quantize(make([]float32, 6), 2, 3)
	for name, f := range map[string]func(){
		"five values as 2x3": func() { Quantize(make([]float32, 5), 2, 3) },
		"a row of 3 into 2":  func() { m.Dequantize(make([]float32, 2), 0) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}

func TestRowsCannotGrowIntoTheNext(t *testing.T) {
	m := Quantize([]float32{1, 1, 1, 1}, 2, 2)
	row, _ := m.Row(0)
	_ = append(row, 5)
	if next, _ := m.Row(1); next[0] != 126 {
		t.Errorf("appending to row 0 changed row 1 to %v", next)
	}
}

func BenchmarkQuantize(b *testing.B) {
	for _, n := range []int{9742} {
		m := make([]float32, n*32)
		for i := range m {
			m[i] = float32(math.Sin(float64(i)))
		}
		b.Run(fmt.Sprintf("N=%d/D=32", n), func(b *testing.B) {
			for b.Loop() {
				Quantize(m, n, 32)
			}
		})
	}
}

func TestCoarse(t *testing.T) {
	for _, c := range []struct{ v, want float32 }{
		{0, 0}, {1, 1}, {1.0078125, 1.0078125}, // 1 + 1/128: eight bits
		{1.00390625, 1.0078125}, // 1 + 1/256: half way, away from zero
		{1.003, 1}, {-3.1415927, -3.140625},
	} {
		if got := Coarse(c.v); got != c.want {
			t.Errorf("Coarse(%g) = %g, want %g", c.v, got, c.want)
		}
	}
}

func TestCoarseAll(t *testing.T) {
	for _, v := range []float32{0, 1, -1, 3.14159, -1e-5, 12345.678} {
		got := CoarseAll([]float32{v})[0]
		if math.Abs(float64(got-v)) > 0.004*math.Abs(float64(v)) || math.Float32bits(got)&0xffff != 0 {
			t.Errorf("CoarseAll(%g) = %g", v, got)
		}
	}
}
