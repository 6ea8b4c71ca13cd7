package vec

// PushAll offers each score under the number first + its index, those left out
// whose skip is set: what Push does one after the other. The numbers are above
// all that were pushed before, so that a score that equals the worst that is
// kept is behind it, and is passed over. It panics if skip is shorter.
func (t *TopK) PushAll(scores []float32, first int32, skip []bool) {
	skip = skip[:len(scores)]
	least := t.Least()
	for i := above(scores, least, 0); i < len(scores); i = above(scores, least, i+1) {
		if !skip[i] {
			t.Push(scores[i], first+int32(i))
			least = t.Least()
		}
	}
}

// abovePortable is above for every target, and what the other variants equal.
func abovePortable(scores []float32, least float32, from int) int {
	for i := from; i < len(scores); i++ {
		if scores[i] > least {
			return i
		}
	}
	return len(scores)
}
