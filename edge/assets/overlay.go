//go:build !js

package assets

import (
	"io"
	"net/http"
)

// aMoment is how long a list may be cached that goes by the overlay. Pages look
// at the overlay every 45 seconds, and may do so at a copy of ten: both obey a
// change within a minute.
const aMoment = "public, max-age=30"

// current is how long the overlay itself may be cached.
const current = "public, max-age=10"

// overlay answers with the overlay. Where there is none, it is an empty one: an
// ordinary state, and no error in a visitor's console. A damaged one is the last
// good one.
func (b *Bundles) overlay(w http.ResponseWriter, r *http.Request) {
	now, err := b.Live.Now()
	if now == nil {
		unavailable(w, b.Failed, err)
		return
	}
	if err != nil && b.Failed != nil {
		b.Failed(err)
	}
	h := w.Header()
	h.Set("Access-Control-Expose-Headers", "ETag, Content-Range, Content-Encoding")
	h.Set("Cache-Control", current)
	h.Set("Content-Type", types[".json"])
	send(w, r, http.StatusOK, inMemory(now.Text, now.Tag), forms{packed: func() (content, bool) {
		body := now.Packed()
		return inMemory(body, now.Tag+"-br"), len(body) < len(now.Text)
	}})
}

// popular answers with the list of popular items, which plain is.
func (b *Bundles) popular(w http.ResponseWriter, r *http.Request, plain content) {
	list, err := io.ReadAll(io.LimitReader(plain, mostBucket))
	if err != nil {
		unavailable(w, b.Failed, err)
		return
	}
	b.sendList(w, r, list, ".json", shortly)
}
