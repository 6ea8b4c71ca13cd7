package pipeline

import (
	"slices"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/index"
	"sparrow/wasm/engine"
	"sparrow/wasm/retrieval"
)

const (
	// cellsFrom is the size of a table, N·D, from which auto divides it: its scan
	// takes 5 ms in Chromium. The README of this folder has the figures.
	cellsFrom = 40_000_000

	cellUsers  = 500    // at most, by whom the number of probes is chosen
	cellRecall = 0.99   // of the candidates that a scan finds
	mostLooked = 1. / 3 // of the items, or a scan does as well
)

// cells returns the cells of m and how many of them a search looks into, such that
// it finds [cellRecall] of a scan's candidates for users of the validation data; nil where
// Options.Index or the size of the table asks for none, or they would not pay.
func (o Options) cells(p Progress, m *retrieval.Model, d *dataset.Dataset) *retrieval.Cells {
	if o.Index == "scan" || o.Index != "cells" && m.Out.Rows*m.Out.Cols < cellsFrom {
		return nil
	}
	cases := evaluation.Evenly(evaluation.LeaveOneOut(d.WithoutOpinions(max(0, o.Holdout-1))), cellUsers)
	if len(cases) == 0 {
		p.Say("no user has two interactions to choose by how many cells a search looks into: it scans all items")
		return nil
	}
	p.Stage("divide items into cells")
	divided, width := *m, m.Out.Cols
	if divided.Cells = index.Cells(m, index.DefaultIVFOptions(m.Out.Rows)); divided.Cells == nil {
		return nil
	}
	encoder, users := retrieval.NewEncoder(m), make([]float32, len(cases)*width)
	for i, c := range cases {
		encoder.UserVector(users[i*width:][:width], c.History)
	}
	recall, looked := index.Reach(&divided, users, min(engine.Candidates, m.Out.Rows))
	p.Stop()
	at := slices.IndexFunc(recall, func(r float32) bool { return r >= cellRecall })
	if looked[at] > mostLooked {
		p.Say("a search in cells would look at %.0f %% of the items to find %.3f of the candidates: it scans all items", 100*looked[at], recall[at])
		return nil
	}
	divided.Cells.Probes, divided.Cells.Recall, divided.Cells.Compared = at+1, recall, looked
	p.Say("a search looks into %d of %d cells, at %.1f %% of the items, and finds %.3f of the candidates of a scan",
		at+1, len(recall), 100*looked[at], recall[at])
	return divided.Cells
}
