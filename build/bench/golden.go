package main

import (
	"fmt"

	"sparrow/build/bundledir"
	"sparrow/build/lists"
	"sparrow/wasm/engine"
)

// goldenFile is what is expected of lists of similar items, from the root.
const goldenFile = "build/lists/testdata/similar.golden.jsonl"

// golden compares the similar items of a bundle of ml-latest-small with what one who
// knows films expects, and prints what is missing and what is wrong.
func golden(file string) ([]Figure, error) {
	b, _, err := bundledir.Open(file)
	if err != nil {
		return nil, err
	}
	set, err := lists.ReadGolden(goldenFile)
	if err != nil {
		return nil, err
	}
	e := engine.New(b)
	odd, even := lists.Halves(set)
	for _, half := range []struct {
		name string
		set  []lists.Golden
	}{{"odd, with which weights are chosen", odd}, {"even", even}} {
		j, err := lists.Judge(e, half.set)
		if err != nil {
			return nil, err
		}
		fmt.Printf("golden similar items, lines that are %s: %.1f %% of the musts, %.1f %% of the must-nots\n", half.name, j.FoundShare(), j.WrongShare())
	}
	j, err := lists.Judge(e, set)
	if err != nil {
		return nil, err
	}
	for _, m := range j.Missed {
		fmt.Println("  missed ", m)
	}
	for _, m := range j.Misused {
		fmt.Println("  wrong  ", m)
	}
	return []Figure{
		{Name: "golden similar items, musts among 16", Unit: "%", Bar: 80, AtLeast: true, Measured: j.FoundShare(), Runs: "1 seed"},
		{Name: "… must-nots among 16", Unit: "%", Bar: 2, Measured: j.WrongShare(), Runs: "1 seed"},
	}, nil
}
