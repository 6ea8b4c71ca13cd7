// Command whole is engine.wasm with every verb, as app.wasm links the engine: what
// app/e2e/peers asks, and what the tests of wasm/worker hold against a native session.
package main

import "sparrow/wasm/exports"

func main() {
	exports.AnswerAll()
	select {}
}
