package lesson

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sparrow/build/compare"
	"sparrow/build/dataset"
)

// TestLessonsShow walks every lesson on the made-up set.
func TestLessonsShow(t *testing.T) {
	all := All()
	if len(all) != 34 {
		t.Fatalf("%d lessons, want 34", len(all))
	}
	for i := range all {
		l := &all[i]
		t.Run(fmt.Sprintf("%02d", l.Number), func(t *testing.T) {
			if l.Number != i {
				t.Fatalf("at place %d stands lesson %d", i, l.Number)
			}
			d, source := MadeUp()
			var out bytes.Buffer
			if err := l.Walk(t.Context(), &out, d, source); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(out.String()) {
				if line = strings.TrimSuffix(line, "\n"); wide(line) > Width {
					t.Errorf("a line of %d columns: %s", wide(line), line)
				}
				for _, bad := range []string{"NaN", "Inf", "%!"} {
					if strings.Contains(line, bad) {
						t.Errorf("%q in: %s", bad, line)
					}
				}
			}
			if got := strings.Contains(out.String(), "──\n") && strings.Contains(out.String(), "→ Look: "); got != l.Shown() {
				t.Errorf("it shows something: %t, want %t\n%s", got, l.Shown(), out.String())
			}
			if l.Course == "" || len(l.Beside) == 0 {
				t.Error("it does not say what the course does, or what to read beside it")
			}
			c := &counterparts[l.Number]
			if text := "It takes " + c.takes; c.takes == "" || !strings.Contains(out.String(), text) || strings.Index(out.String(), text) > strings.Index(out.String(), "→ Look: ") {
				t.Errorf("it does not say before what it shows: %s", text)
			}
			if (c.engine == "") != (len(c.original) == 0) || c.engine == "" && len(c.here) > 0 {
				t.Errorf("an engine without files, or files without an engine: %+v", c)
			}
			flat := strings.Join(strings.Fields(out.String()), " ")
			for _, file := range slices.Concat(c.original, c.here) {
				if !strings.Contains(flat, file) {
					t.Errorf("%s is not named", file)
				}
			}
			for _, file := range slices.Concat(l.Beside, c.here) {
				if _, err := os.Stat(filepath.Join("../..", file)); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestLessonsAreTheSameTwice holds that a lesson writes the same bytes each time.
func TestLessonsAreTheSameTwice(t *testing.T) {
	all := All()
	for _, number := range []int{5, 7} {
		var first, second bytes.Buffer
		for _, w := range []*bytes.Buffer{&first, &second} {
			d, source := MadeUp()
			if err := all[number].Walk(t.Context(), w, d, source); err != nil {
				t.Fatal(err)
			}
		}
		if first.String() != second.String() {
			t.Errorf("lesson %02d is another the second time", number)
		}
	}
}

func TestPage(t *testing.T) {
	var out bytes.Buffer
	p := &Page{w: &out}
	p.Table("item|stars", []string{strings.Repeat("长", 60), "4.5"}, []string{"b", "10.0"})
	p.Bars([]string{"a", "b"}, []float64{1, 2}, 0)
	p.Sparks([]string{"a"}, [][]float64{{0, 1}}, 1)
	p.Say("%s", strings.Repeat("x", 120))
	for line := range strings.Lines(out.String()) {
		if n := wide(strings.TrimSuffix(line, "\n")); n > Width {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	for _, want := range []string{"…    4.5\n", "b" + strings.Repeat(" ", 90), " 10.0\n", "a  " + strings.Repeat("█", 25) + " 1\n", "a  ▁█  1.0\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out.String())
		}
	}
}

// TestOpenTakesTheFirstUsers holds that a large data set is cut between users, and says so.
func TestOpenTakesTheFirstUsers(t *testing.T) {
	dir := t.TempDir()
	if err := (dataset.Shape{Seed: 2, Users: 900, Items: 200, Interactions: 36_000, Groups: 4}).Write(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	d, source, notes, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(d.Users); n != len(d.Start) || n != len(d.End) || d.End[n-1] != len(d.Interactions) || len(d.Interactions) > most || len(d.Interactions) < most-200 {
		t.Errorf("%d users with %d interactions, want as many as have %d", n, len(d.Interactions), most)
	}
	if all := strings.Join(notes, "\n"); !strings.Contains(all, "of 900") || !strings.Contains(source, "a part of it") {
		t.Errorf("source %q, notes %q: nothing says that users were left out", source, all)
	}
}

// TestEveryModelHasAnIdea holds that each model which a lesson compares is told in a sentence.
func TestEveryModelHasAnIdea(t *testing.T) {
	known := compare.Names()
	for name, idea := range ideas {
		if !slices.Contains(known, name) || idea == "" {
			t.Errorf("%q, %q: compare has no such model, or it has no idea", name, idea)
		}
	}
	all := All()
	for i := range all {
		for _, name := range all[i].models {
			if ideas[name] == "" {
				t.Errorf("lesson %02d: nothing is said of %s", all[i].Number, name)
			}
		}
	}
}
