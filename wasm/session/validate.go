package session

import "sparrow/wasm/protocol"

const (
	maxEntries = 20_000 // of a profile: 300 KB stored
	maxID      = 200    // bytes of an id
)

// fault returns why e cannot stand in a profile, as a sentence's part, or "".
func fault(e *protocol.Entry) string {
	switch e.Action {
	case protocol.Rate:
		if halves := e.Stars * 2; !(halves >= 1 && halves <= 10) || halves != float32(int(halves)) {
			return "stars go from 0.5 to 5 in halves"
		}
	case protocol.Like, protocol.Dislike, protocol.NotInterested, protocol.Watchlist, protocol.Clear, protocol.Forget, protocol.Seen, protocol.View, protocol.Buy, protocol.Note:
		if e.Stars != 0 {
			return "only a rating has stars"
		}
	default:
		return "there is no action called \"" + string(e.Action) + "\""
	}
	if e.Action != protocol.Note && e.Text != "" {
		return "only a note has a text"
	}
	if e.Action == protocol.Note && (e.Text == "" || len(e.Text) > maxNote) {
		return "a note has 1 to 4,000 bytes"
	}
	if e.ID == "" || len(e.ID) > maxID {
		return "an item's id has 1 to 200 bytes"
	}
	if e.At < 0 {
		return "the moment is before 1970"
	}
	return ""
}
