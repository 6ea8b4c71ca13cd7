package embedding

import (
	"errors"

	"gonum.org/v1/gonum/mat"

	"sparrow/build/simd"
)

// principal returns the d directions, the columns of a [W×d], in which the rows of sample,
// [n×W], reach furthest, the furthest first: the eigenvectors of their second moments with the
// largest eigenvalues. The mean is not taken away, since cosines are what is to stay.
func principal(sample []float32, w, d int) ([]float32, error) {
	const block = 1024
	moments, part := mat.NewSymDense(w, nil), make([]float32, w*w)
	for first := 0; first < len(sample); first += block * w {
		rows := sample[first:min(len(sample), first+block*w)]
		clear(part)
		simd.ProductT(part, rows, rows, w, len(rows)/w, w)
		for i := range w {
			for j := i; j < w; j++ {
				moments.SetSym(i, j, moments.At(i, j)+float64(part[i*w+j]))
			}
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(moments, true) {
		return nil, errors.New("the directions of the vectors are not found: the eigenvalues do not converge")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors) // columns, by ascending eigenvalue
	directions := make([]float32, w*d)
	for c := range w {
		for k := range d {
			directions[c*d+k] = float32(vectors.At(c, w-1-k))
		}
	}
	return directions, nil
}
