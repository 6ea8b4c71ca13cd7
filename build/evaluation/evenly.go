package evaluation

// Evenly returns n Evenly chosen cases, all when n is 0 or there are no more.
func Evenly(cases []Case, n int) []Case {
	if n == 0 || n >= len(cases) {
		return cases
	}
	some := make([]Case, n)
	for i := range some {
		some[i] = cases[i*len(cases)/n]
	}
	return some
}
