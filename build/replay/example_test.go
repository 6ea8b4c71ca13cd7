package replay_test

import (
	"fmt"

	"sparrow/build/replay"
)

// Two items were shown with even chances. The new policy shows the first one
// with 0.9: it weighs 1.8, the other one 0.2.
func ExampleJudge() {
	e := replay.Judge([]replay.Sample{{Visitor: 0, Reward: 1, Weight: 1.8}, {Visitor: 1, Reward: 0, Weight: 0.2}}, 50, 100, 1)
	fmt.Printf("%.1f of a click a card\n", e.Get("SNIPS").Value)
	// Output: 0.9 of a click a card
}
