package quant

// affinePortable is Affine for every target, and what the other variants equal.
func affinePortable(dst []float32, products []int32, scale float32, scales, bias []float32) {
	n := len(dst)
	products, scales, bias = products[:n], scales[:n], bias[:n]
	for r := range dst {
		dst[r] = float32(float32(scale*scales[r])*float32(products[r])) + bias[r]
	}
}
