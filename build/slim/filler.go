package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// A program names its types and variables by their addresses, in every fourth
// function. Before them in memory lie the tables of functions, which a change of one
// function makes 16 bytes longer: everything behind moves, and a visitor who comes
// back downloads a quarter of the program again. A filler before the tables, as long
// as the addresses behind them need to stay multiples of boundary, takes that up.
const (
	// filler is the text that the linker makes as long as is asked.
	filler = "sparrow/wasm/exports.filler"
	// shortest is more than any other symbol of read-only data that has no pointers
	// has (14 KB): they lie in the order of their sizes, so that none lies behind the
	// filler. Which of 16, 32, 48 and 64 KB compresses best is luck: app.wasm by 3 KB.
	shortest = 48 << 10
	// boundary is far more than what lies before the types grows in a release: one release of
	// so many changes of a kilobyte passes one, and is downloaded by a quarter more. The
	// filler takes part of it of the memory, and nothing of what is downloaded: it is
	// one digit again and again.
	boundary = 64 << 10
	// The tables begin at a multiple of alignment, the types at one of no more than mostAlignment.
	alignment, mostAlignment = 8, 64
)

// compile builds a program for the browser with go build and the arguments given,
// and links it once more where its types do not begin at a multiple of boundary.
// What is linked before Go 1.27 has them before the tables.
func compile(filler, out string, args ...string) error {
	if err := link(filler, shortest, out, args); err != nil {
		return err
	}
	module, err := os.ReadFile(out)
	if err != nil {
		return err
	}
	tables, end, types, err := addresses(module)
	if err != nil {
		return fmt.Errorf("%s: %w", out, err)
	}
	more := -types & (boundary - 1)
	if gap := types - end; gap > 0 && gap < mostAlignment {
		more += gap &^ (alignment - 1) // texts and constants at the end of the tables stay where they are, too
	}
	if more > 0 && types > tables {
		return link(filler, shortest+more, out, args)
	}
	return nil
}

// link runs go build with a filler of n digits, and with the data, which are behind
// the types, at a multiple of boundary.
func link(filler string, n int, out string, args []string) error {
	flags := fmt.Sprintf("-R=%d -X=%s=%s", boundary, filler, strings.Repeat("0", n))
	build := []string{"build", "-o", out, "-ldflags=" + flags}
	for _, arg := range args {
		if rest, ok := strings.CutPrefix(arg, "-ldflags="); ok {
			arg = "-ldflags=" + rest + " " + flags
		}
		build = append(build, arg)
	}
	cmd := exec.Command("go", build...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// addresses returns where in the memory of a module the tables of functions begin and end,
// with what stands behind them, and where the types begin, as the runtime's description of
// the program says.
func addresses(module []byte) (tables, end, types int, err error) {
	parts, err := segments(module)
	if err != nil {
		return 0, 0, 0, err
	}
	memory := load(module, parts)
	tables = bytes.Index(memory, []byte(header))
	if tables < 0 {
		return 0, 0, 0, errUnknown
	}
	// The description begins with the address of the tables (moduledata in
	// runtime/symtab.go), and is the one place that holds it.
	at := bytes.Index(memory, binary.LittleEndian.AppendUint64(nil, uint64(tables)))
	if at < 0 || at+endField+8 > len(memory) {
		return 0, 0, 0, errUnknown
	}
	return tables, uint64At(memory, at+endField), uint64At(memory, at+typesField), nil
}
