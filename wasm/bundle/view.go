package bundle

import "unsafe"

// A bundle is most of what a page keeps in memory, and copying it is a good part
// of the time that opening takes. What is in the file as it is in memory is
// therefore not copied: it belongs to both, so that the file must not change.

// signed returns b as int8. They share memory.
func signed(b []byte) []int8 { return *(*[]int8)(unsafe.Pointer(&b)) }

// text returns b as a string. They share memory.
func text(b []byte) string { return *(*string)(unsafe.Pointer(&b)) }

// zero reports whether b holds nothing but 0.
func zero(b []byte) bool {
	var any byte
	for _, c := range b {
		any |= c
	}
	return any == 0
}

// lowest returns the index of the first -128 in b, or -1. Eight bytes are looked
// at together: x has a byte of 0 where b has a -128, and a byte of 0 is what
// borrows from a top bit that is not set (Mycroft's test).
func lowest(b []byte) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	at := 0
	for _, eight := range (*(*[]uint64)(unsafe.Pointer(&b)))[:len(b)/8] {
		if x := eight ^ tops; (x-ones)&^x&tops != 0 {
			break
		}
		at += 8
	}
	for ; at < len(b); at++ {
		if b[at] == 0x80 {
			return at
		}
	}
	return -1
}
