package command

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// cinematic finds words that are said of films and of nothing else that is sold.
var cinematic = regexp.MustCompile(`(?i)\b(films?|movies?|cinemas?|directors?|watched|watchlist|viewers?|screenings?)\b|影片|电影|片名|片单|片库|导演|演员|观众|海报`)

// TestTheCommandLineIsOfNoKindOfCatalog reads the help of every verb, and what the verbs say of a
// bookshop.
func TestTheCommandLineIsOfNoKindOfCatalog(t *testing.T) {
	said := map[string]string{}
	hear := func(args ...string) {
		out, err := call(t, args...)
		said[strings.Join(args[:min(2, len(args))], " ")] = out + err
	}
	hear("--help")
	verbs := regexp.MustCompile(`(?m)^  ([a-z-]+)`).FindAllStringSubmatch(said["--help"], -1)
	if len(verbs) < 20 {
		t.Fatalf("the help names %d verbs:\n%s", len(verbs), said["--help"])
	}
	for _, v := range verbs {
		hear(v[1], "--help")
	}

	dir := t.TempDir()
	hear("sample", "books", "--out", dir, "--items", "60", "--people", "30")
	books := filepath.Join(dir, "books")
	items, err := os.ReadFile(filepath.Join(books, "items.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var vectors strings.Builder
	first := ""
	for i, line := range strings.Split(strings.TrimSpace(string(items)), "\n")[1:] {
		id, _, _ := strings.Cut(line, ",")
		if first == "" {
			first = id
		}
		vectors.WriteString(id + [3]string{" 1 0 0.1", " 0 1 0.1", " 0.5 0.5 0"}[i%3] + "\n")
	}
	numbers := filepath.Join(dir, "emb.vec")
	if err := os.WriteFile(numbers, []byte(vectors.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "bundle") + "/"
	hear("import", "--vectors", numbers, "--items", books, "--out", out)
	if want := "vocabulary.json: Lindenhof Books, books at /book/{id}"; !strings.Contains(said["import --vectors"], want) {
		t.Errorf("import does not say %q:\n%s", want, said["import --vectors"])
	}
	for _, verb := range []string{"inspect", "similar", "recommend", "lists"} {
		args := []string{verb, "--bundle", out}
		switch verb {
		case "similar":
			args = append(args, "--item", first)
		case "recommend":
			args = append(args, "--histories", filepath.Join(books, "interactions.csv"), "--out", "-")
		}
		hear(args...)
	}
	hear("inspect", "--card", "--bundle", out)
	for args, text := range said {
		if found := cinematic.FindString(text); found != "" {
			t.Errorf("build %s says %q:\n%.600s", args, found, text)
		}
	}
}
