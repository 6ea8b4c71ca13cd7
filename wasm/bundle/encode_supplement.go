//go:build !js

package bundle

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"slices"

	"github.com/vmihailenco/msgpack/v5"

	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// Early returns b as it is without its second file where lists are concerned: with the
// First strongest neighbours of each item.
func (b *Bundle) Early() *Bundle {
	early := *b
	early.Transition = b.Ties()
	return &early
}

// EncodeParts returns b as two files, the second with what the first list does not
// need: the first names it by its hash. Where there is nothing of the kind there is no
// second one. golden are the answers to b's golden questions that [Bundle.Early] gives;
// where b.First is 0 they are b's own, and nil will do. It fails where [Encode] does.
func EncodeParts(b *Bundle, golden []Golden) (first, supplement []byte, err error) {
	if b.Supplement != nil {
		return nil, nil, errors.New("bundle: its second file is not in it")
	}
	lists := *b
	if b.Meta.Card != "" || len(b.Pointwise) > 0 || b.First > 0 {
		if b.First == 0 {
			golden = b.Golden
		} else if _, err := Encode(b); err != nil { // whose lists can be cut
			return nil, nil, err
		} else if !slices.EqualFunc(golden, b.Golden, sameQuestion) {
			return nil, nil, errors.New("bundle: the golden answers without the second file are to other questions than those with it")
		}
		if supplement, err = encodeSupplement(b); err != nil {
			return nil, nil, err
		}
		lists.Transition = b.Ties()
		lists.Meta.Card, lists.Pointwise, lists.Golden = "", nil, nil
		lists.Supplement = &Supplement{SHA256: sha256.Sum256(supplement), Bytes: len(supplement), Models: len(b.Pointwise)}
		for _, g := range golden {
			g.Scores = g.Scores[:min(firstScores, len(g.Scores))]
			lists.Golden = append(lists.Golden, g)
		}
	}
	if first, err = Encode(&lists); err != nil || supplement == nil {
		return first, nil, err
	}
	return first, supplement, lists.Extend(supplement)
}

func sameQuestion(a, b Golden) bool {
	return slices.Equal(a.History, b.History) && slices.Equal(a.Items, b.Items)
}

func encodeSupplement(b *Bundle) ([]byte, error) {
	var buf bytes.Buffer
	e := &encoder{Encoder: msgpack.NewEncoder(&buf)}
	e.UseCompactInts(true)
	sections := len(supplementSections)
	if b.First == 0 {
		sections--
	}
	e.mapOf(1 + sections)
	e.key(supplementKey)
	e.uint(supplementVersion)
	e.key("card")
	e.keep(e.EncodeString(b.Meta.Card))
	e.key("pointwise")
	e.pointwise(b)
	e.key("golden")
	e.array(len(b.Golden))
	for _, g := range b.Golden {
		e.columns(g.Scores[min(firstScores, len(g.Scores)):])
	}
	if b.First > 0 {
		e.key("transition")
		e.rest(b)
	}
	if e.err != nil {
		return nil, errors.New("bundle: supplement: " + e.err.Error())
	}
	return buf.Bytes(), nil
}

// rest writes what transition lists have beside their First, and the ranker's golden
// answers with all of them.
func (e *encoder) rest(b *Bundle) {
	e.mapOf(4)
	first := b.Ties()
	rest := retrieval.Lists{Start: make([]uint32, len(b.Transition.Start))}
	for r := range b.Catalog.Len() {
		items, weights, _ := b.Transition.Of(catalog.Row(r))
		strongest, _, _ := first.Of(catalog.Row(r))
		for i, item := range items {
			if !slices.Contains(strongest, item) {
				rest.Items, rest.Weights = append(rest.Items, item), append(rest.Weights, weights[i])
			}
		}
		rest.Start[r+1] = uint32(len(rest.Items))
	}
	e.neighbours(&rest, b.Catalog.Len())
	e.key("golden")
	e.array(len(b.Golden))
	for _, g := range b.Golden {
		e.floats(g.Scores[1])
	}
}
