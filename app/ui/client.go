package ui

import (
	"strconv"

	"sparrow/wasm/protocol"
)

// client sends requests to the engine. It has two implementations: client_js.go
// for the engine worker, client_other.go for a session in the same process.
type client interface {
	// ask sends q. then runs on the UI goroutine, once; before ask returns when
	// the answer is at hand (it came with the page, or the engine is in this
	// process).
	ask(q protocol.Request, then func(reply))

	// start begins to deliver the messages that the engine sends without a
	// request. run brings a function to the UI goroutine.
	start(run func(func()), deliver func(news))

	// retry requests another attempt at loading the model.
	retry()

	// complete requests another attempt at what the model lacks.
	complete()
}

// reply is an answer and its cost.
type reply struct {
	protocol.Answer
	ms     float64 // time inside the engine, in milliseconds
	seeded bool    // the answer came with the page
}

// news is a message that the engine sends without a request.
type news struct {
	kind          string // "progress", "ready", "failed", "lacking", "complete", "live", "changed", "update", "network"
	stage         string // with progress: "app", "engine", "model"
	loaded, total float64
	code          string  // with failed and lacking; "" while what is lacking is on its way
	status        float64 // with these, when a server answered with an error
	kept          bool    // with failed: an older model answers
	durable       bool    // with ready: the profile outlives the tab
	hash          string
	online        bool    // with network
	at            float64 // with live: when the overlay was made, Unix seconds; 0 where it does not say
	again         bool    // with live: lists that were asked for may be others by it
}

// requestKey returns the key of q among the answers that came with a page: the
// request without its clock value.
func requestKey(q protocol.Request) string {
	return q.Lang + "|" + string(q.Verb) + "|" + string(q.ID) + "|" + q.Query + "|" + q.Genre + "|" +
		q.Filter + "|" + q.Held + "|" + short(q.Least) + short(q.Most) + "|" + strconv.Itoa(q.Decade) + "|" + q.Sort + "|" + q.Model + "|" + strconv.Itoa(q.Offset) + "|" + strconv.Itoa(q.K) + "|" +
		strconv.FormatFloat(float64(q.Variety), 'g', 3, 32) + "|" + string(q.Reasons)
}
