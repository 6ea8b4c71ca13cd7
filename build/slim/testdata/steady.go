// Program steady has a function that a test changes.
package main

import "fmt"

type point struct{ x, y int }

var (
	filler string
	points = map[string]point{"a": {1, 2}, "b": {3, 4}}
)

//go:noinline
func keep(string) {}

//go:noinline
func sum(all map[string]point) (n int) {
	for _, p := range all {
		n += p.x * p.y
	}
	return n
}

func main() {
	keep(filler)
	fmt.Println(sum(points))
}
