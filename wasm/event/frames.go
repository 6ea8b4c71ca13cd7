package event

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"strconv"
)

// LongestRecord bounds what one record may make a reader keep: a request has
// at most 64 KB of body, and its dead letters carry a reason each.
const LongestRecord = 1 << 20

// ErrFrame is the error of bytes that are not the frame of a record. What
// follows them cannot be read.
var ErrFrame = errors.New("not the start of a record")

// Frames reads a segment record by record from a stream, as they were written,
// each one msgpack bin. It holds 64 KB.
type Frames struct {
	in *bufio.Reader
	at int64
}

// NewFrames reads from r.
func NewFrames(r io.Reader) *Frames { return &Frames{in: bufio.NewReaderSize(r, 1<<16)} }

// At returns how many bytes have been read: behind a record where it ended.
func (f *Frames) At() int64 { return f.at }

// Next returns the next record's own bytes, in buf where there is room. The
// error is io.EOF behind the last one, io.ErrUnexpectedEOF within one,
// [ErrFrame] before what is none, and else that of reading.
func (f *Frames) Next(buf []byte) ([]byte, error) {
	tag, err := f.in.ReadByte()
	if err != nil {
		return nil, err
	}
	f.at++
	if tag < 0xc4 || tag > 0xc6 {
		return nil, frameError{"type 0x" + strconv.FormatUint(uint64(tag), 16)}
	}
	var length [4]byte
	if err := f.fill(length[4-1<<(tag-0xc4):]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(length[:])
	if n > LongestRecord {
		return nil, frameError{"a length of " + strconv.FormatUint(uint64(n), 10)}
	}
	if uint32(cap(buf)) < n {
		buf = make([]byte, n)
	}
	buf = buf[:n]
	return buf, f.fill(buf)
}

// fill reads len(b) bytes.
func (f *Frames) fill(b []byte) error {
	n, err := io.ReadFull(f.in, b)
	f.at += int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// Rest passes over all that is left, and returns the error of reading.
func (f *Frames) Rest() error {
	n, err := io.Copy(io.Discard, f.in)
	f.at += n
	return err
}

// frameError says what stands in the place of a frame.
type frameError struct{ what string }

func (e frameError) Error() string { return ErrFrame.Error() + ": " + e.what }
func (e frameError) Unwrap() error { return ErrFrame }
