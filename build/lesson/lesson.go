// Package lesson walks through the course, a lesson at a time: it runs the real code
// on a small data set and shows the data before and after.
package lesson

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"sparrow/build/dataset"
)

// Lesson is one lesson of the course.
type Lesson struct {
	Number int
	Title  string
	Course string   // what the course's own code does, and where
	Beside []string // files of this project to read beside it, from its root
	More   string   // a command that shows more, or does it with all of a data set
	Alone  bool     // it makes what it shows by itself: no data set is used

	models []string                                // that it compares, see ideas
	run    func(p *Page, d *dataset.Dataset) error // nil: nothing is shown yet
}

// Shown reports whether the lesson runs; of one that does not, there is only what to read.
func (l *Lesson) Shown() bool { return l.run != nil }

// All returns all lessons in the order of the course.
func All() []Lesson {
	var all []Lesson
	for _, part := range [][]Lesson{introduction, features, embeddings, serving, models, judging, beyond} {
		all = append(all, part...)
	}
	slices.SortFunc(all, func(a, b Lesson) int { return cmp.Compare(a.Number, b.Number) })
	return all
}

// Walk writes the lesson to w, lines of at most [Width] columns. source says where d is from.
func (l *Lesson) Walk(ctx context.Context, w io.Writer, d *dataset.Dataset, source string) error {
	p := &Page{ctx: ctx, w: w, models: l.models}
	p.line("Lesson %02d: %s", l.Number, l.Title)
	if l.Shown() {
		if l.Alone {
			p.Say("This lesson makes its own data.")
		} else {
			p.Say("Data: %s: %s, %s, %s.", source, count(len(d.Users), "user"), count(d.Catalog.Len(), "item"), count(len(d.Interactions), "interaction"))
		}
		counterparts[l.Number].before(p, l.Alone)
		if err := l.run(p, d); err != nil {
			return fmt.Errorf("lesson %02d: %w", l.Number, err)
		}
	} else {
		p.Say("There is nothing to run for this lesson yet.")
	}
	p.Step("What the course does")
	p.Say("%s", l.Course)
	p.Step("What to read beside it")
	for _, file := range l.Beside {
		p.line("  %s", file)
	}
	p.Say("More: %s", l.More)
	return p.err
}

// WriteList writes a line for each lesson, and which of them have nothing to run yet.
func WriteList(w io.Writer, all []Lesson) error {
	p := &Page{w: w}
	shown := 0
	for i := range all {
		l := &all[i]
		rest := ""
		if l.Shown() {
			shown++
		} else {
			rest = " (only what to read: nothing runs yet)"
		}
		p.line("%02d  %s%s", l.Number, l.Title, rest)
	}
	p.line("")
	p.line("%d of %s run.", shown, count(len(all), "lesson"))
	return p.err
}
