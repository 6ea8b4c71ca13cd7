//go:build !js

// Package delta makes the next version of a file out of the version before it,
// which a browser has already: Compression Dictionary Transport, RFC 9842, with
// Zstandard ("dcz").
package delta

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// magic begins a dcz: a skippable frame of 32 bytes, which are the SHA-256 of
// the dictionary. RFC 9842, section 5.
var magic = []byte{0x5e, 0x2a, 0x4d, 0x18, sha256.Size, 0, 0, 0}

// minWindow is the window that every reader of dcz has, in bytes; one whose
// dictionary is longer has 1.25 × that. RFC 9842, section 5.
const minWindow = 8 << 20

// mostBytes bounds dictionary and file together: the longest window of the
// encoder, which has to reach from the file's end to the dictionary's beginning.
const mostBytes = zstd.MaxWindowSize

// worth is the part of a file's bytes, compressed without a dictionary, that a
// delta may take. Zstandard takes a fifth more than Brotli without one, so that a
// delta at this bound still is shorter than the Brotli that it stands in for.
const worth = .7

// Make returns the bytes that turn dictionary into file, or nil where they are
// no use: as there are hardly fewer than without a dictionary, or no browser
// would have the memory. What it returns has been read back.
func Make(dictionary, file []byte) ([]byte, error) {
	if len(dictionary) == 0 || len(file) == 0 || len(file) > max(minWindow, len(dictionary)/4*5) || len(dictionary)+len(file) > mostBytes {
		return nil, nil
	}
	sum := Sum(dictionary)
	packed, err := encode(file, append(bytes.Clone(magic), sum[:]...), dictionary)
	if err != nil {
		return nil, err
	}
	alone, err := encode(file, nil, nil)
	if err != nil {
		return nil, err
	}
	if float64(len(packed)) > worth*float64(len(alone)) {
		return nil, nil
	}
	back, err := Apply(dictionary, packed, len(file))
	if err != nil {
		return nil, fmt.Errorf("delta: cannot be read back: %w", err)
	}
	if !bytes.Equal(back, file) {
		return nil, errors.New("delta: reads back as another file")
	}
	return packed, nil
}

// encode appends file to dst as one frame of one segment: its window is the
// file, within which the whole dictionary may be referred to. With the frame's
// checksum, a browser whose dictionary is damaged refuses what it makes of it.
func encode(file, dst, dictionary []byte) ([]byte, error) {
	window := zstd.MinWindowSize
	for window < len(dictionary)+len(file) {
		window *= 2
	}
	options := []zstd.EOption{
		zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithWindowSize(window), zstd.WithSingleSegment(true),
		zstd.WithEncoderCRC(true), zstd.WithEncoderConcurrency(1),
	}
	if dictionary != nil {
		options = append(options, zstd.WithEncoderDictRaw(0, dictionary))
	}
	w, err := zstd.NewWriter(nil, options...)
	if err != nil {
		return nil, fmt.Errorf("delta: %w", err)
	}
	return w.EncodeAll(file, dst), nil
}

// Apply returns the file that Make made packed of, which is at most of most
// bytes.
func Apply(dictionary, packed []byte, most int) ([]byte, error) {
	sum := Sum(dictionary)
	frame, ok := bytes.CutPrefix(packed, magic)
	if !ok {
		return nil, errors.New("delta: does not begin as a dcz")
	}
	if frame, ok = bytes.CutPrefix(frame, sum[:]); !ok {
		return nil, errors.New("delta: is of another dictionary")
	}
	var header zstd.Header
	if err := header.Decode(frame); err != nil {
		return nil, fmt.Errorf("delta: %w", err)
	}
	if !header.HasFCS || header.FrameContentSize > uint64(most) {
		return nil, fmt.Errorf("delta: makes %d bytes, want at most %d", header.FrameContentSize, most)
	}
	r, err := zstd.NewReader(nil, zstd.WithDecoderDictRaw(0, dictionary), zstd.WithDecoderMaxMemory(uint64(max(1, most))), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("delta: %w", err)
	}
	defer r.Close()
	file, err := r.DecodeAll(frame, nil)
	if err != nil {
		return nil, fmt.Errorf("delta: %w", err)
	}
	return file, nil
}
