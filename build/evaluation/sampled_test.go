package evaluation

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
)

func TestSampledNegatives(t *testing.T) {
	d := many()
	cases := []Case{{User: 3, Relevant: list{16}}, {User: 4, Relevant: list{2}}}
	pools := SampledNegatives(d, cases, 3, 1)
	for i, pool := range pools {
		seen := map[catalog.Row]bool{}
		for _, r := range pool {
			seen[r] = true
			if !slices.Contains(cases[i].Relevant, r) && r < 15 {
				t.Errorf("SampledNegatives: movie %d, which user %d has, is a negative", r, cases[i].User)
			}
		}
		if len(pool) != 4 || len(seen) != 4 || !seen[cases[i].Relevant[0]] {
			t.Errorf("SampledNegatives: pool %v, want the relevant movie and 3 others", pool)
		}
	}
	if all := SampledNegatives(d, cases[:1], 99, 1)[0]; len(all) != 5 {
		t.Errorf("SampledNegatives: %v, want all 4 that are left and the relevant one", all)
	}
	seen := map[catalog.Row]int{}
	for seed := range uint64(3000) {
		for _, r := range SampledNegatives(d, cases[1:], 2, seed)[0] {
			seen[r]++
		}
	}
	for r := catalog.Row(15); r < 20; r++ { // each with probability 2/5
		if n := seen[r]; n < 1080 || n > 1320 {
			t.Errorf("SampledNegatives: movie %d in %d of 3000 draws of 2 from 5, want about 1200", r, n)
		}
	}
}
