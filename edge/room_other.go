//go:build !js

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// size is a number of bytes, written as 10GB, 500MB or 0.
type size int64

// UnmarshalText reads a size.
func (s *size) UnmarshalText(text []byte) error {
	number, unit := strings.TrimRight(string(text), "BGKMTbgkmt "), 1.0
	switch strings.ToUpper(strings.TrimSpace(string(text)[len(number):])) {
	case "", "B":
	case "KB", "K":
		unit = 1e3
	case "MB", "M":
		unit = 1e6
	case "GB", "G":
		unit = 1e9
	case "TB", "T":
		unit = 1e12
	default:
		number = ""
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !(n >= 0 && n*unit < 1<<62) {
		return fmt.Errorf("%q is not a size; write 10GB, 500MB, or 0 for no bound", text)
	}
	*s = size(n * unit)
	return nil
}

// room is how much the folder of feedback may hold. Beyond it nothing is taken
// in but wishes to be forgotten, and nothing is deleted that is not due.
type room struct {
	folder   string
	quota    int64 // bytes; 0 for no bound
	used     int64
	measured time.Time // zero for never
}

// The folder is measured again so often: others write to it and the sweeper
// deletes.
const (
	measureEvery = 10 * time.Minute
	measureFull  = time.Minute
)

// takes returns nil when there is room for more bytes.
func (r *room) takes(more int, now time.Time) error {
	if r.quota == 0 {
		return nil
	}
	full := r.used+int64(more) > r.quota
	since := now.Sub(r.measured)
	if r.measured.IsZero() || since < 0 || since > measureEvery || full && since > measureFull {
		used, err := held(r.folder)
		if err != nil {
			return fmt.Errorf("store: %w", err)
		}
		r.used, r.measured = used, now
		full = used+int64(more) > r.quota
	}
	if full {
		return lasting{fmt.Errorf("store: %s holds %.1f MB and may hold %.1f: feedback is refused until there is room; give it a larger --feedback-quota, or keep less by --keep", r.folder, float64(r.used)/1e6, float64(r.quota)/1e6), 600}
	}
	return nil
}

// held returns the bytes of all files below a folder.
func held(folder string) (sum int64, err error) {
	err = filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return gone(err)
		}
		info, err := entry.Info()
		if err == nil {
			sum += info.Size()
		}
		return gone(err)
	})
	return sum, err
}

// gone forgives that a file was deleted meanwhile.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// present returns nil as long as the folder that the store has opened is the one
// at its path. What is written to a folder that was deleted or unmounted is lost,
// and one that is made in its place may lie on another disk.
func (s *diskStore) present() error {
	folder := filepath.Dir(s.folder)
	if s.lock != nil && !same(s.lock, s.lock.Name()) {
		return errors.New(folder + " is not the folder that this edge has opened, which was deleted, moved or unmounted: put it back, or start the edge again")
	}
	return nil
}

// same reports whether an open file is the one at a path.
func same(file *os.File, path string) bool {
	open, err := file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(open, there)
}

// exposed says what to do when others than its owner can read a folder, as it
// was made by an earlier version or by hand.
func exposed(folder string) error {
	st, err := os.Stat(folder)
	if err == nil && st.Mode().Perm()&0o077 != 0 && filepath.Separator == '/' {
		return fmt.Errorf("other users of this machine can read %s: chmod -R go= %s", folder, folder)
	}
	return nil
}
