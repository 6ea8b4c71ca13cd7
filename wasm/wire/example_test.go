package wire_test

import (
	"fmt"

	"sparrow/wasm/wire"
)

// A map with one-letter keys, as every message of the project: zero fields are
// left out, unknown ones skipped, and the error is asked for once, at the end.
func Example() {
	var w wire.Writer
	f := w.Fields()
	f.Str("t", "Heat")
	f.Int("y", 1995)
	f.Int("z", 0) // left out
	f.Float32("s", 4.5)
	f.Close()
	fmt.Printf("%d bytes\n", len(w.Buf))

	r := wire.NewReader(w.Buf)
	var title string
	var year int64
	for range r.Map() {
		switch r.Str() {
		case "t":
			title = r.Str()
		case "y":
			year = r.Int()
		default:
			r.Skip()
		}
	}
	r.End() // nothing may follow
	fmt.Println(title, year, r.Err())

	r = wire.NewReader(w.Buf[:5]) // cut short
	for range r.Map() {
		r.Skip()
	}
	fmt.Println(r.Err() != nil)
	// Output:
	// 20 bytes
	// Heat 1995 <nil>
	// true
}
