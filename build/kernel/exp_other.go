//go:build !amd64

package kernel

func expLanes(x []float32, top float32, lanes *[8]float32) { expLanesPortable(x, top, lanes) }
