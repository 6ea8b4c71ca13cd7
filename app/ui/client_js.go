package ui

import (
	"syscall/js"

	"sparrow/wasm/protocol"
)

// workerClient talks to the engine worker through globalThis.sparrow of
// static/js/app.js. The worker queues requests that arrive before it is ready.
type workerClient struct {
	bridge  js.Value
	seeds   seeds
	waiting map[int]func(reply)
	last    int
	ready   bool // the engine answers, so that the seeds are no longer needed
	run     func(func())
	deliver func(news)
}

func NewClient() client {
	c := &workerClient{bridge: js.Global().Get("sparrow"), waiting: map[int]func(reply){}}
	if !c.bridge.Truthy() {
		return c
	}
	if text := c.bridge.Get("seed"); text.Type() == js.TypeString && text.String() != "" {
		all, err := readSeeds(text.String())
		if err != nil {
			js.Global().Get("console").Call("warn", "sparrow: the page's seed cannot be read: "+err.Error())
		}
		c.seeds = all
	}
	return c
}

func (c *workerClient) ask(q protocol.Request, then func(reply)) {
	if a, ok := c.seeds[requestKey(q)]; ok && !c.ready {
		then(reply{Answer: a, seeded: true})
		return
	}
	if !c.bridge.Truthy() {
		return
	}
	c.last++
	c.waiting[c.last] = then
	message := js.Global().Get("Object").New()
	message.Set("type", "ask")
	message.Set("id", c.last)
	b := q.Append(nil)
	bytes := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(bytes, b)
	message.Set("request", bytes)
	c.bridge.Call("post", message)
}

func (c *workerClient) start(run func(func()), deliver func(news)) {
	c.run, c.deliver = run, deliver
	listenOnline(func(online bool) { run(func() { deliver(news{kind: "network", online: online}) }) })
	if !c.bridge.Truthy() {
		return
	}
	c.bridge.Call("onupdate", callback(func(js.Value) {
		run(func() { deliver(news{kind: "update"}) })
	}))
	c.bridge.Call("listen", callback(func(m js.Value) {
		if m.Get("type").String() == "answer" {
			c.answered(m)
			return
		}
		n := news{
			kind: field(m, "type"), stage: field(m, "stage"), code: field(m, "code"),
			hash: field(m, "hash"), loaded: number(m, "loaded"), total: number(m, "total"), status: number(m, "status"),
			kept: m.Get("kept").Truthy(), durable: m.Get("durable").Truthy(), at: number(m, "at"), again: m.Get("again").Truthy(),
		}
		c.ready = c.ready || n.kind == "ready"
		run(func() { deliver(n) })
	}))
}

// answered passes one answer to the callback of its request.
func (c *workerClient) answered(m js.Value) {
	id := m.Get("id").Int()
	then, ok := c.waiting[id]
	if !ok {
		return
	}
	delete(c.waiting, id)
	bytes := m.Get("answer")
	b := make([]byte, bytes.Get("length").Int())
	js.CopyBytesToGo(b, bytes)
	a, err := protocol.DecodeAnswer(b)
	if err != nil {
		a = protocol.Answer{Error: &protocol.Error{Code: "unreadable", Text: err.Error()}}
	}
	c.run(func() { then(reply{Answer: a, ms: number(m, "ms")}) })
}

func (c *workerClient) retry()    { c.post("retry") }
func (c *workerClient) complete() { c.post("complete") }

// post sends a message that is nothing but its type.
func (c *workerClient) post(kind string) {
	if c.bridge.Truthy() {
		message := js.Global().Get("Object").New()
		message.Set("type", kind)
		c.bridge.Call("post", message)
	}
}

// callback returns a JavaScript function that calls f and cannot end the
// program: a panic that leaves a js.Func would stop every goroutine of the
// page.
func callback(f func(arg js.Value)) js.Func {
	return js.FuncOf(func(this js.Value, args []js.Value) any {
		defer func() {
			if r := recover(); r != nil {
				js.Global().Get("console").Call("error", "sparrow: a callback failed", describe(r))
			}
		}()
		arg := js.Undefined()
		if len(args) > 0 {
			arg = args[0]
		}
		f(arg)
		return nil
	})
}

func describe(r any) string {
	switch r := r.(type) {
	case error:
		return r.Error()
	case string:
		return r
	}
	return "unknown"
}

func field(v js.Value, name string) string {
	if f := v.Get(name); f.Type() == js.TypeString {
		return f.String()
	}
	return ""
}

func number(v js.Value, name string) float64 {
	if f := v.Get(name); f.Type() == js.TypeNumber {
		return f.Float()
	}
	return 0
}
