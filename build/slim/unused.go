package main

import (
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
)

// unused are the functions of Go's runtime that every program links and none of
// ours calls: each stands behind a setting that only another program makes, or
// describes memory that is broken, just before the program ends. In their place
// stands the instruction that ends a program: 25 KB of a download are for nothing else.
//
// What leads to each was read in the sources of Go 1.27.
var unused = regexp.MustCompile(unusedIn + `(` + strings.Join(unusedNames, "|") + `)(\.func\d+(\.\d+)*)?$`)

// unusedIn is the beginning of their names: the runtime writes numbers by internal/strconv.
const unusedIn = `^(runtime|internal/strconv)\.`

// unusedNames are expressions, each of a kind of function.
var unusedNames = []string{
	// runtime/trace, which writes what a program does
	`trace(Advance|BufFlush|CPUFlush|ReadCPU|StopReadCPU|RegisterLabelsAndReasons|SyncBatch|Stack|Reader|ReaderAvailable)`,
	`traceLocker\.([A-Z]\w*|emitUnblockStatus|eventWriter|rawEventWriter|rtype|stack|startPC|string|writer)`,
	`(traceWriter|traceEventWriter|\(\*trace(StackTable|StringTable|TypeTable|Map|RegionAlloc|Buf)\))\.\w+`,
	`fpunwindExpand|makeTraceFrames?|dump(Stacks|Types)Rec|startPCForTrace|goStatusToTraceGoStatus`,
	// profiles, of runtime/pprof
	`\(\*profBuf\)\.\w+|fpTracebackPartialExpand|save(blockevent|BlockEventStack)`,
	`doRecordGoroutineProfile|tryRecordGoroutineProfile(WB)?|saveg`,
	`findGoroutineLeaks|findMaybeRunnableGoroutines|setSyncObjectsUntraceable`,
	// the environment's GODEBUG: schedtrace, scavtrace, checkfinalizers, gccheckmark, sbrk, tracebackancestors
	`schedtrace|printScavTrace|checkFinalizersAndCleanups|(run|start|end)Checkmarks?|[gs]etCheckmark|(pre|post)MallocgcDebug|printAncestorTraceback(FuncInfo)?`,
	// what a collector or a trace prints that met memory it cannot read
	`gcDumpObject|\(\*mspan\)\.reportZombies|tracebackHexdump|hexdumpWords|(\(\*hexdumper\)|hexdumpMarker)\.\w+`,
	// floats in base 2 and 16 and complex numbers, as text; what a program ends with that panics
	// with a number or a text of a type of its own that is no error
	`fmt[BX]|AppendComplex|printanycustomtype`,
	// C, several modules in one program, testing/synctest and arenas
	`print(One)?CgoTraceback|expandCgoFrames|callCgoSymbolizer|cgoContextPCs|newextram|oneNewExtraM`,
	`typesEqual|\(\*synctestBubble\)\.\w+|\(\*mspan\)\.setUserArenaChunkToFault`,
}

// measured are functions of the runtime that only a program with its profiles or
// its trace links.
var measured = regexp.MustCompile(`^runtime\.(pprof_\w+|StartTrace|goroutineProfileWithLabels\w*|SetCPUProfileRate|SetBlockProfileRate|SetMutexProfileFraction)$`)

// emptied returns, of the functions in the tables b, those that are unused, as numbers of
// bodies of the module and as numbers in the tables; none where the program
// measures itself, and none that write floats where it does that itself.
func emptied(b []byte, texts []byte, all, count int) (bodies, entries []int) {
	// The tables give a function by its number, and before Go 1.27 by its address,
	// which is the number shifted by 16 (PC_F in cmd/link/internal/wasm/asm.go).
	first := uint32At(b, all)
	step := max(uint32At(b, all+8)-first, 1)
	floats := writesFloats(texts)
	for i := range count {
		f := b[all+uint32At(b, all+8*i+4):]
		text := textAt(texts, uint32At(f, name))
		if measured.Match(text) {
			return nil, nil
		}
		if unused.Match(text) || !floats && unusedFloats.Match(text) {
			bodies, entries = append(bodies, (uint32At(b, all+8*i)-first)/step), append(entries, i)
		}
	}
	return bodies, entries
}

// trap is the body of a function that ends the program: no variables, the instruction
// unreachable, the end. It suits every type of function.
var trap = []byte{3, 0, 0, 0x0b}

// withoutBodies returns a module with a trap as the body of the functions whose
// numbers are given.
func withoutBodies(module []byte, numbers []int) ([]byte, error) {
	const code = 10
	head, at, end, err := section(module, code)
	if err != nil {
		return nil, err
	}
	c := &cursor{module[:end], at}
	count := c.number(false)
	out := binary.AppendUvarint(make([]byte, 0, end-at), uint64(count))
	slices.Sort(numbers)
	for i := range count {
		start := c.at
		length := c.number(false)
		if length < 0 || length > end-c.at {
			return nil, errModule
		}
		c.at += length
		if _, found := slices.BinarySearch(numbers, i); found {
			out = append(out, trap...)
		} else {
			out = append(out, module[start:c.at]...)
		}
	}
	if c.at != end || len(numbers) > 0 && numbers[len(numbers)-1] >= count {
		return nil, errUnknown
	}
	return slices.Concat(module[:head], binary.AppendUvarint(nil, uint64(len(out))), out, module[end:]), nil
}
