package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
	"unsafe"

	"github.com/syumai/workers/cloudflare"
	"github.com/syumai/workers/cloudflare/cron"
	"github.com/syumai/workers/cloudflare/queues"

	"sparrow/wasm/event"
)

func main() {
	// A request leaves 8 KB of garbage behind and next to nothing lives on:
	// rarer collections cost 12 MB of the isolate's 128 and save a tenth of the
	// CPU.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(64 << 20)
	allowed, err := parseOrigins(strings.Fields(cloudflare.Getenv("ORIGINS")))
	if err != nil {
		panic(err) // and no request is taken in until it is corrected
	}
	var server keys
	if text := cloudflare.Getenv("SERVER_KEY"); text != "" {
		if server, err = parseKeys(text); err != nil { // visitors' feedback goes on
			println("edge: SERVER_KEY: " + err.Error() + "; no server may send events")
		}
	}
	handler = newHandler(config{
		origins: allowed,
		unknown: &strangers{say: func(origin string) {
			println("edge: feedback from " + origin + " is refused; if that site is yours, add " + origin + "=" + siteOf(origin) + " to ORIGINS in wrangler.jsonc and deploy again")
		}},
		now:     func() int64 { return time.Now().UnixMilli() },
		limit:   limited,
		network: networkOf,
		failed:  func(error) {}, // the glue has logged it
		server:  server, serverFlag: "wrangler secret put SERVER_KEY",
	}, queue{})
	queues.ConsumeNonBlock(consume)
	cron.ScheduleTaskNonBlock(sweep)
	select {}
}

// limited returns the verdict of the rate limit, which the glue reads first.
func limited(r *http.Request, _ string) int {
	if r.Context().Value(callKey{}).(*call).limited {
		return limitPeriod
	}
	return 0
}

// networkOf returns the tag that the glue gave the request's network.
func networkOf(r *http.Request) event.Network { return r.Context().Value(callKey{}).(*call).network }

// limitPeriod is the period of LIMIT in worker/wrangler.jsonc, in seconds.
const limitPeriod = 10

// The bridge to worker/instance.mjs. One program answers all requests of an
// isolate, each in a coroutine: it runs until the handler hands a record to the
// queue, and goes on when the glue reports the outcome. Coroutines rather than
// goroutines, because then no scheduler can run one request's work inside
// another's event, which Workers forbid; and a switch costs 1 µs.
//
// syumai/workers' own Serve cannot be kept: the end of its first response
// closes a channel, and the end of the second closes it again.

// inbox is where the glue writes a request: its head, then its body, which may
// be one byte longer than the handler allows.
var inbox [maxHead + event.MaxBody + 1]byte

// outbox is where the glue reads an answer: status, header lines, an empty
// line, body.
var outbox [16 << 10]byte

const maxHead = 8 << 10

//go:wasmexport inbox
func inboxAddress() unsafe.Pointer { return unsafe.Pointer(&inbox) }

//go:wasmexport outbox
func outboxAddress() unsafe.Pointer { return unsafe.Pointer(&outbox) }

// serve begins the request inbox[:head+body]. It returns the length of the
// answer, or -1-n while call n waits for the queue.
//
//go:wasmexport serve
func serve(head, body int32) int32 {
	c := free()
	c.read(string(inbox[:head]), inbox[head:head+body])
	return c.proceed()
}

// settle goes on with call n, whose record is durable if kept is 1. It returns
// what serve returns.
//
//go:wasmexport settle
func settle(n, kept int32) int32 {
	c := calls[n]
	c.sent = errNotKept
	if kept == 1 {
		c.sent = nil
	}
	return c.proceed()
}

// retire asks the glue to start no further call in this program.
//
//go:wasmimport edge retire
func retire()

// call is one request under way; it is used again for another afterwards.
type call struct {
	number  int32
	resume  func() (length int32, more bool)
	wait    func(int32) bool // returns from serve or settle
	sent    error            // the outcome of the send: nil when the record is durable
	limited bool
	network event.Network
	request http.Request
	blank   http.Request // what request is before each use
	url     url.URL
	body    bytes.Reader
	answer  answer
}

var (
	handler http.Handler
	calls   []*call // by number
	idle    []*call
)

// callKey finds the call in its request's context.
type callKey struct{}

// free returns a call that waits for a request.
func free() *call {
	if n := len(idle); n > 0 {
		c := idle[n-1]
		idle = idle[:n-1]
		return c
	}
	c := &call{number: int32(len(calls)), answer: answer{header: http.Header{}}}
	calls = append(calls, c)
	c.blank = *(&http.Request{
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, URL: &c.url, Header: http.Header{}, Body: memoryBody{&c.body},
	}).WithContext(context.WithValue(context.Background(), callKey{}, c))
	c.resume, _ = iter.Pull(c.work)
	return c
}

// memoryBody is an in-memory request body; Close does nothing.
type memoryBody struct{ *bytes.Reader }

func (memoryBody) Close() error { return nil }

// proceed runs the call until it waits for the queue or has its answer.
func (c *call) proceed() int32 {
	length, _ := c.resume()
	if length >= 0 {
		idle = append(idle, c)
	}
	return length
}

// work is the call's coroutine: one request after the other.
func (c *call) work(wait func(int32) bool) {
	c.wait = wait
	for {
		c.handle()
		if !wait(int32(c.answer.write(outbox[:]))) {
			return
		}
	}
}

// handle answers the request. After a panic the state of the program is
// unknown: this request fails, those under way are finished, and no other is
// begun.
func (c *call) handle() {
	defer func() {
		if cause := recover(); cause != nil {
			println("edge: panic:", reason(cause))
			retire()
			c.answer.reset()
			c.answer.header.Set("Retry-After", "1")
			c.answer.WriteHeader(http.StatusServiceUnavailable)
		}
	}()
	handler.ServeHTTP(&c.answer, &c.request)
}

func reason(cause any) string {
	switch cause := cause.(type) {
	case error:
		return cause.Error()
	case string:
		return cause
	}
	return "unknown cause"
}

// read fills the request in. The head's lines are method, path, host, declared
// length of the body or nothing, "limited" or nothing, the network's tag in
// hexadecimal or nothing, and then headers.
func (c *call) read(head string, body []byte) {
	r := &c.request
	header := c.blank.Header
	clear(header)
	*r = c.blank
	c.url = url.URL{}
	c.answer.reset()
	c.body.Reset(body)
	r.ContentLength = int64(len(body))
	r.Method, head, _ = strings.Cut(head, "\n")
	c.url.Path, head, _ = strings.Cut(head, "\n")
	r.RequestURI = c.url.Path
	r.Host, head, _ = strings.Cut(head, "\n")
	limited, head, _ := strings.Cut(head, "\n")
	c.limited = limited != ""
	tag, head, _ := strings.Cut(head, "\n")
	c.network = event.Network{}
	if len(tag) == 2*len(c.network) {
		hex.Decode(c.network[:], []byte(tag)) // of the glue's own making
	}
	for head != "" {
		var line string
		line, head, _ = strings.Cut(head, "\n")
		name, value, _ := strings.Cut(line, ":")
		header[name] = append(header[name][:0:0], value) // names come in their canonical form
	}
}

var errNotKept = errors.New("the queue did not take the record")

// answer is a response as the glue reads it.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a *answer) reset() {
	a.status = 0
	clear(a.header)
	a.body = a.body[:0]
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	a.body = append(a.body, b...)
	return len(b), nil
}

// write stores the answer in dst and returns its length.
func (a *answer) write(dst []byte) int {
	a.WriteHeader(http.StatusOK)
	b := strconv.AppendInt(dst[:0], int64(a.status), 10)
	for name, values := range a.header {
		for _, v := range values {
			b = append(append(append(append(b, '\n'), name...), ':'), v...)
		}
	}
	b = append(b, '\n', '\n')
	b = append(b, a.body...)
	if len(b) > len(dst) {
		panic("edge: an answer longer than the outbox")
	}
	return len(b)
}
