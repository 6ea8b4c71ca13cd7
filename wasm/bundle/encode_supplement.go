//go:build !js

package bundle

import (
	"bytes"
	"crypto/sha256"
	"errors"

	"github.com/vmihailenco/msgpack/v5"
)

// EncodeParts returns b as two files, the second with what no list needs: the
// first names it by its hash. Where there is nothing of the kind there is no second
// one. It fails where [Encode] does.
func EncodeParts(b *Bundle) (first, supplement []byte, err error) {
	if b.Supplement != nil {
		return nil, nil, errors.New("bundle: its second file is not in it")
	}
	lists := *b
	if b.Meta.Card != "" || len(b.Pointwise) > 0 {
		if supplement, err = encodeSupplement(b); err != nil {
			return nil, nil, err
		}
		lists.Meta.Card, lists.Pointwise, lists.Golden = "", nil, nil
		lists.Supplement = &Supplement{SHA256: sha256.Sum256(supplement), Bytes: len(supplement), Models: len(b.Pointwise)}
		for _, g := range b.Golden {
			g.Scores = g.Scores[:min(firstScores, len(g.Scores))]
			lists.Golden = append(lists.Golden, g)
		}
	}
	if first, err = Encode(&lists); err != nil || supplement == nil {
		return first, nil, err
	}
	return first, supplement, lists.Extend(supplement)
}

func encodeSupplement(b *Bundle) ([]byte, error) {
	var buf bytes.Buffer
	e := &encoder{Encoder: msgpack.NewEncoder(&buf)}
	e.UseCompactInts(true)
	e.mapOf(1 + len(supplementSections))
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
	if e.err != nil {
		return nil, errors.New("bundle: supplement: " + e.err.Error())
	}
	return buf.Bytes(), nil
}
