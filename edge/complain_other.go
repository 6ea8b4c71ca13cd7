//go:build !js

package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// complaints prints errors of one kind, which may come by the thousand: the
// first at once, and then one line for each period, the latest with how many
// there were.
type complaints struct {
	out   io.Writer
	about string // what the lines begin with
	every time.Duration

	lock   sync.Mutex
	silent bool // a line was printed, and its period has not ended
	held   int
	latest string
}

// aMinute is the period of an edge's complaints.
const aMinute = time.Minute

func newComplaints(out io.Writer, about string, every time.Duration) *complaints {
	return &complaints{out: out, about: about, every: every}
}

// fail prints an error, or counts it.
func (c *complaints) fail(err error) { c.say(err.Error()) }

// Write takes a line of a log.Logger.
func (c *complaints) Write(line []byte) (int, error) {
	c.say(strings.TrimSpace(string(line)))
	return len(line), nil
}

func (c *complaints) say(text string) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.silent {
		c.held, c.latest = c.held+1, text
		return
	}
	c.print(text)
}

// print ends in a period of silence. The lock is held.
func (c *complaints) print(text string) {
	fmt.Fprintf(c.out, "%s: %s\n", c.about, text)
	c.silent = true
	time.AfterFunc(c.every, c.sum)
}

// sum ends a period, with a line if there was something to hold back.
func (c *complaints) sum() {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.silent = false
	if c.held == 0 {
		return
	}
	text := fmt.Sprintf("%s (the last of %d in %v)", c.latest, c.held, c.every)
	c.held = 0
	c.print(text)
}
