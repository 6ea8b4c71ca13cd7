package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// What Go's linker writes of the functions of a program (runtime/symtab.go,
// pcHeader and _func in runtime/runtime2.go), unchanged since Go 1.20 but for a
// field that this program does not read.
const (
	// of the header, which these bytes begin: magic, padding, size of an instruction and of a pointer
	header     = "\xf1\xff\xff\xff\x00\x00\x01\x08"
	functions  = 8 // how many there are
	names      = 32
	fileTables = 40
	fileNames  = 48
	steps      = 56 // tables of what changes from one instruction to the next
	table      = 64 // of the functions
	headerSize = 72

	// of a function
	name       = 4
	stackDepth = 16
	fileTable  = 20
	lineTable  = 24
	others     = 28 // how many tables more there are
	unit       = 32
	firstLine  = 36
	otherTable = 44

	// of the description of the program, moduledata in runtime/symtab.go, which has
	// them since Go 1.20
	typesField = 37 * 8
	endField   = 44 * 8 // of the tables, since Go 1.27
)

var errUnknown = errors.New("its tables of functions have a form that this program does not know: is it a program for WebAssembly of Go 1.20 to 1.27, and not trimmed yet?")

// trimmed returns a module that does the same with fewer bytes. Its functions lose what
// says which file and line an instruction comes from: the bytes become zeros, which
// compress to nothing, and the offset 0 tells the runtime that there is no table.
// Those of the runtime that traces leave out share one name, which still says that
// they are the runtime's: it counts goroutines by that. And those that are unused
// lose their bodies.
func trimmed(module []byte) (out []byte, err error) {
	parts, err := segments(module)
	if err != nil {
		return nil, err
	}
	defer func() { // an offset that leads out of the memory
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("%w (%v)", errUnknown, r)
		}
	}()
	memory := load(module, parts)
	at := bytes.Index(memory, []byte(header))
	if at < 0 || bytes.Count(memory, []byte(header)) != 1 {
		return nil, errUnknown
	}
	bodies := cut(memory[at:])
	if len(bodies) > 0 && !writesFloats(memory[at:]) {
		clearPowers(memory)
	}
	out = bytes.Clone(module)
	store(out, memory, parts)
	return withoutBodies(out, bodies)
}

// cut does it to the tables, b, from their header on, and returns the numbers of the
// functions that lose their bodies. It panics where the tables are none.
func cut(b []byte) (bodies []int) {
	count := uint64At(b, functions)
	texts, units, sources, changes, all := uint64At(b, names), uint64At(b, fileTables), uint64At(b, fileNames), uint64At(b, steps), uint64At(b, table)
	if texts < headerSize || texts > units || units > sources || sources > changes || changes > all || count > len(b)/8 {
		panic("offsets that do not ascend")
	}
	tables := b[changes:all:all]
	bodies, empty := emptied(b, b[texts:units], all, count)
	for _, i := range empty { // nothing of them is on a stack
		f := b[all+uint32At(b, all+8*i+4):]
		binary.LittleEndian.PutUint32(f[stackDepth:], 0)
		for k := range uint32At(f, others) {
			binary.LittleEndian.PutUint32(f[otherTable+4*k:], 0)
		}
	}
	kept, hide := make([]bool, len(tables)), make([]bool, count)
	shared := -1 // the offset of the name that all hidden functions get
	for i := range count {
		f := b[all+uint32At(b, all+8*i+4):]
		if hide[i] = hidden(textAt(b[texts:units], uint32At(f, name))); hide[i] && shared < 0 {
			shared = uint32At(f, name)
		}
		keep(kept, tables, uint32At(f, stackDepth))
		for k := range uint32At(f, others) {
			keep(kept, tables, uint32At(f, otherTable+4*k))
		}
	}
	for i := range count {
		f := b[all+uint32At(b, all+8*i+4):]
		if hide[i] && uint32At(f, name) != shared {
			clear(textAt(b[texts:units], uint32At(f, name)))
			binary.LittleEndian.PutUint32(f[name:], uint32(shared))
		}
		for _, field := range []int{fileTable, lineTable, unit, firstLine} {
			binary.LittleEndian.PutUint32(f[field:], 0)
		}
	}
	for i, k := range kept {
		if !k {
			tables[i] = 0
		}
	}
	clear(b[units:changes])
	return bodies
}

// keep marks the table that starts at offset: pairs of how the value and how the
// instruction change, until the value does not.
func keep(kept []bool, tables []byte, offset int) {
	if offset == 0 {
		return
	}
	c := &cursor{tables, offset}
	for first := true; c.number(false) != 0 || first; first = false {
		c.number(false)
		if c.at == len(tables) {
			panic("a table without an end")
		}
	}
	for i := offset; i < c.at; i++ {
		kept[i] = true
	}
}

// hidden reports whether traces leave a function out by its name: one of the runtime that
// is not exported, but for the one that marks where a panic began.
func hidden(name []byte) bool {
	rest, runtime := bytes.CutPrefix(name, []byte("runtime."))
	if !runtime || string(rest) == "gopanic" {
		return false
	}
	for _, part := range bytes.Split(rest, []byte(".")) {
		part = bytes.TrimLeft(part, "(*")
		if len(part) == 0 || part[0] >= 'A' && part[0] <= 'Z' {
			return false
		}
	}
	return true
}

// textAt returns the text at offset, which ends at a zero.
func textAt(b []byte, offset int) []byte {
	b = b[offset:]
	return b[:bytes.IndexByte(b, 0)]
}
