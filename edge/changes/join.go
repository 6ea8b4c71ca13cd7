package changes

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"

	"sparrow/edge/durable"
	"sparrow/edge/overlay"
)

// Join returns the overlay of the folder, and the one that has the changes of both it and theirs
// since they were both base: of an entry that only one has changed, its value, and of one that both have
// changed, the folder's. A text of no bytes is an overlay without entries. joined is nil where
// neither has ever had one. Its error says which of the two is damaged.
func (f *Folder) Join(base, theirs []byte) (ours *Version, joined []byte, err error) {
	ours, err = f.Now()
	if err != nil {
		return nil, nil, Damaged{err}
	}
	if len(theirs) == 0 && ours == f.without {
		return ours, nil, nil
	}
	own, err := parse(ours.Text)
	if err != nil {
		return nil, nil, Damaged{fmt.Errorf("%s: %w", f.path(), err)}
	}
	if ours == f.without && len(base) > 0 { // its file was deleted
		own.head["version"] = encode(1)
	}
	before, err := parsed(base)
	if err != nil || len(theirs) == 0 { // then nothing is known to be deleted: a Redis that was started again may be empty
		before, _ = parsed(nil)
	}
	other, err := parsed(theirs)
	if err == nil && len(theirs) > 0 {
		_, _, err = overlay.Decode(theirs)
	}
	if err != nil {
		return nil, nil, Damaged{fmt.Errorf("the overlay in Redis: %w", err)}
	}
	all := document{join(before.head, own.head, other.head), map[string]map[string]json.RawMessage{}}
	for _, name := range partNames {
		all.parts[name] = join(before.parts[name], own.parts[name], other.parts[name])
	}
	return ours, all.text(), nil
}

// parsed parses a text that may have no bytes.
func parsed(text []byte) (document, error) {
	if len(text) == 0 {
		text = []byte("{}")
	}
	return parse(text)
}

// join returns the entries of ours, with those of theirs where ours are as in base.
func join(base, ours, theirs map[string]json.RawMessage) map[string]json.RawMessage {
	all := maps.Clone(ours)
	keys := slices.Concat(slices.Collect(maps.Keys(base)), slices.Collect(maps.Keys(theirs)))
	for _, key := range keys {
		if !alike(ours[key], base[key]) {
			continue
		}
		if value, there := theirs[key]; there {
			all[key] = value
		} else {
			delete(all, key)
		}
	}
	return all
}

// alike reports whether two entries are the same, blanks apart; nil is no entry.
func alike(a, b json.RawMessage) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return bytes.Equal(compact(a), compact(b))
}

// Replace makes text the overlay, if it still is the one that was. It reports whether it did.
func (f *Folder) Replace(was *Version, text []byte) (bool, error) {
	if _, _, err := overlay.Decode(text); err != nil {
		return false, fmt.Errorf("what the changes of several edges make together: %w", err)
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	lock, err := durable.Lock(filepath.Join(f.dir, ".live.lock"), patience)
	if err != nil {
		return false, fmt.Errorf("%s: another process writes it: %w", f.path(), err)
	}
	defer lock.Close()
	f.forgetSeen()
	now, err := f.Now()
	if err != nil {
		return false, err
	}
	if now.Tag != was.Tag {
		return false, nil
	}
	err = durable.WriteFile(context.Background(), f.path(), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	f.forgetSeen()
	return err == nil, err
}

// forgetSeen has the file read the next time, though it may look the same: two of the same length may be written in
// one tick of the clock.
func (f *Folder) forgetSeen() {
	f.reading.Lock()
	defer f.reading.Unlock()
	f.seen = nil
}
