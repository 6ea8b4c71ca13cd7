package content

// Texts returns a vector of length 1 for each of N items, [N×d], from the words of their texts, as
// [Vectors] does of titles; zeros for an item without a word that another one has, too. columns are the
// texts of all items, [N] each, and each column counts as much as the others.
func Texts(columns [][]string, d int, seed uint64) []float32 {
	n := len(columns[0])
	x := &terms{index: make([][]int32, n), value: make([][]float64, n)}
	for _, texts := range columns {
		lists, count := make([][]string, n), map[string]int{}
		for r, text := range texts {
			lists[r] = wordsOf(text)
			for _, word := range lists[r] {
				count[word]++
			}
		}
		x.words(1/float64(len(columns)), func(r int) (list []string) {
			for _, word := range lists[r] {
				if count[word] > 1 { // else it says nothing of another item
					list = append(list, word)
				}
			}
			return list
		})
	}
	return x.vectors(d, seed)
}
