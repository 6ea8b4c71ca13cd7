package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// exportView draws the ways to take the history along: as it is kept here, for Letterboxd and as plain JSON.
func (p *profilePage) exportView(s *store, scope string) []app.UI {
	w := s.words
	views := []app.UI{button("button", scope, func(app.Context) { saveFile("sparrow.json", "application/json", exportEntries(p.entries)) }, app.Text(w.Export))}
	if len(p.entries) > 0 {
		views = append(views,
			button("button button-quiet", scope+"/csv", func(app.Context) {
				p.export(s, func(all []exported) { saveFile("letterboxd.csv", "text/csv", asLetterboxd(all)) })
			}, app.Text(w.ExportTable)),
			button("button button-quiet", scope+"/json", func(app.Context) {
				p.export(s, func(all []exported) { saveFile("history.json", "application/json", asJSON(all)) })
			}, app.Text(w.ExportJSON)))
	}
	return views
}

// export gives save what the profile says, with the numbers at film sites where they are known.
func (p *profilePage) export(s *store, save func([]exported)) {
	all := exportedOf(p.entries, p.cards)
	links := linksAlone()
	if links == nil {
		save(all)
		return
	}
	var stop func()
	stop = links(func(b brought) {
		s.run(func() {
			switch b.kind {
			case "links":
				p.number(s, all, b.bytes, save)
			case "failed":
				save(all)
			}
			stop()
		})
	})
}

// number fills the numbers at film sites in, and saves.
func (p *profilePage) number(s *store, all []exported, links []byte, save func([]exported)) {
	if links == nil {
		save(all)
		return
	}
	q := protocol.Request{Verb: protocol.Numbers, Links: links, Entries: make([]protocol.Entry, len(all))}
	for i := range all {
		q.Entries[i].ID = catalog.ID(all[i].ID)
	}
	s.ask(q, func(r reply) {
		for i := range r.Records {
			if from := &r.Records[i]; i < len(all) && all[i].ID != "" {
				all[i].TMDB = from.TMDB
				if from.IMDb > 0 {
					all[i].IMDb = imdbID(from.IMDb)
				}
			}
		}
		save(all)
	})
}
