//go:build !js

package bundle

// The file is written with github.com/vmihailenco/msgpack, which a browser
// never needs: reading by hand keeps its 266 KB of compressed wasm out.

import (
	"bytes"
	"errors"
	"slices"

	"github.com/vmihailenco/msgpack/v5"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
)

// encoder writes one file and keeps the first error.
type encoder struct {
	*msgpack.Encoder
	err error
}

// Encode returns the bytes of b; the same bundle gives the same bytes. What
// Decode makes of them equals b, except that empty lists become nil. It fails
// on a bundle that Decode would refuse and on statistics that were not rounded:
// Mean and Stddev to hundredths of a star. A bundle whose second file is in it is
// written as one; see [EncodeParts].
func Encode(b *Bundle) ([]byte, error) {
	var buf bytes.Buffer
	e := &encoder{Encoder: msgpack.NewEncoder(&buf)}
	e.UseCompactInts(true)
	writers := []func(*encoder, *Bundle){
		(*encoder).meta, (*encoder).catalog, (*encoder).statistics, (*encoder).retrieval,
		(*encoder).transition, (*encoder).ranking, (*encoder).pointwise, (*encoder).golden, (*encoder).cells, (*encoder).profile,
		(*encoder).attributes, (*encoder).together,
	}
	empty := map[string]bool{"pointwise": len(b.Pointwise) == 0, "golden": len(b.Golden) == 0, "cells": b.Retrieval.Cells == nil, "profile": b.Profile == nil, "attributes": len(b.Catalog.Attributes) == 0, "together": b.Together == nil}
	written := len(sections)
	for _, none := range empty {
		if none {
			written--
		}
	}
	e.mapOf(1 + written)
	e.key("sparrow")
	e.uint(Version)
	for i, write := range writers {
		if empty[sections[i].name] {
			continue
		}
		e.key(sections[i].name)
		write(e, b)
		if e.err != nil {
			return nil, errors.New("bundle: " + sections[i].name + ": " + e.err.Error())
		}
	}
	if _, err := Decode(buf.Bytes()); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func (e *encoder) meta(b *Bundle) {
	pairs, s := 6, b.Supplement
	if s != nil && s.Models >= 0 {
		pairs++
	}
	if b.Meta.Sibling > 0 {
		pairs++
	}
	if b.Meta.Vocabulary != "" {
		pairs++
	}
	e.mapOf(pairs)
	if s != nil { // the card is there
		if s.Models >= 0 {
			e.key("models")
			e.uint(uint64(s.Models))
		}
		e.key("supplement")
		e.array(2)
		e.raw(s.SHA256[:])
		e.uint(uint64(s.Bytes))
	} else {
		e.key("card")
		e.keep(e.EncodeString(b.Meta.Card))
	}
	if b.Meta.Sibling > 0 {
		e.key("sibling")
		e.uint(uint64(b.Meta.Sibling))
	}
	if b.Meta.Vocabulary != "" {
		e.key("vocabulary")
		e.keep(e.EncodeString(b.Meta.Vocabulary))
	}
	e.key("name")
	e.keep(e.EncodeString(b.Meta.Name))
	e.key("licence")
	e.keep(e.EncodeString(b.Meta.Licence))
	e.key("citation")
	e.keep(e.EncodeString(b.Meta.Citation))
	e.key("seed")
	e.uint(b.Meta.Seed)
	e.key("metrics")
	e.array(len(b.Meta.Metrics))
	for _, m := range b.Meta.Metrics {
		e.array(2)
		e.keep(e.EncodeString(m.Name))
		e.keep(e.EncodeFloat32(m.Value))
	}
}

func (e *encoder) catalog(b *Bundle) {
	c := b.Catalog
	numbers, numeric := differences(c.IDs)
	images, urls := e.addressed(c, c.Images, c.ImagePattern), e.addressed(c, c.URLs, c.URLPattern)
	columns := 9
	if images {
		columns++
	}
	if urls {
		columns++
	}
	e.mapOf(columns + 1)
	e.key("movies")
	e.uint(uint64(c.Len()))
	if numeric {
		e.bin("numbers", numbers)
	} else {
		e.texts("ids", plain(c.IDs))
	}
	e.texts("titles", c.Titles)
	e.bin("years", pairs(c.Years))
	e.texts("genreNames", c.GenreNames)
	counts, indices := flatten(c.Genres)
	e.bin("genreCounts", counts)
	e.bin("genres", indices)
	e.texts("tagNames", c.TagNames)
	counts, indices = flatten(c.Tags)
	e.bin("tagCounts", counts)
	e.bin("tags", indices)
	if images {
		e.addresses("images", "imagePattern", c, c.Image)
	}
	if urls {
		e.addresses("urls", "urlPattern", c, c.URL)
	}
}

func (e *encoder) statistics(b *Bundle) {
	s := &b.Statistics
	pairs := 5
	if s.Rated != nil {
		pairs++
	}
	e.mapOf(pairs)
	e.key("asOf")
	e.keep(e.EncodeInt(s.AsOf))
	e.bin("count", varintsOf(s.Count))
	e.hundredths("mean", s.Mean)
	e.hundredths("stddev", s.Stddev)
	e.key("trend")
	e.floats(s.Trend)
	if s.Rated != nil {
		e.bin("rated", varintsOf(s.Rated))
	}
}

func varintsOf(values []uint32) []byte {
	var b []byte
	for _, v := range values {
		b = appendVarint(b, uint64(v))
	}
	return b
}

func (e *encoder) retrieval(b *Bundle) {
	m := &b.Retrieval
	if m.Network != nil {
		e.mapOf(3)
		e.key("out")
		e.matrix(&m.Out)
		e.key("bias")
		e.floats(m.Bias)
		e.key("network")
		e.mapOf(5)
		e.graph(m.Network)
		return
	}
	pairs := 5
	if m.Given {
		pairs++
	}
	e.mapOf(pairs)
	if m.Given {
		e.key("given")
		e.uint(1)
	}
	if share := shareOf(&m.In, &m.Out); share > 0 {
		e.key("share")
		e.keep(e.EncodeFloat32(share))
	} else {
		e.key("in")
		e.matrix(&m.In)
	}
	e.key("out")
	e.matrix(&m.Out)
	e.key("bias")
	e.floats(m.Bias)
	e.key("position")
	e.floats(m.Position)
	e.key("level")
	e.floats(m.Level)
}

// shareOf returns by what all of in is a share of out, at most 1; 0 where it is none.
func shareOf(in, out *quant.Matrix) float32 {
	first := slices.IndexFunc(out.Scale, func(s float32) bool { return s > 0 })
	if first < 0 || len(in.Scale) != len(out.Scale) || !slices.Equal(in.Data, out.Data) {
		return 0
	}
	share := in.Scale[first] / out.Scale[first]
	for r, s := range out.Scale {
		if in.Scale[r] != s*share || s > 0 && in.Scale[r] == 0 {
			return 0
		}
	}
	if share > 1 {
		return 0
	}
	return share
}

func (e *encoder) ranking(b *Bundle) {
	m := &b.Ranking
	e.mapOf(10)
	e.key("features")
	e.array(len(m.Features))
	for _, name := range m.Features {
		e.keep(e.EncodeString(name))
	}
	e.key("mean")
	e.floats(m.Mean)
	e.key("deviation")
	e.floats(m.Deviation)
	e.key("baseline")
	e.floats(m.Baseline)
	e.key("genre")
	e.matrix(&m.Genre)
	e.key("inScale")
	e.keep(e.EncodeFloat32(m.InScale))
	e.key("outScale")
	e.keep(e.EncodeFloat32(m.OutScale))
	e.key("hidden")
	e.array(len(m.Hidden))
	for i := range m.Hidden {
		e.dense(&m.Hidden[i])
	}
	e.key("output")
	e.dense(&m.Output)
	e.key("skip")
	e.dense(&m.Skip)
}

func (e *encoder) golden(b *Bundle) {
	e.array(len(b.Golden))
	for _, g := range b.Golden {
		e.array(3)
		for _, rows := range [][]catalog.Row{g.History, g.Items} {
			var numbers []byte
			for _, r := range rows {
				numbers = appendVarint(numbers, uint64(r))
			}
			e.raw(numbers)
		}
		e.columns(g.Scores)
	}
}

// columns writes the scores of golden answers, a column a model.
func (e *encoder) columns(scores [][]float32) {
	e.array(len(scores))
	for _, column := range scores {
		e.floats(column)
	}
}
