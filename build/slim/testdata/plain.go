// Program plain writes no float, though the runtime, which recovers and collects here, could.
package main

import "runtime"

type pair struct{ left, right *pair }

func tree(depth int) *pair {
	if depth == 0 {
		return nil
	}
	return &pair{tree(depth - 1), tree(depth - 1)}
}

func (p *pair) count() int {
	if p == nil {
		return 0
	}
	return 1 + p.left.count() + p.right.count()
}

func recovered() (text string) {
	defer func() { text = recover().(error).Error() }()
	var none *pair
	return string(rune(none.left.count()))
}

func main() {
	all := map[int]*pair{}
	for i := range 100 {
		all[i%7] = tree(i % 13)
		runtime.GC()
	}
	println(len(all), all[3].count(), recovered())
	panic("the end of " + string(rune('a'+len(all))))
}
