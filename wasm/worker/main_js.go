// Command worker is engine.wasm: the engine alone, for a widget's worker, with the
// verbs that a widget asks.
package main

import _ "sparrow/wasm/exports"

// main parks: the exports are called while it waits.
func main() { select {} }
