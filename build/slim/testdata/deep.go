// Program deep does what a runtime needs its tables of functions for: stacks that
// grow and move, garbage collection with pointers on them, panics that are recovered.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type node struct {
	next *node
	v    int
}

//go:noinline
func deep(n int, list *node) int {
	if n == 0 {
		runtime.GC()
		panic("bottom")
	}
	return deep(n-1, &node{list, n}) + list.v
}

func recovered() (text string) {
	defer func() { text = fmt.Sprint(recover()) }()
	deep(10000, &node{v: 1})
	return "no panic"
}

func main() {
	done := make(chan string)
	go func() { done <- recovered() }()
	fmt.Println(<-done)
	m := map[string][]int{}
	for i := range 100000 {
		k := fmt.Sprint(i % 97)
		m[k] = append(m[k], i)
	}
	runtime.GC()
	fmt.Println(len(m), m["96"][3])
	pc := make([]uintptr, 8)
	frames := runtime.CallersFrames(pc[:runtime.Callers(1, pc)])
	frame, _ := frames.Next()
	fmt.Println(frame.Function, strings.HasSuffix(frame.File, "deep.go"), frame.Line > 0)
	var none *node
	none.v++
}
