package main

import (
	"flag"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// slow also runs what builds the programs for the browser or trains for long:
// make docs sets it.
var slow = flag.Bool("slow", false, "run also the slow commands of the documents")

// rule says what a command of the documents needs to run in an empty folder.
type rule struct {
	match *regexp.Regexp
	as    string // what takes the place of the match
	not   string // why it is not run here
}

func be(match, as string) rule   { return rule{match: regexp.MustCompile(match), as: as} }
func not(match, why string) rule { return rule{match: regexp.MustCompile(match), not: why} }

// rules are tried on each command in their order: the first that leaves it out
// ends the search, and each that replaces goes on. One that nothing matches
// fails the test, so that none outlives its command.
var rules = []rule{
	not(`^make (test|check|check|test-go|test-webkit|fuzz|size|bench|bench-edge|bench-train|loop|compare)\b`, "tests and benchmarks, minutes each: continuous integration and those who measure run them"),
	not(`^make (deploy|publish)\b`, "needs an account at Cloudflare; edge/worker/tests/deploy.test.mjs runs what it runs"),
	not(`^make edge-build\b`, "continuous integration runs it"),
	not(`^make tools\b|^npm `, "installs"),
	not(`^go test\b`, "every test runs with go test ./...; that it names one is checked here"),
	not(`^go run \./build fetch\b`, "downloads; the data that it would fetch are made here"),
	not(`^(npx )?wrangler\b|^export PATH=|^curl .*workers\.dev`, "needs an account at Cloudflare"),
	not(`^export AWS_`, "keys of an account; a folder stands for the bucket here"),
	not(`^(rm edge\.test|git diff )`, "tidies up after a command that is not run here"),
	not(`^python3 -m http.server\b`, "serves a page to a browser; app/e2e/tests/newcomer.test.mjs looks at it in one"),
	be(`--retrieval NAME`, "--retrieval sequence"),
	be(`"NAME,EASE,SASRec"`, `"iALS,EASE"`),
	be(`"NAME,FM"`, `"Embedding+MLP,FM"`),
	be(`--models NAME\b`, "--models FM"),
	be(`s3://sparrow-feedback`, "/var/lib/sparrow"),
	be(`(/var/lib/sparrow|/srv/sparrow)`, "ROOT$1"),
	be(`http://localhost:8080`, "EDGE"),
	be(`^(\./sparrow-edge .*)$`, "$1 --addr 127.0.0.1:0"),
}

// brief takes the place of what trains for minutes, unless -slow: the bookshop of 60 titles that a
// newcomer brings along for that of 20,000.
var brief = []rule{be(`data/books`, "my-shop"), be(`9780001047297`, "B01")}

// guides are the documents whose commands run, each in a folder of its own.
var guides = []string{"README.md", "build/README.md", "static/widget/README.md", "data/README.md", "edge/START.md", "edge/GUIDE.md", ".github/CONTRIBUTING.md"}

// TestDocumentsRunAsWritten runs every command of the documents in their order, as
// someone would who follows them in a fresh clone with a catalog of their own:
// what a command names has to be there, made by one that stands before it. What
// is brought along is what newcomer makes.
func TestDocumentsRunAsWritten(t *testing.T) {
	used := make([]atomic.Bool, len(rules))
	var ran atomic.Int32 // documents: with -run they need not be all
	tools := buildTools(t)
	t.Run("documents", func(t *testing.T) {
		for _, name := range guides {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				ran.Add(1)
				p := newcomer(t, tools)
				begun := time.Now()
				all := blocks(t, name)
				for i, b := range append(all, lessons(t, name)...) {
					if b.language != "" {
						continue
					}
					t.Run(fmt.Sprintf("%s:%d", path.Base(b.file), b.line), func(t *testing.T) {
						p.folder = p.clone
						if i >= len(all) {
							p.trained = "" // a lesson stands for itself
						}
						for _, s := range b.steps() {
							p.run(t, s, used)
						}
					})
				}
				if took := time.Since(begun); *slow && name == "edge/START.md" && took > 20*time.Minute {
					t.Errorf("from nothing to a row took %v, and the document says 20 minutes", took)
				}
			})
		}
	})
	for i, r := range rules {
		if !t.Failed() && int(ran.Load()) == len(guides) && !used[i].Load() {
			t.Errorf("no command of the documents is %s: the rule goes", r.match)
		}
	}
}

// run runs a step by the rules and fails the test when it fails.
func (p *person) run(t *testing.T, s step, used []atomic.Bool) {
	t.Helper()
	text := s.text
	wait := !*slow && takesLong.MatchString(text)
	for i, r := range rules {
		if !r.match.MatchString(text) {
			continue
		}
		used[i].Store(true)
		if r.not != "" {
			if strings.HasPrefix(text, "go test") {
				checkNamesTests(t, text)
			}
			return
		}
		text = r.match.ReplaceAllString(text, r.as)
	}
	if wait {
		return
	}
	if !*slow {
		for _, r := range brief {
			text = r.match.ReplaceAllString(text, r.as)
		}
	}
	text = strings.NewReplacer("ROOT", p.root, "EDGE", p.edge).Replace(text)
	if to, is := strings.CutPrefix(text, "cd "); is {
		p.folder = filepath.Join(p.folder, to)
		return
	}
	if serves.MatchString(text) {
		p.serve(t, s.line, text)
		return
	}
	p.shell(t, s.line, text)
	if m := trains.FindStringSubmatch(text); m != nil {
		if p.trained = m[1]; !filepath.IsAbs(p.trained) {
			p.trained = filepath.Join(p.folder, p.trained)
		}
	}
}

var (
	serves = regexp.MustCompile(`^(make (-o \S+ )?(run|dev)\b|go run \./edge\b|\./sparrow-edge\b)`)
	trains = regexp.MustCompile(`^go run \./build bundle .*--out (\S+/)(\s|$)`)
	// takesLong is what makes the programs for the browser, or trains many models.
	takesLong = regexp.MustCompile(`^make (site|demo-bundle|night)\b|^go run \./build (compare|bandits|neighbors|sample)\b`)
	pattern   = regexp.MustCompile(`-(?:run|bench|fuzz) '?([A-Za-z|]+)'?`)
)

// checkNamesTests holds that the patterns of a go test command match a test.
func checkNamesTests(t *testing.T, text string) {
	t.Helper()
	m := pattern.FindStringSubmatch(text)
	if m == nil {
		return
	}
	wanted := regexp.MustCompile(m[1])
	for name := range testNames(t) {
		if wanted.MatchString(name) {
			return
		}
	}
	t.Errorf("%q: no test is called like %q", text, m[1])
}
