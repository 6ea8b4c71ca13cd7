package ui

import (
	"syscall/js"

	"sparrow/wasm/catalog"
)

// outbox talks to the Sharing of static/js/sharing.js, which app.js loads some
// time after the engine is ready. Calls made before that are queued.
type outbox struct {
	sharing js.Value
	waiting []func() // until sharing is loaded
	run     func(func())
}

// NewFeedback returns nil where the site takes no feedback.
func NewFeedback() feedback {
	bridge := js.Global().Get("sparrow")
	if !bridge.Truthy() || !bridge.Get("sharing").Truthy() {
		return nil
	}
	o := new(outbox)
	bridge.Get("sharing").Call("then", callback(func(sharing js.Value) {
		o.sharing = sharing
		for _, do := range o.waiting {
			do()
		}
		o.waiting = nil
	}))
	return o
}

func (o *outbox) when(do func()) {
	if o.sharing.Truthy() {
		do()
	} else {
		o.waiting = append(o.waiting, do)
	}
}

func (o *outbox) start(run func(func()), deliver func(sharing)) {
	o.run = run
	o.when(func() {
		o.sharing.Call("listen", callback(func(now js.Value) {
			s := sharing{
				state: field(now, "state"), waiting: int(number(now, "waiting")),
				shared: now.Get("shared").Truthy(), deleting: now.Get("deleting").Truthy(), answered: now.Get("answered").Truthy(),
			}
			run(func() { deliver(s) })
		}))
	})
}

func (o *outbox) decide(yes bool, then func(failed bool)) {
	o.when(func() {
		o.await(o.sharing.Call("decide", yes), func(js.Value) { then(false) }, func() { then(true) })
	})
}

func (o *outbox) erase(then func(o outcome)) {
	o.when(func() {
		o.await(o.sharing.Call("erase"), func(how js.Value) { then(outcome(how.String())) }, func() { then(refused) })
	})
}

func (o *outbox) track(kind string, id catalog.ID, stars float32) {
	fields := map[string]any{}
	if id != "" {
		fields["item"] = string(id)
	}
	if stars > 0 {
		fields["stars"] = stars
	}
	o.when(func() { o.sharing.Call("track", kind, fields) })
}

func (o *outbox) model(hash string) {
	o.when(func() { o.sharing.Call("model", hash) })
}

// await brings the value of a promise, or its failure, to the UI goroutine.
func (o *outbox) await(promise js.Value, then func(js.Value), failed func()) {
	var good, bad js.Func
	release := func() {
		good.Release()
		bad.Release()
	}
	good = callback(func(v js.Value) {
		release()
		o.run(func() { then(v) })
	})
	bad = callback(func(reason js.Value) {
		release()
		js.Global().Get("console").Call("warn", "sparrow: feedback:", reason)
		o.run(failed)
	})
	promise.Call("then", good, bad)
}
