// Command worker is engine.wasm: the engine alone, for a widget's worker.
package main

import _ "sparrow/wasm/exports"

// main parks: the exports are called while it waits.
func main() { select {} }
