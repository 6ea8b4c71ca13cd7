package changes

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"sparrow/edge/durable"
)

// The history is a file of one change a line. One that is full takes the place of
// the one before, so that both together are bounded.
const (
	historyName = "live.history.jsonl"
	formerName  = "live.history.1.jsonl"
	mostHistory = 4 << 20 // bytes; a change more where it is longer
)

// entry is a line of the history.
type entry struct {
	At     string          `json:"at"`    // when it was taken, RFC 3339
	Makes  string          `json:"makes"` // the tag of the overlay that it led to
	Change json.RawMessage `json:"change"`
}

// record adds lines to the history in dir. They are on the disk when it returns.
func record(dir string, lines []byte) (err error) {
	name := filepath.Join(dir, historyName)
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	size, err := whole(file)
	if err != nil {
		return err
	}
	if size > 0 && size+int64(len(lines)) > mostHistory {
		if err := os.Rename(name, filepath.Join(dir, formerName)); err != nil {
			return err
		}
		next, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		file.Close()
		file, size = next, 0
	}
	if _, err := file.WriteAt(lines, size); err != nil {
		return errors.Join(err, file.Truncate(size))
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return durable.SyncFolder(dir)
}

// whole returns the length of the history, without a last line that a program did
// not live to write to its end: that is cut off.
func whole(file *os.File) (int64, error) {
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return 0, err
	}
	var last [1]byte
	if _, err := file.ReadAt(last[:], info.Size()-1); err != nil || last[0] == '\n' {
		return info.Size(), err
	}
	text, err := io.ReadAll(io.NewSectionReader(file, 0, info.Size()))
	if err != nil {
		return 0, err
	}
	size := int64(bytes.LastIndexByte(text, '\n') + 1)
	return size, file.Truncate(size)
}

// History returns the changes that were taken, the oldest first, a line each:
// {"at": time, "makes": tag of the overlay that it led to, "change": …}. A line
// whose overlay never was is of a change that a crash cut short: its sender had no
// answer.
func (f *Folder) History() ([]byte, error) {
	var all []byte
	f.writing.Lock()
	defer f.writing.Unlock()
	for _, name := range []string{formerName, historyName} {
		text, err := os.ReadFile(filepath.Join(f.dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		all = append(all, text[:bytes.LastIndexByte(text, '\n')+1]...)
	}
	return all, nil
}
