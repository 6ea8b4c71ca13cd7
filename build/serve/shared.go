package serve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"

	"sparrow/edge/shared"
	"sparrow/wasm/catalog"
	feedback "sparrow/wasm/event"
)

// kept returns what answers as answer does, and from Redis where any server of the same bundle has
// answered the same address before.
func kept(answer func(*pool, http.ResponseWriter, *http.Request) (any, *refusal)) func(*pool, http.ResponseWriter, *http.Request) (any, *refusal) {
	return func(p *pool, w http.ResponseWriter, r *http.Request) (any, *refusal) {
		if p.redis == nil {
			return answer(p, w, r)
		}
		sum := sha256.Sum256([]byte(p.hash + r.URL.EscapedPath() + "?" + r.URL.RawQuery))
		name := hex.EncodeToString(sum[:])
		if list := p.redis.List(r.Context(), name); json.Valid(list) {
			return json.RawMessage(list), nil
		}
		given, wrong := answer(p, w, r)
		if wrong != nil {
			return nil, wrong
		}
		text, err := json.Marshal(given)
		if err != nil {
			panic(err) // numbers are finite, and texts UTF-8 or made so
		}
		p.redis.KeepList(r.Context(), name, text)
		return json.RawMessage(text), nil
	}
}

// recall makes what a visitor did last, as edges have put it into Redis, the history of q.
func (p *pool) recall(ctx context.Context, q *recommendation) *refusal {
	if q == nil || q.Visitor == "" {
		return nil
	}
	id, err := hex.DecodeString(q.Visitor)
	switch {
	case err != nil || len(id) != len(feedback.Visitor{}):
		return bad("visitor", "it is not 32 hexadecimal digits", "send the id that the visitor's events have")
	case len(q.History)+len(q.Ratings)+len(q.Likes) > 0:
		return bad("body", "it has a visitor and what they did", "send one of the two")
	case p.redis == nil:
		return bad("visitor", "this server knows no visitors", "start it with --redis, or send their history")
	}
	all, err := p.redis.Did(ctx, feedback.Visitor(id))
	if err != nil {
		return &refusal{status: http.StatusServiceUnavailable, Where: "visitor", Why: "redis does not answer", Do: "send it again later, or send their history"}
	}
	q.History, q.Dislikes = past(all, q.Dislikes)
	return nil
}

// past returns what was done, the newest first, as a history, the oldest first, and adds what was disliked to
// dislikes. The last word on an item counts: what was taken back or sent back is not in it.
func past(all []shared.Done, dislikes []catalog.ID) ([]event, []catalog.ID) {
	var history []event
	said := map[catalog.ID]bool{}
	for _, d := range all {
		if said[d.Item] {
			continue
		}
		said[d.Item] = true
		e := event{Item: d.Item, At: d.At / 1000}
		switch d.Kind {
		case feedback.Clear, feedback.Return, feedback.Exposure, feedback.Start, feedback.Dropped:
			continue
		case feedback.Dislike, feedback.NotInterested:
			dislikes = append(dislikes, d.Item)
			continue
		case feedback.Like:
			e.Stars = new(float32)
			*e.Stars = likeStars
		case feedback.Rate:
			e.Stars = &d.Stars
		}
		history = append(history, e)
	}
	slices.Reverse(history)
	return history, dislikes
}
