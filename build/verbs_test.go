package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"
)

// TestVerbsDoNotCallVerbs holds that a verb of the command line needs no other:
// its file uses only what files without a verb declare. A file with a method Run
// is a verb; further files of a verb begin with its name. command.go lists them all.
func TestVerbsDoNotCallVerbs(t *testing.T) {
	fset := token.NewFileSet()
	names, err := filepath.Glob("command/*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("no verbs: %v", err)
	}
	base := func(pos token.Pos) string {
		return strings.TrimSuffix(filepath.Base(fset.Position(pos).Filename), ".go")
	}
	var files []*ast.File
	verbs := map[string]bool{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil && fn.Name.Name == "Run" {
				verbs[base(f.Pos())] = true
			}
		}
	}
	if len(verbs) < 15 {
		t.Fatalf("only %d verbs were found: %v", len(verbs), verbs)
	}
	// verb returns the verb that a place belongs to, "" for none.
	verb := func(pos token.Pos) string {
		name := base(pos)
		if head, _, _ := strings.Cut(name, "_"); verbs[head] {
			return head
		}
		return ""
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: nothing{}, Error: func(error) {}} // what is imported does not matter
	config.Check("command", fset, files, info)
	used := 0
	for id, o := range info.Uses {
		if o.Pkg() == nil || o.Pkg().Path() != "command" || base(id.Pos()) == "command" {
			continue
		}
		used++
		if from, to := verb(id.Pos()), verb(o.Pos()); to != "" && from != to {
			t.Errorf("%s uses %s of the verb %s: declare it in a file without a verb", fset.Position(id.Pos()), id.Name, to)
		}
	}
	if used < 100 {
		t.Errorf("only %d uses were looked at", used)
	}
}

// nothing imports every package as an empty one.
type nothing struct{}

// Import implements [types.Importer].
func (nothing) Import(path string) (*types.Package, error) {
	p := types.NewPackage(path, filepath.Base(path))
	p.MarkComplete()
	return p, nil
}
