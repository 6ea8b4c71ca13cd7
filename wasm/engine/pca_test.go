package engine

import (
	"math"
	"slices"
	"testing"
)

// TestPCAFindsThePlane plants points 9·cos, 4·sin in a plane of a space of
// five dimensions, and a little noise at right angles to it.
func TestPCAFindsThePlane(t *testing.T) {
	// u and v are of unit length and at right angles: 0.36+0.64, 0.64+0.36, 0.48-0.48.
	u, v := [5]float32{0.6, 0, 0.8, 0, 0}, [5]float32{0.8, 0, -0.6, 0, 0}
	const n = 40
	var points []float32
	var want [n][2]float64
	for i := range n {
		a := 2*math.Pi*float64(i)/n + 0.5 // the first one is on the positive side of both
		want[i] = [2]float64{9 * math.Cos(a), 4 * math.Sin(a)}
		for c := range 5 {
			x := 7 + u[c]*float32(want[i][0]) + v[c]*float32(want[i][1])
			if c == 3 {
				x += float32(1-2*(i%2)) / 10
			}
			points = append(points, x)
		}
	}
	at := pca(points, 5)
	if len(at[0]) != n || len(at[1]) != n {
		t.Fatalf("%d and %d coordinates of %d points", len(at[0]), len(at[1]), n)
	}
	for i := range n {
		for axis := range 2 {
			if got := float64(at[axis][i]); math.Abs(got-want[i][axis]) > 1e-3 {
				t.Errorf("point %d lies at %v on axis %d, want %v", i, got, axis, want[i][axis])
			}
		}
	}
	for i, left := range points {
		if want := float32(i/5%2*-2+1) / 10; math.Abs(float64(left)) > 1e-3 && math.Abs(float64(left-want)) > 1e-3 {
			t.Errorf("number %d of what the plane does not show is %v, want 0 or the noise", i, left)
		}
	}
}

func TestPCAOfLittle(t *testing.T) {
	for _, c := range []struct {
		name   string
		points []float32
	}{
		{"no point", nil},
		{"one point", []float32{1, 2, 3}},
		{"one point twice", []float32{1, 2, 3, 1, 2, 3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, axis := range pca(c.points, 3) {
				if slices.ContainsFunc(axis, func(x float32) bool { return x != 0 }) {
					t.Errorf("pca(%v) has coordinates %v, want none but 0", c.points, axis)
				}
			}
		})
	}
}
