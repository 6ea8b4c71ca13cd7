package filter

import "sparrow/wasm/catalog"

// Pick returns which of items that stand best first become a list of k: their places, ascending.
// There are fewer where the quotas leave no more of these items.
//
// It goes down the items and takes each one but those of which as many as Most says share a
// value already, and where no more places are left than values that Least still lacks, those
// without a new one; if these are too few, the best ones that were passed over follow. With Diversity as few share a
// value as give a list of the same length: one, else two, and so on.
func (q *Quotas) Pick(rows []catalog.Row, k int) []int {
	all := q.pick(rows, k, 0)
	for share := 1; share < len(all) && q.spread != nil; share++ {
		if some := q.pick(rows, k, share); len(some) == len(all) {
			return some
		}
	}
	return all
}

// pick is Pick where at most share items share a value of a column of Diversity; 0 for any number.
func (q *Quotas) pick(rows []catalog.Row, k, share int) []int {
	for _, part := range [][]quota{q.most, q.least, q.spread} {
		for i := range part {
			part[i].count, part[i].seen = make([]int, part[i].values.values()+1), 0
		}
	}
	taken := make([]bool, len(rows))
	left := k
	for _, needs := range [...]bool{true, false} { // then without what no item has
		for i, r := range rows {
			if left == 0 {
				break
			}
			if taken[i] || needs && !q.brings(r, left) || !below(q.most, r, 0) || share > 0 && !below(q.spread, r, share) {
				continue
			}
			taken[i] = true
			left--
			for _, part := range [][]quota{q.most, q.least, q.spread} {
				for j := range part {
					part[j].add(r)
				}
			}
		}
	}
	places := make([]int, 0, k-left)
	for i, is := range taken {
		if is {
			places = append(places, i)
		}
	}
	return places
}

// brings reports whether item r may have one of so many places that are left, beside what
// Least still lacks.
func (q *Quotas) brings(r catalog.Row, left int) bool {
	for i := range q.least {
		if o := &q.least[i]; o.n-o.seen >= left && o.added(r) == 0 {
			return false
		}
	}
	return true
}

// below reports whether one item more with the values of r keeps to the quotas; share is
// their number, 0 for the own one of each.
func below(quotas []quota, r catalog.Row, share int) bool {
	for i := range quotas {
		o := &quotas[i]
		n := share
		if n == 0 {
			n = o.n
		}
		for _, code := range o.values.codes(r) {
			if o.count[code] >= n {
				return false
			}
		}
	}
	return true
}

// added returns how many values r has that none has yet.
func (o *quota) added(r catalog.Row) (n int) {
	for _, code := range o.values.codes(r) {
		if o.count[code] == 0 {
			n++
		}
	}
	return n
}

func (o *quota) add(r catalog.Row) {
	for _, code := range o.values.codes(r) {
		if o.count[code] == 0 {
			o.seen++
		}
		o.count[code]++
	}
}
