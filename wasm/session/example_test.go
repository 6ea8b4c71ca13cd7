package session_test

import (
	"fmt"

	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// A like changes what is recommended, undo takes it back.
func Example() {
	s := session.New(engine.New(enginetest.Parity(60))) // session.Open reads a bundle's bytes
	first := func() string {
		return s.Answer(protocol.Request{Verb: protocol.Recommend, K: 1}).Cards[0].Title
	}
	fmt.Println("a stranger:", first())
	like := protocol.Entry{ID: "22", Action: protocol.Like, At: 1_500_000_000}
	s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{like}})
	fmt.Println("who likes Odd 21:", first())
	s.Answer(protocol.Request{Verb: protocol.Undo})
	fmt.Println("after undo:", first())
	// Output:
	// a stranger: Odd 5
	// who likes Odd 21: Odd 23
	// after undo: Odd 5
}
