package main

import (
	"fmt"
	"time"

	"sparrow/build/shard"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// shardVisit is what visits took: means, but for the most.
type shardVisit struct {
	first, most, next float64 // bytes
	requests          float64
	same              float64 // share of the engine's list that the whole bundle gives, too
	opened, listed    float64 // ms
}

// visitor is one who has the core and fetches.
type visitor struct {
	store    *shard.Store
	file     []byte // of cells
	bytes    int
	requests int
}

func (v *visitor) fetch(parts []shard.Part) error {
	for _, p := range parts {
		v.bytes += p.Bytes
		v.requests++
		if err := v.store.Add(p, v.file[p.Offset:][:p.Bytes]); err != nil {
			return err
		}
	}
	return nil
}

// where returns the cell of an item, once what tells it is here.
func (v *visitor) where(id catalog.ID) (int, error) {
	c, known, wanted := v.store.Cell(id)
	if wanted != nil {
		if err := v.fetch([]shard.Part{*wanted}); err != nil {
			return 0, err
		}
		c, known, _ = v.store.Cell(id)
	}
	if !known {
		return 0, fmt.Errorf("no cell has %s", id)
	}
	return c, nil
}

// items fetches the cell of an item.
func (v *visitor) items(id catalog.ID) error {
	c, err := v.where(id)
	if err != nil {
		return err
	}
	return v.fetch(v.store.Lacks([]int32{int32(c)}))
}

// cell fetches the cell of an item and its lists.
func (v *visitor) cell(id catalog.ID) error {
	if err := v.items(id); err != nil {
		return err
	}
	c, err := v.where(id)
	if err != nil {
		return err
	}
	return v.fetch(v.store.LacksTies([]int32{int32(c)}))
}

// list returns the engine's ten for the items liked, oldest first, from what is here once the likely cells are.
func (v *visitor) list(liked []catalog.ID, cells, following int, took *shardVisit) ([]catalog.ID, error) {
	for _, id := range liked {
		if err := v.cell(id); err != nil {
			return nil, err
		}
	}
	b, err := v.store.Bundle()
	if err != nil {
		return nil, err
	}
	u := make([]float32, b.Retrieval.Out.Cols)
	retrieval.NewEncoder(&b.Retrieval).UserVector(u, historyOf(b, liked))
	if err := v.fetch(v.store.Lacks(v.store.Likely(u, cells))); err != nil {
		return nil, err
	}
	if err := v.fetch(v.store.Lacks(v.store.Following(liked, following))); err != nil {
		return nil, err
	}
	begun := time.Now()
	if b, err = v.store.Bundle(); err != nil {
		return nil, err
	}
	e := engine.New(b)
	opened := time.Now()
	ids := ten(e, historyOf(b, liked))
	took.opened += opened.Sub(begun).Seconds() * 1000
	took.listed += time.Since(opened).Seconds() * 1000
	return ids, nil
}

func historyOf(b *bundle.Bundle, liked []catalog.ID) (h feature.History) {
	for i, id := range liked {
		if r, here := b.Catalog.Row(id); here {
			h = append(h, feature.Event{Row: r, Stars: 5, At: b.Statistics.AsOf - int64(3600*(len(liked)-i))})
		}
	}
	return h
}

// ten returns the ids of a list of the engine in the ranker's order.
func ten(e *engine.Engine, h feature.History) (ids []catalog.ID) {
	for _, r := range e.Recommend(engine.Query{History: h, K: shardK}) {
		ids = append(ids, e.Catalog().IDs[r.Row])
	}
	return ids
}

// visits plays first visits: someone comes to an item, sees what is similar, likes it and the first two of
// these, has a personal list, and likes its first item. Items are drawn from the best known to the least.
func (s Shards) visits(b *bundle.Bundle, files *shard.Files, core, likely int) (took shardVisit, err error) {
	whole := engine.New(b)
	for _, row := range spread(b, s.Visits) {
		store, err := shard.Open(files.Core)
		if err != nil {
			return took, err
		}
		v := &visitor{store: store, file: files.Cells, bytes: core, requests: 1}
		id := b.Catalog.IDs[row]
		liked, err := v.similar(id)
		if err != nil {
			return took, err
		}
		liked = append(liked[:min(2, len(liked))], id)
		list, err := v.list(liked, likely, s.Following, &took)
		if err != nil {
			return took, err
		}
		took.first += float64(v.bytes)
		took.most = max(took.most, float64(v.bytes))
		took.requests += float64(v.requests)
		took.same += share(list, ten(whole, historyOf(b, liked)))
		before := v.bytes
		if _, err := v.list(append(liked, list[0]), likely, s.Following, &took); err != nil {
			return took, err
		}
		took.next += float64(v.bytes - before)
	}
	n := float64(s.Visits)
	took.first, took.requests, took.same, took.next = took.first/n, took.requests/n, took.same/n, took.next/n
	took.opened, took.listed = took.opened/2/n, took.listed/2/n
	return took, nil
}

// similar returns the ids of the items nearest to one by cosine, of those that are here once the cells are that it names.
func (v *visitor) similar(id catalog.ID) ([]catalog.ID, error) {
	if err := v.items(id); err != nil {
		return nil, err
	}
	if err := v.fetch(v.store.Lacks(v.store.Near(id))); err != nil {
		return nil, err
	}
	b, err := v.store.Bundle()
	if err != nil {
		return nil, err
	}
	row, _ := b.Catalog.Row(id)
	var ids []catalog.ID
	for _, r := range nearest(&b.Retrieval.Out, int(row), shardK) {
		ids = append(ids, b.Catalog.IDs[r])
	}
	return ids, nil
}

// share returns which share of want is in got.
func share(got, want []catalog.ID) float64 {
	n := 0
	for _, id := range want {
		for _, other := range got {
			if id == other {
				n++
			}
		}
	}
	return float64(n) / float64(max(1, len(want)))
}
