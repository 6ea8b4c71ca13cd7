package main

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// segment is a part of the module's file that becomes a part of its memory.
type segment struct {
	address, at, length int // in memory, in the file, of both
}

var (
	errModule = errors.New("not a WebAssembly module of version 1")
	errData   = errors.New("its data section has a form that Go does not write")
)

// largest is more memory than any program of ours starts with.
const largest = 1 << 28

// cursor reads numbers of a module; past the end it gives zeros and stays there.
type cursor struct {
	b  []byte
	at int
}

func (c *cursor) byte() byte {
	if c.at >= len(c.b) {
		return 0
	}
	c.at++
	return c.b[c.at-1]
}

// number reads a number in LEB128, signed or not.
func (c *cursor) number(signed bool) int {
	v, shift := int64(0), 0
	for {
		x := c.byte()
		v |= int64(x&0x7f) << shift
		shift += 7
		if x < 0x80 || shift > 56 {
			if signed && x&0x40 != 0 {
				v -= 1 << shift
			}
			return int(v)
		}
	}
}

// section returns where a section of a module has its length, its content and its end.
func section(module []byte, wanted byte) (head, start, end int, err error) {
	if !bytes.HasPrefix(module, []byte("\x00asm\x01\x00\x00\x00")) {
		return 0, 0, 0, errModule
	}
	c := &cursor{module, 8}
	for c.at < len(module) {
		id, head := c.byte(), c.at
		length := c.number(false)
		end := c.at + length
		if length < 0 || end > len(module) {
			return 0, 0, 0, errModule
		}
		if id == wanted {
			return head, c.at, end, nil
		}
		c.at = end
	}
	return 0, 0, 0, errUnknown
}

// segments returns the parts of the data section, all of them active with a
// constant address, as Go writes them.
func segments(module []byte) ([]segment, error) {
	const data = 11
	_, start, end, err := section(module, data)
	if err != nil {
		return nil, err
	}
	return dataSection(&cursor{module[:end], start})
}

func dataSection(c *cursor) ([]segment, error) {
	const active, i32Const, end = 0, 0x41, 0x0b
	var all []segment
	for range c.number(false) {
		if c.byte() != active || c.byte() != i32Const {
			return nil, errData
		}
		address := c.number(true)
		if c.byte() != end {
			return nil, errData
		}
		s := segment{address: address, length: c.number(false)}
		s.at = c.at
		if s.length < 0 || s.length > len(c.b)-s.at || address < 0 || address > largest {
			return nil, errData
		}
		all = append(all, s)
		c.at += s.length
	}
	return all, nil
}

// load returns the memory that a module starts with.
func load(module []byte, parts []segment) []byte {
	size := 0
	for _, s := range parts {
		size = max(size, s.address+s.length)
	}
	memory := make([]byte, size)
	for _, s := range parts {
		copy(memory[s.address:], module[s.at:s.at+s.length])
	}
	return memory
}

// store writes memory back to where it came from.
func store(module, memory []byte, parts []segment) {
	for _, s := range parts {
		copy(module[s.at:s.at+s.length], memory[s.address:])
	}
}

func uint32At(b []byte, at int) int { return int(binary.LittleEndian.Uint32(b[at:])) }
func uint64At(b []byte, at int) int { return int(binary.LittleEndian.Uint64(b[at:])) }
