package exports

import (
	"strconv"
	"unsafe"

	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

var (
	inbox, outbox []byte
	current       *session.Session // nil until a bundle is open
	enrolment     = new(experiment.Enrolment)

	request      protocol.Request // the one that was taken last
	requestError error            // of its bytes
)

// openSession opens a bundle. What session.Open takes is linked into programs that
// call AnswerAll, and into no other.
var openSession = session.OpenLists

// extendSession adds the second file of its bundle to a session; nil in a program
// that goes without, where nothing of it is linked.
var extendSession func(*session.Session, []byte) error

// AnswerAll makes the sessions that are opened from then on answer every verb.
func AnswerAll() {
	openSession, extendSession = session.Open, (*session.Session).Extend
	journalOf, loadJournal = (*session.Session).Journal, (*session.Session).LoadJournal
}

// filler is as long as build/slim makes it, for what lies behind it in memory to
// keep its addresses from release to release; nothing else reads it.
var filler string

func init() { link(filler) }

// link makes the linker keep a text.
//
//go:noinline
func link(string) {}

// buffer makes an inbox of at least n bytes and returns its address, valid until
// the next call of any export.
//
//go:wasmexport buffer
func buffer(n int32) unsafe.Pointer {
	if n := max(int(n), 1); cap(inbox) < n {
		inbox = make([]byte, n)
	} else {
		inbox = inbox[:n]
	}
	return unsafe.Pointer(unsafe.SliceData(inbox))
}

// address of the outbox.
//
//go:wasmexport outbox
func address() unsafe.Pointer {
	if cap(outbox) == 0 {
		outbox = make([]byte, 0, 1)
	}
	return unsafe.Pointer(unsafe.SliceData(outbox))
}

// open begins a session with the bundle inbox[:n] and an empty profile. It
// returns 0, or the length of an error text in the outbox; the session before,
// if any, then goes on.
//
//go:wasmexport open
func open(n int32) (length int32) {
	defer catch(&length, false)
	bundle := inbox[:n]
	inbox = nil // the session keeps it
	setGCPercent(-1)
	s, err := openSession(bundle)
	percent := int32(100)
	if len(bundle) > largeBundle {
		percent = 25
	}
	setGCPercent(percent)
	if err == nil {
		current = s
		s.SetClock(milliseconds)
		s.Enrol(*enrolment)
		if overlay != nil {
			s.Overlay(overlay)
		}
	}
	return post(text(err))
}

// lacks puts the name of the second file of the open bundle into the outbox, its
// SHA-256 in 32 bytes and its length in decimal digits, and returns the length of
// that; 0 where the session has it, or needs none.
//
//go:wasmexport lacks
func lacks() int32 {
	if current == nil || extendSession == nil {
		return post(nil)
	}
	hash, length := current.Lacks()
	if length == 0 {
		return post(nil)
	}
	return post(strconv.AppendInt(hash[:], int64(length), 10))
}

// extend adds inbox[:n], the second file of the open bundle, whose hash was compared.
// It returns 0, or the length of an error text in the outbox; the session is then
// what it was.
//
//go:wasmexport extend
func extend(n int32) (length int32) {
	defer catch(&length, false)
	if current == nil || extendSession == nil {
		return post([]byte(notOpen))
	}
	supplement := inbox[:n]
	inbox = nil // the session keeps it
	return post(text(extendSession(current, supplement)))
}

// enroll sets who the visitor is and which experiments there are, as the
// MessagePack in inbox[:n] says; see [experiment.Enrolment.Append]. It may come
// before open and again at any time. It returns the length of a text in the
// outbox, a line for each layer that the visitor is in at that moment: the names
// of layer and arm, the hash of the arm's bundle, "" for none, and its length,
// separated by tabs. Below 0 it is that of an error text, and the enrolment is
// what it was.
//
//go:wasmexport enroll
func enroll(n int32) (length int32) {
	defer func() { length = -length }()
	defer catch(&length, false)
	e, err := experiment.Decode(inbox[:n])
	if err != nil {
		return post(text(err))
	}
	enrolment = e
	if current != nil {
		current.Enrol(*e)
	}
	outbox = outbox[:0]
	for _, in := range e.Arms(e.Now) {
		add(in.Layer.Name, '\t')
		add(in.Arm.Name, '\t')
		add(in.Arm.Bundle, '\t')
		add(strconv.Itoa(in.Arm.Bytes), '\n')
	}
	return -int32(len(outbox))
}

func add(text string, end byte) { outbox = append(append(outbox, text...), end) }

// largeBundle is the length of a bundle from which on memory is what a device lacks:
// the heap then grows by a quarter between two collections, not to its double, and
// a collection, which looks at pointers alone, takes a small share of the answers.
const largeBundle = 16 << 20

// setGCPercent is that of package debug, which would bring packages fmt, os and time
// along. While a bundle is opened almost all that is allocated stays, so that
// collecting in between frees little, and every pointer that is stored takes
// several times as long.
//
//go:linkname setGCPercent runtime/debug.setGCPercent
func setGCPercent(percent int32) (before int32)

// nanotime is the worker's performance.now, which the runtime knows, in nanoseconds.
//
//go:linkname nanotime runtime.nanotime
func nanotime() int64

func milliseconds() float64 { return float64(nanotime()) / 1e6 }

// load replaces the profile by the one stored in inbox[:n]. It returns 0, or the
// length of an error text in the outbox.
//
//go:wasmexport load
func load(n int32) (length int32) {
	defer catch(&length, false)
	if current == nil {
		return post([]byte(notOpen))
	}
	return post(text(current.Load(inbox[:n])))
}

// take decodes the request in inbox[:n], which answer answers. It returns 1 if
// the request may change the profile, else 0: then the newest profile of all
// pages is to be loaded in between. Bytes that are no request are 0; answer says
// what is wrong with them.
//
//go:wasmexport take
func take(n int32) int32 {
	request, requestError = protocol.DecodeRequest(inbox[:n])
	if requestError == nil && session.Mutates(request.Verb) {
		return 1
	}
	return 0
}

// prepare does a piece, of a few milliseconds, of what the answer to the request
// needs that was taken last, and returns 1 unless nothing is left. Without it
// answer does all of that by itself.
//
//go:wasmexport prepare
func prepare() int32 {
	if current != nil && requestError == nil && current.PrepareFor(request.Verb) {
		return 1
	}
	return 0
}

// answer answers the request that was taken last and returns the length of the
// answer in the outbox.
//
//go:wasmexport answer
func answer() (length int32) {
	defer catch(&length, true)
	switch {
	case requestError != nil:
		return refuse("bad-request", requestError.Error())
	case current == nil:
		return refuse("not-open", notOpen)
	}
	a := current.Answer(request)
	return post(a.Append(outbox[:0]))
}

// idle does a piece of what later answers need, for a few milliseconds, and returns 1
// unless nothing is left. It is to be called while no one waits.
//
//go:wasmexport idle
func idle() int32 {
	if current != nil && current.Prepare() {
		return 1
	}
	return 0
}

// profile puts the profile into the outbox and returns its length.
//
//go:wasmexport profile
func profile() int32 {
	if current == nil {
		return post(nil)
	}
	return post(current.Profile())
}

const (
	notOpen = "The item model is not loaded yet."
	mistake = "The recommender made a mistake and did not answer. Your profile is safe. Reload the page."
)

// post makes b the outbox and returns its length.
func post(b []byte) int32 {
	outbox = b
	return int32(len(b))
}

// text returns what err says, nothing for nil.
func text(err error) []byte {
	if err == nil {
		return nil
	}
	return []byte(err.Error())
}

// refuse puts an answer that is an error into the outbox and returns its length.
func refuse(code, text string) int32 {
	a := protocol.Answer{Error: &protocol.Error{Code: code, Text: text}}
	return post(a.Append(nil))
}

// catch, deferred, keeps the program alive after a panic, which is a mistake of
// ours: the cause goes to the console, a sentence to the caller, as an answer or
// as a mere text, and its length to length.
func catch(length *int32, answer bool) {
	switch cause := recover().(type) {
	case nil:
		return
	case error:
		println("engine:", cause.Error())
	case string:
		println("engine:", cause)
	default:
		println("engine: panic")
	}
	if answer {
		*length = refuse("engine", mistake)
	} else {
		*length = post([]byte(mistake))
	}
}
