package quant

import (
	"fmt"
	"math"
	"math/bits"
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

func TestQuantizeToByHand(t *testing.T) {
	for _, c := range []struct {
		name   string
		row    []float32
		levels int
		want   []int8
		scale  float32
	}{
		{"the largest magnitude becomes 15", []float32{30, -30, 2, 0.9}, 15, []int8{15, -15, 1, 0}, 2},
		{"halves round away from zero", []float32{30, 3, -3, 1, -1}, 15, []int8{15, 2, -2, 1, -1}, 2},
		{"one level", []float32{8, -4, 3}, 1, []int8{1, -1, 0}, 8},
		// 1/15 = 0x1.111…p-4 has five significant bits when it is rounded up to
		// 0x1.2p-4; 1/0x1.2p-4 = 14.2.
		{"a scale has one bit more than the levels", []float32{1, -0.5}, 15, []int8{14, -7}, 0x1.2p-4},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := QuantizeTo(c.row, 1, len(c.row), c.levels)
			if got, scale := m.Row(0); !slices.Equal(got, c.want) || scale != c.scale {
				t.Errorf("QuantizeTo(%v, %d levels) = %v · %v, want %v · %v", c.row, c.levels, got, scale, c.want, c.scale)
			}
		})
	}
}

func TestErrorIsAtMostHalfAStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(0, 4).Draw(t, "rows"), rapid.IntRange(1, 9).Draw(t, "cols")
		m := rapid.SliceOfN(rapid.Float32Range(-1e6, 1e6), rows*cols, rows*cols).Draw(t, "m")
		n := rapid.IntRange(1, 127).Draw(t, "levels")
		precision := bits.Len(uint(n)) + 1 // significant bits of a scale
		q := QuantizeTo(m, rows, cols, n)
		back := make([]float32, cols)
		for r := range rows {
			row := m[r*cols : (r+1)*cols]
			q.Dequantize(back, r)
			ints, scale := q.Row(r)
			var top float64
			for _, v := range row {
				top = max(top, math.Abs(float64(v)))
			}
			// The step is at most 1/n of the largest magnitude, and one of its last bits
			// more; tiny rows step by the smallest float of so many bits.
			if limit := top/float64(n)*(1+math.Exp2(float64(1-precision))) + math.Exp2(float64(24-precision-149)); float64(scale) > limit {
				t.Errorf("row %v of %d levels has the scale %g, want at most %g", row, n, scale, limit)
			}
			if math.Float32bits(scale)&(1<<(24-precision)-1) != 0 {
				t.Errorf("scale %x of %d levels has more than %d significant bits", scale, n, precision)
			}
			for c, v := range row {
				if int(ints[c]) < -n || int(ints[c]) > n {
					t.Errorf("%g became %d of %d levels", v, ints[c], n)
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
		"no levels":          func() { QuantizeTo(make([]float32, 6), 2, 3, 0) },
		"128 levels":         func() { QuantizeTo(make([]float32, 6), 2, 3, 128) },
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

func TestRoundUp(t *testing.T) {
	for _, c := range []struct {
		v         float32
		precision int
		want      float32
	}{
		{1, 1, 1}, {1.25, 1, 2}, {1.25, 3, 1.25}, {1.26, 3, 1.5}, {1.9, 2, 2},
		{1.00390625, 8, 1.0078125}, {3.1415927, 24, 3.1415927},
	} {
		if got := RoundUp(c.v, c.precision); got != c.want {
			t.Errorf("RoundUp(%g, %d) = %g, want %g", c.v, c.precision, got, c.want)
		}
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
