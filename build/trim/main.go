// Trim takes the tables of source lines and the names of the runtime's own functions out
// of programs that Go compiled to WebAssembly: every eleventh byte of what a visitor
// downloads. A trace of a panic then names the same functions without file and line;
// nothing else reads the tables.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 2 || os.Args[1][0] == '-' {
		fmt.Fprintln(os.Stderr, "usage: go run ./build/trim FILE.wasm…\nFiles are changed in place. One that this program does not understand is left as it is, with a warning.")
		os.Exit(2)
	}
	for _, file := range os.Args[1:] {
		data, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, "trim:", err)
			os.Exit(1)
		}
		if err := withoutLines(data); err != nil { // data was not touched: the file is good, only larger
			fmt.Fprintf(os.Stderr, "trim: warning: %s keeps its source lines: %v\n", file, err)
			continue
		}
		if err := os.WriteFile(file, data, 0o666); err != nil {
			fmt.Fprintln(os.Stderr, "trim:", err)
			os.Exit(1)
		}
	}
}
