package ui

import (
	"strconv"

	"sparrow/wasm/protocol"
)

// client asks the engine. It has two implementations: client_js.go talks to
// the engine worker, client_other.go to a session in the same process.
type client interface {
	// ask sends q. then runs on the UI goroutine, once; before ask returns when
	// the answer is at hand (it came with the page, or the engine is here).
	ask(q protocol.Request, then func(reply))

	// start begins to deliver what the engine tells unasked. run brings a
	// function to the UI goroutine.
	start(run func(func()), tell func(news))

	// retry asks for another attempt at loading the model.
	retry()
}

// reply is an answer and what it cost.
type reply struct {
	protocol.Answer
	ms     float64 // inside the engine
	seeded bool    // came with the page
}

// news is what the engine tells unasked.
type news struct {
	kind          string // "progress", "ready", "failed", "changed", "update", "network"
	stage         string // with progress: "app", "engine", "model"
	loaded, total float64
	code          string // with failed
	kept          bool   // with failed: an older model answers
	durable       bool   // with ready: the profile outlives the tab
	hash          string
	online        bool // with network
}

// requestKey names q among the answers that came with a page: what it asks,
// without the clock.
func requestKey(q protocol.Request) string {
	return string(q.Verb) + "|" + string(q.ID) + "|" + q.Query + "|" + q.Genre + "|" +
		strconv.Itoa(q.Decade) + "|" + q.Sort + "|" + q.Model + "|" + strconv.Itoa(q.Offset) + "|" + strconv.Itoa(q.K) + "|" +
		strconv.FormatFloat(float64(q.Variety), 'g', 3, 32)
}

// seeds are the answers a page was rendered from, by requestKey.
type seeds map[string]protocol.Answer
