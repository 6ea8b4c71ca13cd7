package main

import (
	"path"
	"runtime"
	"strings"
	"sync"

	"sparrow/app/preview"
	"sparrow/app/site"
	"sparrow/app/ui"
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// putPreviews adds the pictures that others show of links to the items' pages among paths, and returns them by
// the path. Readers of links want an absolute address, so that there are none where the host is not known.
// An item's own picture is taken where it is no SVG; for any other one is drawn, a file of some 30 KB.
func putPreviews(out *site.Site, s ui.Session, paths []string, at place) (map[string]site.Picture, error) {
	if at.host == "" {
		return nil, nil
	}
	q := protocol.Request{Verb: protocol.Named}
	root := strings.TrimSuffix(ui.ItemPath("x"), "x")
	for _, p := range paths {
		if id, is := strings.CutPrefix(p, root); is {
			q.Entries = append(q.Entries, protocol.Entry{ID: catalog.ID(catalog.FromSegment(id))})
		}
	}
	var cards []protocol.Card
	for len(q.Entries) > 0 { // as many as one answer holds
		part := q
		part.Entries = q.Entries[:min(100, len(q.Entries))]
		cards = append(cards, s.Answer(part).Cards...)
		q.Entries = q.Entries[len(part.Entries):]
	}
	pictures := map[string]site.Picture{}
	var draw []protocol.Card
	for _, c := range cards {
		own := c.Image
		if own != "" && own[0] != '/' && !strings.Contains(own, ":") {
			own = at.base + "/pictures/" + own // the renderer, which says so to ui.Picture, is not there yet
		}
		if own = ui.Picture(own); strings.HasPrefix(own, "/") {
			own = at.host + own
		}
		if own == "" || strings.EqualFold(path.Ext(own), ".svg") {
			draw = append(draw, c)
		} else {
			pictures[ui.ItemPath(c.ID)] = site.Picture{URL: own}
		}
	}
	drawn, errs := make([][]byte, len(draw)), make([]error, len(draw))
	work := make(chan int)
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := range work {
				c := &draw[i]
				drawn[i], errs[i] = preview.PNG(string(c.ID), c.Title, c.Year, c.Genres, ui.ManifestOf("en").Name)
			}
		})
	}
	for i := range draw {
		work <- i
	}
	close(work)
	group.Wait()
	for i, c := range draw {
		if errs[i] != nil {
			return nil, errs[i]
		}
		pictures[ui.ItemPath(c.ID)] = site.Picture{URL: at.host + out.Hashed("preview.png", drawn[i]), Width: preview.Width, Height: preview.Height}
	}
	return pictures, nil
}
