package exports

import "sparrow/wasm/live"

// overlay is the live overlay that sessions go by; nil for none.
var overlay *live.Overlay

// goLive makes the MessagePack of a live overlay in inbox[:n] what all answers go by from the
// next one on, in place of the one before; see FORMAT.md of package live. It may come before
// open, and again at any time; a session that is opened later goes by it, too. It returns the
// length of a text in the outbox, a line for each thing that does nothing in this catalog, 0
// for none. Below 0 it is that of an error text, and the overlay is what it was.
//
//go:wasmexport live
func goLive(n int32) (length int32) {
	failed := true
	defer func() {
		if failed {
			length = -length
		}
	}()
	defer catch(&length, false)
	o, remarks, err := live.Decode(inbox[:n])
	if err != nil {
		return post(text(err))
	}
	if overlay = o; current != nil {
		remarks.Append(current.Overlay(o))
	}
	failed = false
	return post([]byte(remarks.String()))
}
