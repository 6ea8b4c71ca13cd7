package catalog

import "sparrow/wasm/vec"

// Sorted is [vec.Sorted], for wasm/index.
func Sorted(n int, before func(a, b int32) bool) []int32 { return vec.Sorted(n, before) }
