package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/lists"
	"sparrow/edge/durable"
)

// nights is a folder of bundles and the data that they are made of.
type nights struct {
	t       *testing.T
	in, out string
}

func newNights(t *testing.T) *nights {
	return &nights{t, written(t, small), filepath.Join(t.TempDir(), "bundles")}
}

// night runs one and returns its exit code and all that it said.
func (n *nights) night(more ...string) (code int, said string) {
	n.t.Helper()
	return n.nightUntil(context.Background(), more...)
}

// nightUntil runs one that ctx may interrupt.
func (n *nights) nightUntil(ctx context.Context, more ...string) (code int, said string) {
	n.t.Helper()
	var out, err bytes.Buffer
	args := append([]string{"night", "--input", n.in, "--out", n.out, "--epochs", "2", "--width", "8"}, more...)
	code = Run(ctx, args, &out, &err)
	return code, out.String() + err.String()
}

// newest returns the hash that latest.json names, whose bundle must be good.
func (n *nights) newest() string {
	n.t.Helper()
	data, _, err := bundledir.Read(n.out)
	if err != nil {
		n.t.Fatal(err)
	}
	return bundledir.Hash(data)
}

// rewrite changes every line of a file of the data but the first; "" removes it.
func (n *nights) rewrite(name string, change func(line string) string) {
	n.t.Helper()
	path := filepath.Join(n.in, name)
	text, err := os.ReadFile(path)
	if err != nil {
		n.t.Fatal(err)
	}
	var b strings.Builder
	for i, line := range strings.SplitAfter(string(text), "\n") {
		if i > 0 {
			line = change(line)
		}
		b.WriteString(line)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		n.t.Fatal(err)
	}
}

// without removes the first k items and all that was done with them.
func (n *nights) without(k int) {
	id := func(cell string) bool {
		var number int
		fmt.Sscan(cell, &number)
		return number <= k
	}
	drop := func(column int) func(string) string {
		return func(line string) string {
			if cells := strings.Split(line, ","); len(cells) > column && id(cells[column]) {
				return ""
			}
			return line
		}
	}
	n.rewrite("items.csv", drop(0))
	n.rewrite("interactions.csv", drop(1))
}

// log returns the lines of the log of nights.
func (n *nights) log() []string {
	n.t.Helper()
	text, err := os.ReadFile(filepath.Join(n.out, nightLog))
	if err != nil {
		n.t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

func TestNight(t *testing.T) {
	n := newNights(t)
	code, said := n.night()
	first := n.newest()
	if code != 0 || !strings.Contains(said, first[:12]+" is the newest bundle, with none to compare it with") {
		t.Fatalf("the first night: exit code %d\n%s", code, said)
	}
	if code, said := n.night(); code != 0 || n.newest() != first || !strings.Contains(said, "is the newest bundle still") {
		t.Errorf("a night without news: exit code %d\n%s", code, said)
	}

	// Three items are gone and five are new; pages are written while the last
	// bundle is served, and what is published is the new one.
	n.without(3)
	n.rewrite("items.csv", func(line string) string {
		if strings.HasPrefix(line, "90,") {
			for k := range 5 {
				line += fmt.Sprintf("new-%d,Movie N%d,2020,Group %d\n", k, k, k%3)
			}
		}
		return line
	})
	for _, name := range []string{"1", "2"} { // long unused
		path := filepath.Join(n.out, strings.Repeat(name, 64)+".bundle")
		old := time.Now().Add(-48 * time.Hour)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	seen := t.TempDir()
	pages := fmt.Sprintf(`cp "$BUNDLE/latest.json" "$BUNDLE/similar.lists" '%[1]s' && cp '%[2]s/latest.json' '%[1]s/served.json'`, seen, n.out)
	publish := fmt.Sprintf(`cp '%s/latest.json' '%s/published.json'`, n.out, seen)
	code, said = n.night("--pages", pages, "--publish", publish, "--json")
	second := n.newest()
	var f nightFigures
	if err := json.Unmarshal([]byte(said[strings.Index(said, "{\n"):strings.LastIndex(said, "\n}")+2]), &f); err != nil {
		t.Fatalf("%v in %s", err, said)
	}
	if code != 0 || second == first || f.Bundle != second || f.Judged == nil || f.Judged.Gone != 3 || f.Judged.New != 5 || f.Judged.Difference == nil || f.Pruned != 2 {
		t.Errorf("a night with news: exit code %d, %+v\n%s", code, f, said)
	}
	for name, hash := range map[string]string{"latest.json": second, "served.json": first, "published.json": second} {
		if text, err := os.ReadFile(filepath.Join(seen, name)); err != nil || !strings.Contains(string(text), hash) {
			t.Errorf("%s holds %s, %v, want %.12s", name, text, err, hash)
		}
	}
	if !lists.Written(n.out, second) {
		t.Error("the lists are not those of the newest bundle")
	}
	if _, err := os.Stat(filepath.Join(n.out, nextFolder)); err == nil {
		t.Error("the folder of the next bundle was left")
	}
	if log := n.log(); len(log) != 3 || !strings.Contains(log[2], "92 items (5 new, 3 gone)") {
		t.Errorf("the log of nights: %q", log)
	}
}

func TestNightKeepsTheLastBundle(t *testing.T) {
	n := newNights(t)
	if code, said := n.night(); code != 0 {
		t.Fatal(said)
	}
	first := n.newest()
	n.without(3)
	stays := func(when string, code, want int, said, why string) {
		t.Helper()
		if code != want || !strings.Contains(said, why) || n.newest() != first || !lists.Written(n.out, first) {
			t.Errorf("%s: exit code %d, newest %.12s, want %d, %.12s and %q:\n%s", when, code, n.newest(), want, first, why, said)
		}
	}
	code, said := n.night("--pages", "exit 7")
	stays("pages that cannot be written", code, 1, said, "--pages: exit status 7")
	if log := n.log(); !strings.Contains(log[len(log)-1], "the last bundle stays in service: --pages: exit status 7") {
		t.Errorf("the log of nights: %q", log)
	}
	ctx, cancel := context.WithCancel(context.Background())
	writing := filepath.Join(t.TempDir(), "writing")
	go func() { // interrupt it while pages are being written
		defer cancel()
		for range 6000 {
			if _, err := os.Stat(writing); err == nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	begun := time.Now()
	code, said = n.nightUntil(ctx, "--pages", fmt.Sprintf("touch '%s'; exec sleep 600", writing))
	stays("an interruption", code, 1, said, "interrupted")
	if log := n.log(); time.Since(begun) > 5*time.Minute || !strings.Contains(log[len(log)-1], "the last bundle stays in service: --pages: context canceled") {
		t.Errorf("after %v the log of nights says %q", time.Since(begun), log)
	}
	data := filepath.Join(n.in, "interactions.csv")
	if err := os.Rename(data, data+".away"); err != nil {
		t.Fatal(err)
	}
	code, said = n.night()
	stays("no data", code, 3, said, "interactions are gone")
	if err := os.Rename(data+".away", data); err != nil {
		t.Fatal(err)
	}

	lock, err := durable.Lock(filepath.Join(n.out, nightLock), 0)
	if err != nil {
		t.Fatal(err)
	}
	code, said = n.night()
	stays("another night", code, 1, said, "another night is at work there")
	lock.Close()

	n.without(12)
	code, said = n.night()
	stays("items that are gone", code, 3, said, "12 of 90 items are gone, more than 10 %")
	if _, _, err := bundledir.Read(filepath.Join(n.out, nextFolder)); err != nil {
		t.Errorf("what was refused cannot be looked at: %v", err)
	}

	var many strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&many, "2026-01-01T00:00:00Z night %d\n", i)
	}
	if err := os.WriteFile(filepath.Join(n.out, nightLog), []byte(many.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	code, said = n.night("--shrink", "50%", "--publish", "exit 3")
	if code != 1 || !strings.Contains(said, "--publish: exit status 3") || n.newest() == first {
		t.Errorf("what cannot be published: exit code %d, newest %.12s\n%s", code, n.newest(), said)
	}
	if log := n.log(); len(log) != mostNights || !strings.Contains(log[len(log)-1], "is the newest bundle") || !strings.Contains(log[len(log)-1], ", but --publish: exit status 3") {
		t.Errorf("the log of nights has %d lines, the last %q", len(log), log[len(log)-1])
	}
}

// TestNightSaysThatTheSecondFileIsBad: of the last bundle, whose lists are
// compared all the same. A night that makes the same bundle mends it.
func TestNightSaysThatTheSecondFileIsBad(t *testing.T) {
	n := newNights(t)
	if code, said := n.night(); code != 0 || strings.Contains(said, "second file") {
		t.Fatalf("the first night: exit code %d\n%s", code, said)
	}
	second := bundledir.SupplementOf(filepath.Join(n.out, n.newest()+".bundle"))
	for _, c := range []struct {
		when, want string
		spoil      func() error
	}{
		{"missing", "is missing", func() error { return os.Remove(second) }},
		{"damaged", "does not have the content", func() error { return os.WriteFile(second, []byte("damaged"), 0o644) }},
	} {
		if err := c.spoil(); err != nil {
			t.Fatal(err)
		}
		code, said := n.night()
		if code != 0 || strings.Count(said, "without its second file") != 1 || !strings.Contains(said, c.want) || !strings.Contains(said, filepath.Base(second)) {
			t.Errorf("%s: exit code %d\n%s", c.when, code, said)
		}
		if code, said := n.night(); code != 0 || strings.Contains(said, "second file") {
			t.Errorf("%s, the night after: exit code %d\n%s", c.when, code, said)
		}
	}
}

// TestNightSaysWhichModelsGo: models of the Lab that the last bundle has and --models does
// not name are told before the training, with the flag that keeps them, and in the log.
func TestNightSaysWhichModelsGo(t *testing.T) {
	n := newNights(t)
	if code, said := n.night("--models", "FM,Embedding+MLP"); code != 0 || strings.Contains(said, "for the Lab") {
		t.Fatalf("the first night: exit code %d\n%s", code, said)
	}
	const says = "the last bundle has FM for the Lab, and the next one will not: --models Embedding+MLP,FM keeps what it has"
	code, said := n.night("--models", "Embedding+MLP", "--pages", "exit 7")
	if code != 1 || !strings.Contains(said, says) {
		t.Errorf("a night without one of two: exit code %d, want %q\n%s", code, says, said)
	}
	code, said = n.night()
	if told, trained := strings.Index(said, "--models FM,Embedding+MLP keeps"), strings.Index(said, "ranking: "); code != 0 || told < 0 || trained < told {
		t.Errorf("a night without --models: exit code %d, told at %d, trained at %d\n%s", code, told, trained, said)
	}
	if log := n.log(); !strings.Contains(log[len(log)-1], ", without FM, Embedding+MLP of the last") {
		t.Errorf("the log of nights: %q", log)
	}
	if code, said := n.night(); code != 0 || strings.Contains(said, "for the Lab") {
		t.Errorf("a night after one without models: exit code %d\n%s", code, said)
	}
}
