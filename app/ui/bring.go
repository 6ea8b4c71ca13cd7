package ui

// brought is a message of the worker that reads a visitor's file: static/js/import-worker.js.
type brought struct {
	kind    string   // "progress", "records", "links", "saved", "end" or "failed"
	part    float64  // with progress: the share that is read
	bytes   []byte   // with records: a request; with links: the file, nil for none
	text    string   // with saved: a copy saved here
	code    string   // with failed: why
	found   []string // with failed: what the columns are called, or a size
	formats []string // with end: names of sites; "" for a table of none
	files   []string // with end: of an archive, what was not read
	remarks []remark // with end: what was not used
}

// remark counts what of a file is not used.
type remark struct {
	kind  string
	count int
	place string // of the first: file and line
}

// source is a file that can be read: it sends messages to hear until stop is called, from outside of the UI goroutine.
type source func(hear func(brought)) (stop func())
