package serve

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// openAPI describes all that is answered, in OpenAPI 3.1.
//
//go:embed openapi.json
var openAPI []byte

const mostBody = 1 << 20 // bytes

// Handler returns what answers all requests.
func (s *Server) Handler() http.Handler {
	m := http.NewServeMux()
	routes := []struct {
		method, path string
		answer       func(*pool, http.ResponseWriter, *http.Request) (any, *refusal)
	}{
		{"GET", "/v1/similar/{item}", kept((*pool).similar)},
		{"GET", "/v1/search", kept((*pool).search)},
		{"POST", "/v1/recommend", (*pool).recommend},
		{"POST", "/v1/batch", (*pool).batch},
		{"GET", "/v1/health", func(p *pool, _ http.ResponseWriter, r *http.Request) (any, *refusal) {
			_, wrong := parameters(r)
			return s.health(p), wrong
		}},
		{"GET", "/openapi.json", func(*pool, http.ResponseWriter, *http.Request) (any, *refusal) {
			return json.RawMessage(openAPI), nil
		}},
	}
	for _, route := range routes {
		m.HandleFunc(route.method+" "+route.path, func(w http.ResponseWriter, r *http.Request) {
			answer, wrong := route.answer(s.served.Load(), w, r)
			reply(w, answer, wrong)
		})
		m.HandleFunc(route.path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Allow", route.method)
			reply(w, nil, &refusal{status: http.StatusMethodNotAllowed, Where: "method", Why: r.Method + " is not answered here", Do: "send " + route.method})
		})
	}
	m.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		reply(w, nil, &refusal{status: http.StatusNotFound, Where: "path", Why: "nothing has this address", Do: "see /openapi.json for the addresses"})
	})
	return s.recovered(m)
}

// recovered answers 500 where next panics.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if cause := recover(); cause != nil && cause != http.ErrAbortHandler {
				s.say(fmt.Sprintf("panic: %v", cause))
				w.Header().Set("Connection", "close")
				reply(w, nil, &refusal{status: http.StatusInternalServerError, Where: "server", Why: "it failed", Do: "report the line that it wrote to its log"})
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// reply sends an answer, or why there is none.
func reply(w http.ResponseWriter, answer any, wrong *refusal) {
	status := http.StatusOK
	if wrong != nil {
		status, answer = wrong.status, refused{wrong}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		panic(err) // numbers are finite, and texts UTF-8 or made so
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	if status == busy {
		h.Set("Retry-After", "1")
	}
	w.WriteHeader(status)
	w.Write(append(body, '\n'))
}

// refused is the body of an answer that is none.
type refused struct {
	Error *refusal `json:"error"`
}

// parameters returns the parameters of an address, of which only those named may be there,
// once each.
func parameters(r *http.Request, names ...string) (url.Values, *refusal) {
	given, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, bad("query", err.Error(), "percent-encode what stands behind the question mark")
	}
	for name, values := range given {
		switch {
		case !slices.Contains(names, name) && len(names) == 0:
			return nil, bad(name, "there is no such parameter", "leave it out")
		case !slices.Contains(names, name):
			return nil, bad(name, "there is no such parameter", "there are: "+strings.Join(names, ", "))
		case len(values) > 1:
			return nil, bad(name, fmt.Sprintf("it is given %d times", len(values)), "give it once")
		}
	}
	return given, nil
}

// lengthOf returns the parameter k, nil where it is not given.
func lengthOf(given url.Values) (*int, *refusal) {
	if !given.Has("k") {
		return nil, nil
	}
	k, err := strconv.Atoi(given.Get("k"))
	if err != nil {
		return nil, bad("k", fmt.Sprintf("%q is no number", given.Get("k")), fmt.Sprintf("send 1 to %d", mostLength))
	}
	return &k, nil
}

// question is a request that an engine answers with a list.
type question interface {
	answer(e *engine.Engine, l *list) *refusal
}

// list has an engine answer a question.
func (p *pool) list(r *http.Request, q question) (any, *refusal) {
	l := &list{Bundle: p.hash}
	if wrong := p.with(r.Context(), func(e *engine.Engine) *refusal { return q.answer(e, l) }); wrong != nil {
		return nil, wrong
	}
	return l, nil
}

func (p *pool) similar(_ http.ResponseWriter, r *http.Request) (any, *refusal) {
	given, wrong := parameters(r, "k", "filter", "exclude", "max", "min", "diversity")
	if wrong != nil {
		return nil, wrong
	}
	k, wrong := lengthOf(given)
	if wrong != nil {
		return nil, wrong
	}
	q := &similarTo{Item: catalog.ID(r.PathValue("item")), K: k, Filter: given.Get("filter"), Max: given.Get("max"), Min: given.Get("min"), Diversity: given.Get("diversity")}
	if given.Has("exclude") {
		for id := range strings.SplitSeq(given.Get("exclude"), ",") {
			q.Exclude = append(q.Exclude, catalog.ID(id))
		}
	}
	return p.list(r, q)
}

func (p *pool) search(_ http.ResponseWriter, r *http.Request) (any, *refusal) {
	given, wrong := parameters(r, "q", "k")
	if wrong != nil {
		return nil, wrong
	}
	k, wrong := lengthOf(given)
	if wrong != nil {
		return nil, wrong
	}
	return p.list(r, &search{given.Get("q"), k})
}

func (p *pool) recommend(w http.ResponseWriter, r *http.Request) (any, *refusal) {
	if _, wrong := parameters(r); wrong != nil {
		return nil, wrong
	}
	q := new(recommendation)
	if wrong := decode(w, r, mostBody, q); wrong != nil {
		return nil, wrong
	}
	if wrong := p.recall(r.Context(), q); wrong != nil {
		return nil, wrong
	}
	return p.list(r, q)
}

// health says what is served.
type health struct {
	Bundle  string `json:"bundle"` // its SHA-256
	Name    string `json:"name"`
	Items   int    `json:"items"`
	Engines int    `json:"engines"`
	Trouble string `json:"trouble,omitempty"` // why a newer bundle is not served
}

func (s *Server) health(p *pool) health {
	h := health{Bundle: p.hash, Name: p.name, Items: p.catalog.Len(), Engines: cap(p.idle)}
	if why := s.trouble.Load(); why != nil {
		h.Trouble = *why
	}
	return h
}
