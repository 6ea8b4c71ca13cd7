package ui

import (
	"errors"
	"io"
	"syscall/js"
)

// chosenFile returns the file chosen in the input called id, and its size in
// bytes, and empties the input; nil without a file. Read waits for the browser,
// so it is for goroutines, not for handlers of events.
func chosenFile(id string) (io.Reader, int) {
	input := document.Call("getElementById", id)
	files := input.Get("files")
	if files.Get("length").Int() == 0 {
		return nil, 0
	}
	f := &file{blob: files.Index(0)}
	size := f.blob.Get("size").Int()
	input.Set("value", "")
	return f, size
}

type file struct {
	blob js.Value
	at   int
}

func (f *file) Read(p []byte) (int, error) {
	part := make(chan js.Value, 1)
	var done, failed js.Func
	done = callback(func(v js.Value) { part <- v })
	failed = callback(func(js.Value) { part <- js.Null() })
	defer done.Release()
	defer failed.Release()
	f.blob.Call("slice", f.at, f.at+len(p)).Call("arrayBuffer").Call("then", done, failed)
	v := <-part
	if !v.Truthy() {
		return 0, errors.New("the browser could not read the file")
	}
	n := js.CopyBytesToGo(p, window.Get("Uint8Array").New(v))
	f.at += n
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}
