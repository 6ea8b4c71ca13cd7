package command

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// named is a flag as texts name it, hump where a field's name has a hyphen as a
// flag, and advice is advice to turn a setting.
var (
	named  = regexp.MustCompile(`(?:^|[^-\w])--([a-z][a-z0-9-]*)`)
	hump   = regexp.MustCompile(`([a-z])([A-Z])`)
	advice = regexp.MustCompile(`(?i)\b(lower|raise|increase|decrease|reduce|enlarge) the\b`)
)

// TestTextsNameFlagsThatExist reads every text in the sources of the command line:
// a flag that it names is one of a verb, or of the edge or another program of the
// project, and where it advises to turn a setting it names the flag that does so.
// Texts without a space are arguments for other programs.
func TestTextsNameFlagsThatExist(t *testing.T) {
	cli, err := kong.New(new(commands), kong.Vars{"archives": "a", "grouplens": "g", "samples": "s"})
	if err != nil {
		t.Fatal(err)
	}
	flags := map[string]bool{"help": true}
	var walk func(n *kong.Node)
	walk = func(n *kong.Node) {
		for _, f := range n.Flags {
			flags[f.Name] = true
			if f.Tag.Negatable != "" {
				flags["no-"+f.Name] = true
			}
		}
		for _, child := range n.Children {
			walk(child)
		}
	}
	walk(cli.Model.Node)
	if !flags["max-bad"] || !flags["no-baselines"] || flags["min-count"] {
		t.Fatalf("the flags are not found: %v", flags)
	}
	for _, dir := range []string{"../bench", "../slim", "../../edge", "../../app/export"} {
		eachNode(t, dir, func(_ *token.FileSet, n ast.Node) {
			if f, ok := n.(*ast.Field); ok && f.Tag != nil && len(f.Names) == 1 && strings.Contains(f.Tag.Value, `help:"`) {
				flags[strings.ToLower(hump.ReplaceAllString(f.Names[0].Name, "$1-$2"))] = true
			}
		})
	}
	if !flags["trusted-proxy"] {
		t.Fatalf("the flags of other programs are not found: %v", flags)
	}
	texts, checked := 0, 0
	eachNode(t, "..", func(fset *token.FileSet, n ast.Node) {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return
		}
		text, err := strconv.Unquote(lit.Value)
		if texts++; err != nil || !strings.Contains(text, " ") {
			return
		}
		place, names := fset.Position(n.Pos()), named.FindAllStringSubmatch(text, -1)
		for _, m := range names {
			checked++
			if !flags[m[1]] {
				t.Errorf("%s names --%s, which is no flag: %s", place, m[1], text)
			}
		}
		if advice.MatchString(text) && len(names) == 0 {
			t.Errorf("%s advises to turn a setting and names no flag that does: %s", place, text)
		}
	})
	if texts < 1000 || checked < 100 {
		t.Errorf("only %d texts with %d flags were looked at", texts, checked)
	}
}

// eachNode calls f with each node of the sources below dir that are no tests.
func eachNode(t *testing.T, dir string, f func(fset *token.FileSet, n ast.Node)) {
	t.Helper()
	fset := token.NewFileSet()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool { f(fset, n); return true })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
