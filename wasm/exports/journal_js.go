package exports

import "sparrow/wasm/session"

// journalOf and loadJournal are what is kept beside the profile; nil like extendSession.
var (
	journalOf   func(*session.Session) []byte
	loadJournal func(*session.Session, []byte) error
)

// journal puts what is kept beside the profile into the outbox and returns its length.
//
//go:wasmexport journal
func journal() int32 {
	if current == nil || journalOf == nil {
		return post(nil)
	}
	return post(journalOf(current))
}

// recall adds the journal in inbox[:n] to the profile that was loaded last. It returns 0, or the
// length of an error text in the outbox: then there are no notes and steps.
//
//go:wasmexport recall
func recall(n int32) (length int32) {
	defer catch(&length, false)
	if current == nil || loadJournal == nil {
		return 0
	}
	return post(text(loadJournal(current, inbox[:n])))
}
