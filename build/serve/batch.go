package serve

import (
	"fmt"
	"net/http"

	"sparrow/wasm/engine"
)

// Bounds of a batch.
const (
	mostBatchBody = 8 << 20 // bytes
	mostBatch     = 100     // requests
)

// batch is several requests in one.
type batch struct {
	Requests []batchPart `json:"requests"`
}

// batchPart is one of them: one field is there.
type batchPart struct {
	Similar   *similarTo      `json:"similar"`
	Recommend *recommendation `json:"recommend"`
	Search    *search         `json:"search"`
}

// question returns what a part asks for, and its name.
func (b *batchPart) question() (q question, name string) {
	n := 0
	if b.Similar != nil {
		q, name, n = b.Similar, "similar", n+1
	}
	if b.Recommend != nil {
		q, name, n = b.Recommend, "recommend", n+1
	}
	if b.Search != nil {
		q, name, n = b.Search, "search", n+1
	}
	if n != 1 {
		return nil, ""
	}
	return q, name
}

// batchAnswers are the answers, in the order of the requests.
type batchAnswers struct {
	Answers []batchAnswer `json:"answers"`
}

// batchAnswer is one of them: one field is there.
type batchAnswer struct {
	List  *list    `json:"list,omitempty"`
	Error *refusal `json:"error,omitempty"`
}

// batch answers each request by itself: where one is refused, the others have their lists.
// One engine answers them all, of one bundle.
func (p *pool) batch(w http.ResponseWriter, r *http.Request) (any, *refusal) {
	if _, wrong := parameters(r); wrong != nil {
		return nil, wrong
	}
	var b batch
	if wrong := decode(w, r, mostBatchBody, &b); wrong != nil {
		return nil, wrong
	}
	if n := len(b.Requests); n == 0 || n > mostBatch {
		return nil, bad("requests", fmt.Sprintf("there are %d, and 1 to %d are answered", n, mostBatch), "send them in several batches")
	}
	out := batchAnswers{make([]batchAnswer, len(b.Requests))}
	wrong := p.with(r.Context(), func(e *engine.Engine) *refusal {
		for i := range b.Requests {
			if r.Context().Err() != nil {
				return bad("connection", "it was closed", "send the batch again")
			}
			q, name := b.Requests[i].question()
			place := fmt.Sprintf("requests[%d]", i)
			if q == nil {
				out.Answers[i].Error = bad(place, "it has to have one of similar, recommend and search", "send each request by itself")
				continue
			}
			l := &list{Bundle: p.hash}
			wrong := p.recall(r.Context(), b.Requests[i].Recommend)
			if wrong == nil {
				wrong = q.answer(e, l)
			}
			if wrong != nil {
				out.Answers[i].Error = wrong.within(place + "." + name)
				continue
			}
			out.Answers[i].List = l
		}
		return nil
	})
	return out, wrong
}
