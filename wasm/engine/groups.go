package engine

import (
	"slices"

	"sparrow/wasm/catalog"
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
func (e *Engine) Groups(k int, skip func(catalog.Row) bool) (groups []Interest) {
	for e.Prepare() { // titles tell what is of one series
	}
	w := e.wall(k, nil, skip)
	near := w.alike()
	for len(groups) < k {
		var best []int
		most := float32(0)
		for i := range w.rows {
			if members, value := w.around(i, near); value > most {
				best, most = members, value
			}
		}
		if best == nil {
			break
		}
		var rows []catalog.Row
		for i, r := range w.rows { // the best known first
			if slices.Contains(best, i) {
				rows = append(rows, r)
				w.ask(i)
			}
		}
		x := e.named(rows, 1)
		x.Likes = rows
		groups = append(groups, x)
	}
	tellApart(groups)
	return groups
}

// alike returns how similar the items of a wall are, [n×n]; below 0 for parts of one series.
func (w *wall) alike() []float32 {
	n := len(w.rows)
	near := make([]float32, n*n)
	cosines := w.e.scratch.title
	for i, r := range w.rows {
		w.e.titles.cosines(cosines, r)
		for j, other := range w.rows[:i] {
			v := 1 - w.e.distance(w.vectors, i, j)
			if cosine := cosines[other]; cosine >= sameWords || cosine > 0 && w.e.commonStart(r, other, cosine) != "" {
				v = -1
			}
			near[i*n+j], near[j*n+i] = v, v
		}
	}
	return near
}

// around returns the places of the group around item i, and what it is worth; 0
// where too few are like it. No one was asked about any of them.
func (w *wall) around(i int, near []float32) (members []int, value float32) {
	n := len(w.rows)
	least := make([]float32, n) // similarity to any member
	for j := range least {
		least[j] = 1
	}
	fame, alike := float32(0), float32(1)
	for next := i; next >= 0 && len(members) < mostOfGroup && w.nearest[i] > 0; {
		fame, alike = fame+w.e.fame[w.rows[next]], min(alike, least[next])
		members = append(members, next)
		for j, v := range near[next*n : (next+1)*n] {
			least[j] = min(least[j], v)
		}
		least[next] = -1
		next = -1
		most := float32(0)
		for j, v := range least {
			if v *= w.e.fame[w.rows[j]]; least[j] >= alikeInGroup && w.nearest[j] >= 0 && v > most {
				next, most = j, v
			}
		}
	}
	if len(members) < fewestOfGroup {
		return nil, 0
	}
	return members, fame / float32(len(members)) * alike * w.nearest[i]
}
