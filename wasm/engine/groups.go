package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

const (
	mostOfGroup   = 4
	fewestOfGroup = 3
	sameWords     = 0.4 // cosine of titles from which on two items are taken for parts of one series: The Matrix Reloaded and The Matrix Revolutions
	alikeInGroup  = 0.4 // similarity of any two of a group at least, as [Engine.Describe] has it
)

// Groups returns at most k groups of well-known items, the ones that tell most first: 3 or 4 items
// that are alike, that share each of the group's names, and of which no two are of one series. No item is in two
// groups, and none that skip names is in any.
//
// Groups are chosen one after the other: next is the one for which the mean fame, times the least likeness in
// it, times the distance of its middle to the nearest item of a group is the largest. The best known stand first. The idea to ask
// a newcomer about groups in place of items: Chang, Harper and Terveen, Using Groups of Items for Preference
// Elicitation in Recommender Systems, CSCW 2015. Deviation: they cluster the whole catalog and pick the
// items of a cluster afterwards; here a group is made of what is well known, so that a person can know all of it.
func (e *Engine) Groups(k int, skip func(catalog.Row) bool) []Interest {
	for e.Prepare() { // titles tell what is of one series
	}
	g := e.alikeness(skip)
	var groups []Interest
	for len(groups) < k {
		var best []int
		most := float32(0)
		for i := range g.rows {
			if members, value := g.around(i); value > most {
				best, most = members, value
			}
		}
		if best == nil {
			break
		}
		rows := make([]catalog.Row, len(best))
		for m, i := range best {
			rows[m], g.taken[i] = g.rows[i], true
			for j := range g.rows {
				g.nearest[j] = min(g.nearest[j], max(0, 1-g.near[i*len(g.rows)+j]))
			}
		}
		x := e.named(rows, 1)
		x.Likes = rows
		groups = append(groups, x)
	}
	tellApart(groups)
	return groups
}

// alikeness is how alike the best known items are; its columns are parallel.
type alikeness struct {
	e       *Engine
	rows    []catalog.Row
	near    []float32 // [n×n] similarity; below 0 for parts of one series
	nearest []float32 // distance to the nearest item of a group
	taken   []bool    // is of a group
}

func (e *Engine) alikeness(skip func(catalog.Row) bool) *alikeness {
	g := &alikeness{e: e}
	for _, r := range e.sorted(ByPopularity) {
		if len(g.rows) < tastePool && !skip(r) && e.among(nil).Has(r) {
			g.rows = append(g.rows, r)
		}
	}
	n, width, vectors := len(g.rows), e.width(), e.Describe(g.rows)
	g.near, g.nearest, g.taken = make([]float32, n*n), make([]float32, n), make([]bool, n)
	for i, r := range g.rows {
		g.nearest[i] = farthest
		for j, other := range g.rows[:i] {
			near := vec.Dot(vectors[i*width:(i+1)*width], vectors[j*width:])
			if cosine := e.titles.cosine(r, other); cosine >= sameWords || cosine > 0 && e.commonStart(r, other, cosine) != "" {
				near = -1
			}
			g.near[i*n+j], g.near[j*n+i] = near, near
		}
	}
	return g
}

// around returns the places of the group around item i, ascending, and what it is worth; 0
// where too few are like it.
func (g *alikeness) around(i int) (members []int, value float32) {
	if g.taken[i] {
		return nil, 0
	}
	n := len(g.rows)
	least := make([]float32, n) // similarity to any member
	copy(least, g.near[i*n:(i+1)*n])
	members, least[i] = []int{i}, -1
	fame, alike := g.e.fame[g.rows[i]], float32(1)
	for len(members) < mostOfGroup {
		next, most := -1, float32(0)
		for j, near := range least {
			if near < alikeInGroup || g.taken[j] {
				continue
			}
			if value := g.e.fame[g.rows[j]] * near; value > most {
				next, most = j, value
			}
		}
		if next < 0 {
			break
		}
		members, fame, alike = append(members, next), fame+g.e.fame[g.rows[next]], min(alike, least[next])
		for j := range least {
			least[j] = min(least[j], g.near[next*n+j])
		}
		least[next] = -1
	}
	if len(members) < fewestOfGroup {
		return nil, 0
	}
	for last := 1; last < len(members); last++ { // the best known first
		for m := last; m > 0 && members[m] < members[m-1]; m-- {
			members[m], members[m-1] = members[m-1], members[m]
		}
	}
	return members, fame / float32(len(members)) * alike * g.nearest[i]
}
