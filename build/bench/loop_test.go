package main

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/abtest"
	"sparrow/build/simulation"
	"sparrow/wasm/event"
	"sparrow/wasm/protocol"
)

// tiny is a world in which the loop closes in seconds.
var tiny = Setting{
	Items: 60, Genres: 4, Raters: 60, Each: 12, Visitors: 80, Judges: 60, Days: 5, Length: 8,
	Plan: simulation.Plan{Shift: 0.5, Young: 0.15},
}

// TestLoop closes the loop once over a real edge, and plays one experiment
// without a difference on what the same people do.
func TestLoop(t *testing.T) {
	programs, err := newTools(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer programs.close()
	o, err := programs.circle(context.Background(), tiny, 1, true)
	if err != nil {
		t.Fatal(err)
	}
	if o.sent < 1000 || o.read != o.sent {
		t.Errorf("visitors sent %d events and the builder read %d, want all of more than 1000", o.sent, o.read)
	}
	if !(o.first > 0.2 && o.second > 0.2) || o.first == o.second {
		t.Errorf("a list is worth %v before and %v after, want two values above 0.2", o.first, o.second)
	}

	if !(o.reseeded > 0.2 && o.placeless > 0.2) || o.reseeded == o.first || o.placeless == o.second {
		t.Errorf("%+v: want controls that differ from what they are held against", o)
	}

	play, err := programs.stage(context.Background(), tiny, 1, sameEnd)
	if err != nil {
		t.Fatal(err)
	}
	pool, names, err := programs.pool(context.Background(), play, tiny, 200)
	if err != nil {
		t.Fatal(err)
	}
	if len(pool) < 150 || len(pool) != len(names) {
		t.Fatalf("%d visitors and %d names, want those who came in the experiment's days: nearly 200", len(pool), len(names))
	}
	past := 0
	for _, v := range pool {
		if v.Before.Present > 0 {
			past++
		}
	}
	if past < 20 {
		t.Errorf("%d visitors have a past, want at least 20", past)
	}
	if got := deal(0, 0, pool, names); got.peeked > 0 && got.naive == 0 {
		t.Errorf("%+v: what is valid at every look found a difference where a test at every look did not", got)
	}
}

func TestLifted(t *testing.T) {
	better := []event.Arm{{Layer: "mix", Name: "control"}, {Layer: "planted", Name: "better"}}
	of := func(team string) *protocol.Card { return &protocol.Card{Origin: &protocol.Origin{Team: team}} }
	for _, c := range []struct {
		name string
		arms []event.Arm
		card *protocol.Card
		want float64
	}{
		{"the better arm", better, of(""), plantedLift},
		{"control", better[:1], of(""), 1},
		{"a card of the better team", better[:1], of("better"), plantedLift},
		{"a card of the other team", better, of("control"), 1},
		{"a card without an origin", better, &protocol.Card{}, plantedLift},
	} {
		if got := lifted(c.arms, c.card); got != c.want {
			t.Errorf("%s: lifted by %v, want %v", c.name, got, c.want)
		}
	}
}

func TestUntil(t *testing.T) {
	day := func(d int) abtest.Day { return abtest.Day{Day: d, Counts: abtest.Counts{Present: 1}} }
	visitors := []abtest.Visitor{{Days: []abtest.Day{day(0), day(3)}}, {Days: []abtest.Day{day(2)}}}
	want := []abtest.Visitor{{Days: []abtest.Day{day(0)}}}
	if d := cmp.Diff(until(visitors, 1), want); d != "" {
		t.Errorf("known after day 1 (-got +want):\n%s", d)
	}
	if len(visitors[0].Days) != 2 {
		t.Error("until changed the visitors")
	}
}
