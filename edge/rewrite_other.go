//go:build !js

package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"sparrow/edge/durable"
	"sparrow/wasm/event"
)

const partSuffix = ".part"

// erasureMark is what every record with an erasure holds: its key, and the
// header of 16 bytes.
var erasureMark = []byte("\xa1x\xc4\x10")

// wishesIn calls wish for every erasure in a segment, until one fails.
func wishesIn(name string, wish func(v event.Visitor, said int64) error) error {
	return each(name, func(raw []byte, _ int64) error {
		if !bytes.Contains(raw, erasureMark) {
			return nil
		}
		record, err := event.DecodeRecord(raw)
		if err != nil || record.Erase == nil {
			return nil // readers leave it out as well
		}
		return wish(*record.Erase, record.Received)
	}, func(int64) error { return nil })
}

// errStop ends reading a segment.
var errStop = errors.New("enough")

// firstOf returns where the first record of a segment begins that holds
// something of the visitors, or the tail that no reader can read; -1 when there
// is neither. The tail of a segment that is being written is no such tail.
func firstOf(name string, gone *event.Forgotten, active bool) (at int64, err error) {
	at = -1
	stop := func(here int64) error { at = here; return errStop }
	err = each(name, func(raw []byte, here int64) error {
		if _, changed := gone.Strip(raw); changed {
			return stop(here)
		}
		return nil
	}, func(here int64) error {
		if active {
			return nil
		}
		return stop(here)
	})
	if err == errStop {
		err = nil
	}
	return at, err
}

// each calls take for every record of a segment with where its frame begins,
// and tail for the rest where that cannot be read. A segment that is not there
// any more has no records.
func each(name string, take func(raw []byte, at int64) error, tail func(at int64) error) error {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	return eachOf(event.NewFrames(file), 0, take, tail)
}

// eachOf is each from a frame on that begins at base.
func eachOf(frames *event.Frames, base int64, take func(raw []byte, at int64) error, tail func(at int64) error) (err error) {
	var raw []byte
	for {
		at := base + frames.At()
		raw, err = frames.Next(raw)
		switch {
		case err == io.EOF:
			return nil
		case err == io.ErrUnexpectedEOF || errors.Is(err, event.ErrFrame):
			return tail(at)
		case err != nil:
			return err
		}
		if err := take(raw, at); err != nil {
			return err
		}
	}
}

// rewrite leaves the segment without the visitors, of whom it holds nothing
// before the frame at first, or no file when nothing is left of it. Whenever it
// is interrupted, the old file is there or the new one, whole.
func rewrite(name string, first int64, gone *event.Forgotten) error {
	old, err := os.Open(name)
	if err != nil {
		return err
	}
	defer old.Close()
	info, err := old.Stat()
	if err != nil {
		return err
	}
	part, err := os.OpenFile(name+partSuffix, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, info.Mode().Perm()&0o600)
	if err != nil {
		return err
	}
	kept, err := strip(part, old, first, gone)
	if err = errors.Join(err, part.Sync(), part.Close()); err != nil {
		os.Remove(part.Name())
		return err
	}
	if kept == 0 {
		err = errors.Join(os.Remove(part.Name()), os.Remove(name))
	} else {
		err = os.Rename(part.Name(), name)
	}
	return errors.Join(err, durable.SyncFolder(filepath.Dir(name)))
}

// strip writes the segment old to part without the visitors and returns its
// length.
func strip(part io.Writer, old io.Reader, first int64, gone *event.Forgotten) (kept int64, err error) {
	out := bufio.NewWriterSize(part, 1<<16)
	if kept, err = io.CopyN(out, old, first); err != nil {
		return 0, err
	}
	var frame []byte
	err = eachOf(event.NewFrames(old), first, func(raw []byte, _ int64) error {
		left, _ := gone.Strip(raw)
		if left == nil {
			return nil
		}
		frame = event.AppendSegment(frame[:0], left)
		kept += int64(len(frame))
		_, err := out.Write(frame)
		return err
	}, func(int64) error { return nil })
	return kept, errors.Join(err, out.Flush())
}
