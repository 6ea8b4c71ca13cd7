package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"

	"sparrow/wasm/event"
)

// config is what the handler needs from the program that runs it.
type config struct {
	origins origins
	hosts   hosts        // that this edge is called itself
	refused func(error)  // receives that it was called otherwise; nil for nothing
	unknown *strangers   // is told of origins that may not send; nil for nothing
	now     func() int64 // Unix milliseconds
	// limit returns how many seconds the sender of r must wait before site
	// takes more from them; 0 for no wait.
	limit func(r *http.Request, site string) int
	// network returns the day's tag of the network that sent r; zero, or no
	// function, where it is unknown.
	network func(r *http.Request) event.Network
	failed  func(error)                 // receives the errors of the store
	stores  func(context.Context) error // nil while the store takes records; nil where it cannot be asked
	files   http.Handler                // answers what the handler does not; nil for 404

	server     keys   // of the owner's own programs that send events; none where no such program may
	serverFlag string // where they come from
}

// intake takes feedback in. It answers each request by itself: it has no state
// between two requests, starts no goroutine and waits for nothing but the
// store, so that it runs on Cloudflare as it does natively.
type intake struct {
	config
	store store
}

func newHandler(c config, s store) http.Handler { return &intake{c, s} }

func (h *intake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if r.URL.RawPath != "" {
		path = "" // no route has a second spelling
	}
	switch path {
	case "/v1/events":
		h.post(w, r, h.events)
	case "/v1/erase":
		h.post(w, r, h.erase)
	case "/v1/server-events":
		h.serverEvents(w, r)
	case "/healthz":
		h.health(w, r)
	case "/readyz":
		h.ready(w, r)
	default:
		if h.files == nil {
			refuse(w, http.StatusNotFound, "not found")
			return
		}
		h.files.ServeHTTP(w, r)
	}
}

// health answers 200 as long as the program runs.
func (h *intake) health(w http.ResponseWriter, r *http.Request) {
	if asks(w, r) {
		reply(w, http.StatusOK, typeText, []byte("ok\n"))
	}
}

// ready answers 200 as long as feedback can be stored.
func (h *intake) ready(w http.ResponseWriter, r *http.Request) {
	if !asks(w, r) {
		return
	}
	if h.stores != nil {
		if err := h.stores(r.Context()); err != nil {
			h.failed(err)
			w.Header().Set("Retry-After", "10")
			refuse(w, http.StatusServiceUnavailable, "feedback cannot be stored now; the log says why")
			return
		}
	}
	reply(w, http.StatusOK, typeText, []byte("ready\n"))
}

// asks refuses what is neither GET nor HEAD.
func asks(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	w.Header().Set("Allow", "GET, HEAD")
	refuse(w, http.StatusMethodNotAllowed, "only GET and HEAD")
	return false
}

// post passes a request on to take if it comes from a page of a known site.
func (h *intake) post(w http.ResponseWriter, r *http.Request, take func(http.ResponseWriter, *http.Request, string)) {
	origin := r.Header.Get("Origin")
	site, ok := h.origins.site(origin, r.Host)
	if ok && site == self && !h.hosts.own(r.Host) {
		err := unknownHost(r.Host)
		if h.refused != nil {
			h.refused(err)
		}
		refuse(w, http.StatusForbidden, err.Error())
		return
	}
	if !ok {
		h.strange(w, r, origin)
		return
	}
	header := w.Header()
	header.Set("Access-Control-Allow-Origin", origin)
	header.Set("Vary", "Origin")
	switch r.Method {
	case http.MethodPost:
		header.Set("Access-Control-Expose-Headers", "Retry-After")
		take(w, r, site)
	case http.MethodOptions:
		header.Set("Access-Control-Allow-Methods", "POST")
		header.Set("Access-Control-Allow-Headers", "Content-Type")
		header.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
	default:
		header.Set("Allow", "OPTIONS, POST")
		refuse(w, http.StatusMethodNotAllowed, "only POST")
	}
}

// strange refuses a request of an origin that may not send. Where that is a site
// that could be put on the list its page may read why, for else it sees no more
// than that something failed. That tells it nothing but its own name; what asks
// first is refused without a word, since the pages of ours never do.
func (h *intake) strange(w http.ResponseWriter, r *http.Request, origin string) {
	why := "this origin may not send feedback here"
	if namable(origin) && r.Method == http.MethodPost {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Vary", "Origin")
		why = "this edge does not take feedback from " + origin
	}
	if h.unknown != nil {
		h.unknown.met(origin, h.now())
	}
	refuse(w, http.StatusForbidden, why)
}

// limited answers 429 when the sender has to wait.
func (h *intake) limited(w http.ResponseWriter, r *http.Request, site string) bool {
	seconds := h.limit(r, site)
	if seconds > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		refuse(w, http.StatusTooManyRequests, "too many requests")
	}
	return seconds > 0
}

// keep stores a record, or answers 503.
func (h *intake) keep(w http.ResponseWriter, r *http.Request, record *event.Record) bool {
	err := h.store.Append(r.Context(), record)
	if err != nil {
		h.failed(err)
		wait := 10
		var last lasting
		if errors.As(err, &last) {
			wait = last.seconds
		}
		w.Header().Set("Retry-After", strconv.Itoa(wait))
		refuse(w, http.StatusServiceUnavailable, "not stored, please send it again")
	}
	return err == nil
}

var errTooLarge = errors.New("body too large")

// body reads the whole body, of at most most bytes; of a longer one it reads
// one byte more at the most.
func body(r *http.Request, most int) ([]byte, error) {
	if r.ContentLength > int64(most) {
		return nil, errTooLarge
	}
	if r.ContentLength >= 0 {
		return announced(r.Body, int(r.ContentLength))
	}
	b, err := io.ReadAll(io.LimitReader(r.Body, int64(most)+1))
	if err == nil && len(b) > most {
		err = errTooLarge
	}
	return b, err
}

// announced reads a body of n bytes. It takes memory as they come: thousands of
// senders may announce a long body and send none of it.
func announced(body io.Reader, n int) ([]byte, error) {
	b := make([]byte, min(n, 4<<10)) // most batches
	for read := 0; ; {
		more, err := io.ReadFull(body, b[read:])
		if read += more; err != nil || read == n {
			return b, err
		}
		b = append(make([]byte, 0, min(n, 4*len(b))), b...)
		b = b[:cap(b)]
	}
}

const (
	typeText = "text/plain; charset=utf-8"
	typeJSON = "application/json"
)

// reply sends a body that must not be cached.
func reply(w http.ResponseWriter, status int, kind string, body []byte) {
	header := w.Header()
	header.Set("Content-Type", kind)
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(body)
}

func refuse(w http.ResponseWriter, status int, why string) {
	reply(w, status, typeText, append([]byte(why), '\n'))
}
