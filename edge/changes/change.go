package changes

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"sparrow/edge/durable"
	"sparrow/edge/overlay"
	"sparrow/wasm/live"
)

// MostChange is how many bytes one change may have.
const MostChange = 1 << 20

// Refused is a change that is not taken: what is wrong with it, and where.
type Refused struct{ error }

// Damaged is why no change can be taken: the overlay that it would be merged into
// is none.
type Damaged struct{ error }

// Made is what a change has made.
type Made struct {
	Tag     string       // of the overlay that it led to
	Entries int          // that it named
	Remarks live.Remarks // what of it does nothing
}

// change is one that waits.
type change struct {
	text []byte
	done bool
	made Made
	err  error
}

// Change merges a change, a JSON Merge Patch (RFC 7396), into the overlay: all of it or none, and when it
// returns no error it is on the disk. Those that come meanwhile are written together. The overlay is dated
// by the clock, unless the change has a date.
func (f *Folder) Change(text []byte) (Made, error) {
	c := &change{text: text}
	f.queue.Lock()
	f.waiting = append(f.waiting, c)
	f.queue.Unlock()
	f.writing.Lock()
	defer f.writing.Unlock()
	if !c.done { // else the one before took it along
		f.queue.Lock()
		group := f.waiting
		f.waiting = nil
		f.queue.Unlock()
		if err := f.locked(group); err != nil {
			fail(group, err)
		}
	}
	return c.made, c.err
}

// fail ends what is left of a group with an error.
func fail(group []*change, err error) {
	for _, c := range group {
		if !c.done {
			c.done, c.err = true, err
		}
	}
}

// patience is how long other processes may hold the folder, each for a write to a disk that is busy.
const patience = 20 * time.Second

// locked writes a group while no other process writes.
func (f *Folder) locked(group []*change) error {
	lock, err := durable.Lock(filepath.Join(f.dir, ".live.lock"), patience)
	if err != nil {
		return fmt.Errorf("%s: another process writes it: %w", f.path(), err)
	}
	defer lock.Close()
	f.reading.Lock()
	f.seen = nil // what it is merged into is read, though the file may look the same: another process may have written it in one tick of the clock
	f.reading.Unlock()
	return f.write(group)
}

// write merges a group into the overlay and keeps what comes of it.
func (f *Folder) write(group []*change) error {
	before, err := f.Now()
	if err != nil {
		return Damaged{err}
	}
	d, err := parse(before.Text)
	if err != nil {
		return Damaged{fmt.Errorf("%s: %w", f.path(), err)}
	}
	good := f.merge(&d, group)
	if len(good) == 0 {
		return nil
	}
	text := d.text()
	if _, _, err = overlay.Decode(text); err == nil {
		return f.keep(text, good)
	}
	if len(good) == 1 {
		good[0].done, good[0].err = true, Refused{fmt.Errorf("after this change: %w", err)}
		return nil
	}
	for _, c := range good { // together they are too much
		if err := f.write([]*change{c}); err != nil {
			return err
		}
	}
	return nil
}

// merge applies the changes of a group to d, one after the other, and returns those that are good; the
// others end.
func (f *Folder) merge(d *document, group []*change) (good []*change) {
	for _, c := range group {
		list, head, err := d.edits(c.text)
		if err == nil {
			f.complete(head)
			_, c.made.Remarks, err = overlay.Decode(draft(list, head))
		}
		if err != nil {
			c.done, c.err = true, Refused{err}
			continue
		}
		d.apply(list)
		d.head["version"], d.head["at"] = head["version"], head["at"]
		c.made.Entries = len(list)
		good = append(good, c)
	}
	return good
}

// complete adds to what a change says beside its parts what it may leave out.
func (f *Folder) complete(head map[string]json.RawMessage) {
	for key, value := range map[string]any{"version": live.Version, "at": f.date()} {
		if said := head[key]; said == nil || string(said) == "null" {
			head[key] = encode(value)
		}
	}
}

func (f *Folder) date() string { return f.now().UTC().Format(time.RFC3339) }

// keep writes the history, and then the overlay that the changes led to.
func (f *Folder) keep(text []byte, good []*change) error {
	tag := tagOf(text)
	var lines []byte
	for _, c := range good {
		lines = append(append(lines, encode(entry{f.date(), tag, compact(c.text)})...), '\n')
	}
	if err := record(f.dir, lines); err != nil {
		return fmt.Errorf("the history of changes: %w", err)
	}
	if err := durable.WriteFile(context.Background(), f.path(), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	}); err != nil {
		return err
	}
	f.reading.Lock()
	f.seen = nil // two files of the same length may have been written in one tick of the clock
	f.reading.Unlock()
	for _, c := range good {
		c.done, c.made.Tag = true, tag
	}
	return nil
}

// compact returns JSON without the blanks between its parts.
func compact(text []byte) json.RawMessage {
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		panic(err) // it was parsed
	}
	return b.Bytes()
}
