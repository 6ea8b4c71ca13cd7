package command

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sparrow/build/console"
	"sparrow/build/lesson"
)

type lessonVerb struct {
	Number string `arg:"" optional:"" placeholder:"NN" help:"Number of the lesson, 00 to 33."`
	List   bool   `help:"List all lessons."`
	Input  string `type:"existingdir" placeholder:"DIR" help:"Folder with a data set; without one a small set is made up."`
}

func (lessonVerb) Help() string {
	return `Walks through a lesson of the course: runs the real code on a small data set, shows the data before and after as tables and
plots of characters, says how long it takes, what to look at, what the course's own code does and with which engine, and which files
to read beside it.

Examples:
  go run ./build lesson --list
  go run ./build lesson 05
  go run ./build lesson 06 --input data/ml-latest-small`
}

func (v *lessonVerb) Run(c *console.Console) error {
	all := lesson.All()
	if v.List {
		return lesson.WriteList(c.Out, all)
	}
	if v.Number == "" {
		return console.Usagef("which lesson? One of them: go run ./build lesson 05; all of them: --list")
	}
	number, err := strconv.Atoi(v.Number)
	for i := range all {
		if l := &all[i]; err == nil && l.Number == number {
			return v.walk(c, l)
		}
	}
	return console.Usagef("there is no lesson %q: they are numbered 00 to %02d, and --list shows them", v.Number, all[len(all)-1].Number)
}

func (v *lessonVerb) walk(c *console.Console, l *lesson.Lesson) error {
	begun := time.Now()
	d, source := lesson.MadeUp()
	if v.Input != "" && l.Alone {
		c.Say("--input is not used: lesson %02d makes its own data", l.Number)
	} else if v.Input != "" && l.Shown() {
		opened, from, notes, err := lesson.Open(c.Ctx, v.Input)
		if len(notes) > 0 {
			c.Say("%s", strings.Join(notes, "\n"))
		}
		if err != nil {
			return err
		}
		d, source = opened, from
	}
	if err := l.Walk(c.Ctx, c.Out, d, source); err != nil && v.Input != "" {
		return fmt.Errorf("%w; without --input the lesson runs on a made-up set", err)
	} else if err != nil {
		return err
	}
	c.Say("\nThis took %.1f seconds.", time.Since(begun).Seconds())
	return nil
}
