//go:build !js

package main

import (
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/event"
)

func TestEncodeAllocatesOnce(t *testing.T) {
	reason := strings.Repeat("x", 300)
	for name, record := range map[string]event.Record{
		"a wish":       {Site: strings.Repeat("s", 64), Received: noon, Erase: &event.Visitor{7}},
		"an event":     {Site: "s", Received: noon, Sent: noon, Events: [][]byte{liked(1, noon)}},
		"a letter":     {Site: "s", Received: noon, Sent: noon, Dead: []event.DeadLetter{{Reason: reason, Raw: make([]byte, 60000)}}},
		"many letters": {Site: "s", Received: noon, Sent: noon, Dead: slices.Repeat([]event.DeadLetter{{Reason: reason, Raw: make([]byte, 300)}}, 50)},
	} {
		if n := testing.AllocsPerRun(100, func() { encode(record) }); n != 1 {
			t.Errorf("%s: encode allocates %g times, want 1", name, n)
		}
	}
}
