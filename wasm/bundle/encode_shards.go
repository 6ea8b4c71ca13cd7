//go:build !js

package bundle

import (
	"bytes"
	"errors"
	"slices"

	"github.com/vmihailenco/msgpack/v5"

	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// EncodeShards returns the core b with s, whose segments are those of Cells, ties and
// Where, of which ties has the lengths. It fails where [DecodeShards] would.
func EncodeShards(b *Bundle, s *Shards, ties []uint32) ([]byte, error) {
	data, err := Encode(b)
	if err != nil {
		return nil, err
	}
	var sums []byte
	lengths := [2][]uint32{}
	for i, segments := range [][]Segment{s.Cells, s.Where} {
		for _, seg := range segments {
			lengths[i] = append(lengths[i], uint32(seg.Bytes))
			sums = append(sums, seg.Sum[:]...)
		}
	}
	data[0]++ // a map of up to 13 pairs has its length there
	data, err = encoded(data, func(e *encoder) {
		e.key(shardsKey)
		e.mapOf(10)
		e.key("items")
		e.uint(uint64(s.Items))
		e.bin("rows", gapsOfRows(s.Rows))
		var places []byte
		for _, place := range s.Places {
			places = appendVarint(places, uint64(place))
		}
		e.bin("places", places)
		e.key("centroids")
		e.matrix(&s.Centroids)
		e.key("bias")
		e.floats(s.Bias)
		e.bin("counts", varintsOf(s.Counts))
		e.bin("bytes", varintsOf(lengths[0]))
		e.bin("ties", varintsOf(ties))
		e.bin("where", varintsOf(lengths[1]))
		e.bin("sums", sums)
	})
	if err == nil {
		_, _, err = DecodeShards(data)
	}
	return data, err
}

// encoded returns what write writes behind data.
func encoded(data []byte, write func(e *encoder)) ([]byte, error) {
	buf := bytes.NewBuffer(data)
	e := &encoder{Encoder: msgpack.NewEncoder(buf)}
	e.UseCompactInts(true)
	write(e)
	if e.err != nil {
		return nil, errors.New("bundle: " + e.err.Error())
	}
	return buf.Bytes(), nil
}

func gapsOfRows(rows []catalog.Row) (gaps []byte) {
	before := catalog.None
	for _, r := range rows {
		gaps = appendVarint(gaps, uint64(r-before-1))
		before = r
	}
	return gaps
}

// EncodeItems returns the segment of items, whose rows ascend, before it is compressed.
func EncodeItems(items *Items) ([]byte, error) {
	b := items.Bundle
	return encoded(nil, func(e *encoder) {
		e.mapOf(7)
		e.key(itemsKey)
		e.uint(segmentVersion)
		e.bin("rows", gapsOfRows(items.Rows))
		e.bin("ties", items.Ties[:])
		e.key("catalog")
		e.catalog(b)
		e.key("statistics")
		e.statistics(b)
		e.key("vectors")
		e.vectors(&b.Retrieval)
		e.key("near")
		e.mapOf(2)
		counts, cells := flatten(items.Near)
		e.bin("counts", counts)
		e.bin("cells", cells)
	})
}

// vectors writes of retrieval what an item has of its own.
func (e *encoder) vectors(m *retrieval.Model) {
	e.mapOf(3)
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
}

// EncodeTies returns the segment of the lists of n items, before it is compressed.
func EncodeTies(t *Ties, n int) ([]byte, error) {
	return encoded(nil, func(e *encoder) {
		more := map[bool]int{true: 1}
		e.mapOf(2 + more[t.Profile != nil] + more[t.Together != nil])
		e.key(tiesKey)
		e.uint(segmentVersion)
		for _, l := range []struct {
			name string
			of   *retrieval.Lists
		}{{"transition", &t.Transition}, {"profile", t.Profile}, {"together", t.Together}} {
			if l.of != nil {
				e.key(l.name)
				e.mapOf(4)
				e.lists(l.of, n)
			}
		}
	})
}

// EncodeWhere returns the segment of a bucket, before it is compressed: the cell of each id,
// which it sorts as numbers where they are such.
func EncodeWhere(ids []catalog.ID, cell []uint32) ([]byte, error) {
	order := make([]int, len(ids))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if len(ids[a]) != len(ids[b]) {
			return len(ids[a]) - len(ids[b])
		}
		return bytes.Compare([]byte(ids[a]), []byte(ids[b]))
	})
	sorted, of := make([]catalog.ID, len(ids)), make([]uint32, len(ids))
	for i, at := range order {
		sorted[i], of[i] = ids[at], cell[at]
	}
	return encoded(nil, func(e *encoder) {
		e.mapOf(4)
		e.key(whereKey)
		e.uint(segmentVersion)
		e.key("items")
		e.uint(uint64(len(ids)))
		if numbers, numeric := differences(sorted); numeric {
			e.bin("numbers", numbers)
		} else {
			e.texts("ids", plain(sorted))
		}
		e.bin("cell", varintsOf(of))
	})
}
