package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// callsOfExports returns a statement for each function of a file that is
// exported to JavaScript: a call of it with zeros.
func callsOfExports(t *testing.T, name string, source []byte) string {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var calls strings.Builder
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Doc == nil || !slices.ContainsFunc(f.Doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:wasmexport ") }) {
			continue
		}
		var zeros []string
		for _, p := range f.Type.Params.List {
			kind := string(source[set.Position(p.Type.Pos()).Offset:set.Position(p.Type.End()).Offset])
			for range max(1, len(p.Names)) {
				zeros = append(zeros, "*new("+kind+")")
			}
		}
		calls.WriteString("\t" + f.Name.Name + "(" + strings.Join(zeros, ", ") + ")\n")
	}
	return calls.String()
}

func TestCallsOfExports(t *testing.T) {
	got := callsOfExports(t, "x.go", []byte("package x\n\n// a does.\n//\n//go:wasmexport b\nfunc a(n, m int32, p unsafe.Pointer) int32 { return 0 }\n\n// go:wasmexport\nfunc c() {}\n\n//go:wasmexport d\nfunc d() {}\n"))
	if want := "\ta(*new(int32), *new(int32), *new(unsafe.Pointer))\n\td()\n"; got != want {
		t.Errorf("callsOfExports = %q, want %q", got, want)
	}
}
