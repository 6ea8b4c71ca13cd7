package serve

import (
	"encoding/json"
	"testing"

	"sparrow/edge/shared"
	"sparrow/wasm/catalog"
	feedback "sparrow/wasm/event"
)

// TestThePastOfAVisitor: the last word on an item counts, oldest first.
func TestThePastOfAVisitor(t *testing.T) {
	all := []shared.Done{ // the newest first
		{Kind: feedback.View, Item: "a", At: 9000},
		{Kind: feedback.Clear, Item: "b", At: 8000},
		{Kind: feedback.Like, Item: "b", At: 7000},
		{Kind: feedback.Dislike, Item: "c", At: 6000},
		{Kind: feedback.Rate, Item: "d", Stars: 2.5, At: 5000},
		{Kind: feedback.Like, Item: "e", At: 4000},
		{Kind: feedback.Like, Item: "a", At: 3000},
	}
	history, dislikes := past(all, []catalog.ID{"x"})
	got, _ := json.Marshal([]any{history, dislikes})
	const want = `[[{"item":"e","stars":5,"at":4},{"item":"d","stars":2.5,"at":5},{"item":"a","stars":null,"at":9}],["x","c"]]`
	if string(got) != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestAVisitorWhoCannotBeRead: the request is refused, with what to do.
func TestAVisitorWhoCannotBeRead(t *testing.T) {
	const id = "00112233445566778899aabbccddeeff"
	for _, c := range []struct {
		q    recommendation
		want string
	}{
		{recommendation{Visitor: "7"}, "it is not 32 hexadecimal digits"},
		{recommendation{Visitor: id, Likes: []catalog.ID{"1"}}, "it has a visitor and what they did"},
		{recommendation{Visitor: id}, "this server knows no visitors"},
	} {
		if wrong := new(pool).recall(t.Context(), &c.q); wrong == nil || wrong.Why != c.want || wrong.Do == "" {
			t.Errorf("%+v: %+v, want %s", c.q, wrong, c.want)
		}
	}
}
