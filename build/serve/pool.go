package serve

import (
	"context"
	"fmt"
	"sync"
	"time"

	"sparrow/build/bundledir"
	"sparrow/edge/shared"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// pool is some engines over one bundle, which they share. Each answers one request at a
// time, since it keeps scratch memory.
type pool struct {
	hash    string // of the bundle
	name    string
	catalog *catalog.Catalog
	idle    chan *engine.Engine
	redis   *shared.Redis // nil for none
}

// openPool returns n engines over the bundle at path that have made all that their first
// request would wait for. It refuses a bundle that does not give its golden answers.
func openPool(path string, n int, say func(string)) (*pool, error) {
	b, first, err := bundledir.Open(path)
	if err != nil {
		return nil, err
	}
	if _, err := engine.Open(first); err != nil {
		return nil, err
	}
	if b.Supplement != nil {
		say("the second file of the bundle is missing: lists are made without its weaker transitions; copy it beside the first one, or make the bundle again")
	}
	p := &pool{hash: bundledir.Hash(first), name: b.Meta.Name, catalog: b.Catalog, idle: make(chan *engine.Engine, n)}
	var wg sync.WaitGroup
	for range n {
		e := engine.New(b)
		wg.Go(func() {
			for e.Prepare() {
			}
			for e.PrepareSearch() {
			}
			p.idle <- e
		})
	}
	wg.Wait()
	return p, nil
}

// patience is how long a request waits for an engine.
const patience = 5 * time.Second

// with calls do with an engine that is idle, once there is one.
func (p *pool) with(ctx context.Context, do func(e *engine.Engine) *refusal) *refusal {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case e := <-p.idle:
		defer func() { p.idle <- e }()
		return do(e)
	case <-ctx.Done():
		return &refusal{status: busy, Where: "server", Why: fmt.Sprintf("all engines were busy for %v", patience),
			Do: "send it again later, fewer at a time, or start the server with more --engines on a machine with more processors"}
	}
}
