package main

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sparrow/app/site"
)

// widgetOf exports a site and returns it with its widget.
func widgetOf(t *testing.T) (*site.Site, widget) {
	t.Helper()
	out := site.New("")
	engine := out.Hashed("engine.wasm", []byte("engine"))
	out.Asset("engine-worker.js", []byte("worker"))
	goroot, err := goroot()
	if err != nil {
		t.Fatal(err)
	}
	w, err := putWidget(out, "../../static", goroot, engine)
	if err != nil {
		t.Fatal(err)
	}
	return out, w
}

func TestTheWidgetIsPinnedByItsContent(t *testing.T) {
	out, w := widgetOf(t)
	pinned := out.File(w.pinned)
	if len(pinned) == 0 || w.pinned != "/a/"+site.Hash(pinned)+".widget.js" {
		t.Errorf("%s has %d bytes, and should be named by them", w.pinned, len(pinned))
	}
	sum := sha512.Sum384(pinned)
	if want := "sha384-" + base64.StdEncoding.EncodeToString(sum[:]); w.integrity != want {
		t.Errorf("integrity %s, want %s", w.integrity, want)
	}
}

// TestThePinnedWidgetVouchesForAllThatRuns: it fetches no script by import(),
// which nothing compares, and names the hashes of what it runs otherwise.
func TestThePinnedWidgetVouchesForAllThatRuns(t *testing.T) {
	out, w := widgetOf(t)
	pinned, alias := string(out.File(w.pinned)), string(out.File("/v1/widget.js"))
	apart := regexp.MustCompile(`\bimport\s*[("']`)
	if found := apart.FindAllString(pinned, -1); len(found) != 0 {
		t.Errorf("%s imports other scripts: %q", w.pinned, found)
	}
	for _, name := range []string{"engine", "worker"} {
		sum := sha256.Sum256([]byte(name)) // which is what the file holds
		if !strings.Contains(pinned, base64.StdEncoding.EncodeToString(sum[:])) {
			t.Errorf("%s does not hold the hash of %s", w.pinned, name)
		}
	}
	if found := regexp.MustCompile(`import\("\.\./a/[0-9a-f]{16}\.(framed|lists|policy|sharing)\.js"\)`).FindAllString(alias, -1); len(found) != 4 {
		t.Errorf("/v1/widget.js fetches %q when it needs them, want framed.js, lists.js, policy.js and sharing.js", found)
	}
}

func TestTheWidgetNamesFilesOfTheSite(t *testing.T) {
	out, w := widgetOf(t)
	for _, from := range out.Paths() {
		if from != w.pinned && from != "/v1/widget.js" && !strings.HasPrefix(from, "/frame/") {
			continue
		}
		text := string(out.File(from))
		if regexp.MustCompile(`__[A-Z_]+__`).MatchString(text) {
			t.Errorf("%s holds a token that was not filled in", from)
		}
		names := regexp.MustCompile(`\b(a|frame)/[0-9a-f]{16}[\w.-]*`).FindAllString(text, -1)
		if len(names) == 0 {
			t.Errorf("%s names no file", from)
		}
		for _, name := range names {
			if before, ends := strings.CutSuffix(name, "."); ends { // of each language
				for _, code := range languages {
					if out.File("/"+before+"."+code+".js") == nil {
						t.Errorf("%s names %s, which is not there in %s", from, name, code)
					}
				}
				continue
			}
			if out.File("/"+name) == nil && out.File("/"+name+".html") == nil {
				t.Errorf("%s names %s, which is not there", from, name)
			}
		}
	}
}

func TestTheWidgetIsNoPartOfTheApp(t *testing.T) {
	out, _ := widgetOf(t)
	for name := range out.Assets() {
		if name != "engine-worker.js" {
			t.Errorf("the app would keep %s for a visit without a network", name)
		}
	}
}

// TestTheWidgetSpeaksTheLanguagesThatThereAre: codeOf of words.js knows those whose scripts are
// exported, and no other.
func TestTheWidgetSpeaksTheLanguagesThatThereAre(t *testing.T) {
	words, err := os.ReadFile("../../static/widget/words.js")
	if err != nil {
		t.Fatal(err)
	}
	if want := "(" + strings.Join(languages, "|") + ")"; !strings.Contains(string(words), want) {
		t.Errorf("words.js does not look for %s", want)
	}
	files, err := filepath.Glob("../../static/widget/words/*.js")
	if err != nil || len(files) != len(languages)+1 {
		t.Errorf("%d files in words/, want one for each of %v and English (%v)", len(files), languages, err)
	}
}

// TestTheWidgetWalksNoObject: a page may have added to Object.prototype, and for…in, as esbuild writes it for import *, meets that.
func TestTheWidgetWalksNoObject(t *testing.T) {
	out, _ := widgetOf(t)
	for _, path := range out.Paths() {
		if found := regexp.MustCompile(`.{0,60}for\((var|let|const) \w+ in .{0,40}`).Find(out.File(path)); strings.HasSuffix(path, ".js") && found != nil {
			t.Errorf("%s: …%s…", path, found)
		}
	}
}
