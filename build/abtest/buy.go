package abtest

import (
	"fmt"

	"sparrow/build/feedback"
	"sparrow/build/plural"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// basket is what a visitor has bought of one item and kept.
type basket struct{ pieces, revenue float64 }

// buyer counts one visitor's purchases. What they send back is taken off what they
// bought, on the day on which they do.
type buyer struct {
	currency [3]byte
	items    map[catalog.ID]basket
	session  event.ID // of the last basket
}

// add counts a purchase or a return into sum.
func (b *buyer) add(sum *Counts, e *feedback.Event) {
	if b.items == nil {
		b.items = map[catalog.ID]basket{}
	}
	has := b.items[e.Item]
	switch e.Kind {
	case event.Purchase:
		got := basket{pieces: float64(max(1, e.Count))}
		if e.Currency == b.currency {
			got.revenue = float64(e.Value) / 100
		}
		if e.Session != b.session {
			b.session = e.Session
			sum.Baskets++
		}
		sum.Bought = 1
		sum.Pieces += got.pieces
		sum.Revenue += got.revenue
		b.items[e.Item] = basket{has.pieces + got.pieces, has.revenue + got.revenue}
	case event.Return:
		if has.pieces == 0 {
			return
		}
		share := 1.0
		if e.Count > 0 {
			share = min(1, float64(e.Count)/has.pieces)
		}
		sum.Pieces -= share * has.pieces
		sum.Revenue -= share * has.revenue
		b.items[e.Item] = basket{(1 - share) * has.pieces, (1 - share) * has.revenue}
	}
}

// sold says what revenue is of.
func (r *Report) sold() string {
	text := "Purchases have no currency, and revenue is the sum of their values"
	if r.Currency != "" {
		text = "Revenue is in " + r.Currency
	}
	text += fmt.Sprintf(", less what was sent back; each visitor counts for at most %.2f of it and %.0f baskets (Tukey's fences).", r.Fence.Revenue, r.Fence.Baskets)
	if n := r.Excluded.Currencies; n > 0 {
		text += fmt.Sprintf(" %s in other currencies %s not in it.", plural.Of(n, "purchase"), map[bool]string{true: "is", false: "are"}[n == 1])
	}
	return text
}
