package dataset

import (
	"cmp"
	"slices"
	"strings"

	"sparrow/wasm/catalog"
)

// maxTags is how many tags an item keeps: the tail of a popular item's tags
// is jokes and misspellings.
const maxTags = 30

// tags gathers what people call items.
type tags struct {
	ids   map[string]int // of the tag's lower-cased text
	names []string
	uses  map[use]struct{}
	users map[string]int
}

// use is one user giving one tag to one item, which counts once.
type use struct{ item, tag, user int }

func newTags() *tags {
	return &tags{ids: make(map[string]int), uses: make(map[use]struct{}), users: make(map[string]int)}
}

// add notes that user tagged the item; it returns false for an empty tag.
func (t *tags) add(item int, user, tag string) bool {
	tag = strings.ToLower(strings.Join(strings.Fields(tag), " "))
	if tag == "" || len(tag) > 100 {
		return false
	}
	i, ok := t.ids[tag]
	if !ok {
		i = len(t.names)
		t.ids[tag] = i
		t.names = append(t.names, tag)
	}
	u, ok := t.users[user]
	if !ok {
		u = len(t.users)
		t.users[user] = u
	}
	t.uses[use{item, i, u}] = struct{}{}
	return true
}

// addList adds tags separated by "|" that the catalog itself gives the item.
func (t *tags) addList(item int, list string) {
	for tag := range strings.SplitSeq(list, "|") {
		if !isNull([]byte(strings.TrimSpace(tag))) {
			t.add(item, "", tag)
		}
	}
}

// store gives the catalog its tags: those used on two items or by two people,
// on an item the most used first, at most 30. The others are reported.
func (t *tags) store(c *catalog.Catalog, r *Report, file string) {
	all := make([]use, 0, len(t.uses))
	for u := range t.uses {
		all = append(all, u)
	}
	slices.SortFunc(all, func(a, b use) int {
		return cmp.Or(cmp.Compare(a.item, b.item), cmp.Compare(a.tag, b.tag), cmp.Compare(a.user, b.user))
	})
	type count struct{ tag, uses int }
	lists := make([][]count, c.Len())
	items, people := make([]int, len(t.names)), make([]map[int]bool, len(t.names))
	for i, u := range all {
		if people[u.tag] == nil {
			people[u.tag] = make(map[int]bool)
		}
		people[u.tag][u.user] = true
		l := lists[u.item]
		if i > 0 && all[i-1].item == u.item && all[i-1].tag == u.tag {
			l[len(l)-1].uses++
			continue
		}
		lists[u.item] = append(l, count{u.tag, 1})
		items[u.tag]++
	}

	total := make([]int, len(t.names)) // uses that stay
	for m, l := range lists {
		kept := l[:0]
		for _, k := range l {
			if items[k.tag] < 2 && len(people[k.tag]) < 2 {
				r.fair(file, file, "tag used once only", t.names[k.tag])
				continue
			}
			kept = append(kept, k)
		}
		slices.SortStableFunc(kept, func(a, b count) int {
			return cmp.Or(cmp.Compare(b.uses, a.uses), cmp.Compare(items[b.tag], items[a.tag]), cmp.Compare(t.names[a.tag], t.names[b.tag]))
		})
		for _, k := range kept[min(len(kept), maxTags):] {
			r.fair(file, file, "tag beyond the 30 most used of its item", t.names[k.tag])
		}
		lists[m] = kept[:min(len(kept), maxTags)]
		for _, k := range lists[m] {
			total[k.tag] += k.uses
		}
	}

	order := make([]int, 0, len(t.names))
	for i := range t.names {
		if total[i] > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(total[b], total[a]), cmp.Compare(t.names[a], t.names[b]))
	})
	for _, i := range order[min(len(order), maxTagNames):] {
		r.fair(file, file, "tag beyond the 65,535 most used", t.names[i])
	}
	order = order[:min(len(order), maxTagNames)]
	number := make(map[int]uint16, len(order))
	for n, i := range order {
		number[i] = uint16(n)
		c.TagNames = append(c.TagNames, t.names[i])
	}
	for m, l := range lists {
		for _, k := range l {
			if n, ok := number[k.tag]; ok {
				c.Tags[m] = append(c.Tags[m], n)
			}
		}
	}
}
