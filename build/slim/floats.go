package main

import (
	"bytes"
	"encoding/binary"
	"regexp"
)

// The runtime can print a float, which no program of ours lets it do, and so brings along what
// writes floats as text, with a table of powers of ten that does not compress: 12 KB of a download.
// A program that reads or writes floats as text by itself needs both.

// unusedFloats are the functions that only the text of floats is for.
var unusedFloats = regexp.MustCompile(`^internal/strconv\.(` + floatNames + `)$`)

const floatNames = `AppendFloat|FormatFloat|fmtEFG|ftoa(32|64)|shortFloat(\[.*\])?|fixedWidthFloat|(left|right)Shift|prefixIsLessThan|shouldRoundUp|\(\*decimal\)\.\w+|uscale|prescale`

// floating are the functions, inlined ones too, by which a program reads or writes floats as text.
var floating = regexp.MustCompile(`\x00(strconv\.(Append|Format|Parse)(Float|Complex)|internal/strconv\.Parse(Float|Complex))\x00`)

// writesFloats reports whether a program does that by itself, by the names of its functions, each
// of which ends at a zero.
func writesFloats(names []byte) bool { return floating.Match(names) }

// The table of powers of ten, pow10Tab of internal/strconv in Go 1.27: pairs of 64 bits, of 1e-348 to 1e347.
const powers = 696

var (
	firstPower = [2]uint64{0xfa8fd5a0081c0289, 0xe8cd3796329f1bac}
	lastPower  = [2]uint64{0xd13eb46469447568, 0xb48e6a0d2d2e5604}
)

// clearPowers makes the table in memory zeros; where memory has none that it knows it does nothing.
func clearPowers(memory []byte) {
	first, last := pair(firstPower), pair(lastPower)
	at, length := bytes.Index(memory, first), powers*len(first)
	if at < 0 || at+length > len(memory) || !bytes.HasSuffix(memory[at:at+length], last) {
		return
	}
	clear(memory[at : at+length])
}

func pair(v [2]uint64) []byte {
	return binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, v[0]), v[1])
}
