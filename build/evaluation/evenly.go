package evaluation

// Evenly returns n evenly chosen cases, or of what stands beside them, all when n is 0
// or there are no more.
func Evenly[T any](cases []T, n int) []T {
	if n == 0 || n >= len(cases) {
		return cases
	}
	some := make([]T, n)
	for i := range some {
		some[i] = cases[i*len(cases)/n]
	}
	return some
}
