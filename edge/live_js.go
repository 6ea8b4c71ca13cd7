package main

import (
	"strconv"
	"unsafe"

	"sparrow/wasm/live"
)

// draft is a live overlay that worker/live.mjs wants to have checked: its rules are
// here alone.
var draft []byte

//go:wasmexport draft
func draftAddress(length int32) unsafe.Pointer {
	draft = make([]byte, length)
	return unsafe.Pointer(unsafe.SliceData(draft))
}

// check reads the draft. It returns the length of the text in outbox: what is
// wrong with it, or, as -1 - length, how many remarks there are and the first of them, a line each.
//
//go:wasmexport check
func check() int32 {
	_, remarks, err := live.Decode(draft)
	draft = nil
	if err != nil {
		return int32(copy(outbox[:], err.Error()))
	}
	text := strconv.Itoa(remarks.Count)
	for _, line := range remarks.Lines {
		text += "\n" + line
	}
	return -1 - int32(copy(outbox[:], text))
}
