package pipeline

import "runtime/debug"

const (
	// bytesPerInteraction is what a large data set may cost in memory: 12 for
	// the interaction, 8 for orders and indexes over them, the rest for models.
	bytesPerInteraction = 32
	bytesBeside         = 160 << 20 // for everything that does not grow with the interactions
	largeData           = 5_000_000
)

// boundMemory readies the collector for the training on n interactions. What
// reading has left behind, 13 bytes an interaction, goes back to the system at
// once. For large data the collector then works harder as the heap comes near
// to 32 bytes an interaction, where its default would let the heap grow to
// twice of what is alive: 25 million interactions stay below a gigabyte.
func boundMemory(n int) {
	debug.FreeOSMemory()
	if n >= largeData {
		debug.SetMemoryLimit(int64(n)*bytesPerInteraction + bytesBeside)
	}
}
