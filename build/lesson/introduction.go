package lesson

import (
	"fmt"
	"strings"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/word2vec"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/live"
)

var introduction = []Lesson{
	{Number: 0, Title: "What the course builds", run: course,
		Course: "The course builds Sparrow RecSys, pages of movies with rows by genre, similar movies and a list for one user: Spark and TensorFlow offline, a Jetty server in Java online, Redis between them.",
		Beside: []string{"README.md", "build/pipeline/pipeline.go"},
		More:   "make run"},
	{Number: 1, Title: "Architecture: data, models, offline, nearline, online", run: architecture,
		Course: "The course draws three layers by how fast they are: offline (Spark), nearline (Flink) and online (the Jetty server). What runs in the server there runs in the visitor's browser here.",
		Beside: []string{"README.md", "build/arch_test.go"},
		More:   "make check"},
	{Number: 2, Title: "Sparrow RecSys: its functions and pages", run: functions,
		Course: "RecSysServer.java starts Jetty with a servlet for each question (getmovie, getuser, getsimilarmovie, getrecommendation, getrecforyou) and serves the pages that ask them.",
		Beside: []string{"app/ui/route.go", "app/ui/page_user.go", "wasm/session/session.go"},
		More:   "make run"},
	{Number: 3, Title: "Neurons, backpropagation, activations", run: neurons, Alone: true,
		Course: "The course explains neurons and leaves gradients to TensorFlow.",
		Beside: []string{"build/autodiff/tape.go", "wasm/nn/op.go"},
		More:   "go test -v ./build/autodiff"},
}

// course is lesson 00: the whole way in four steps.
func course(p *Page, d *dataset.Dataset) error {
	u := busiest(d)
	p.Step("Before: what people did")
	p.log(d, d.Of(u)[max(0, len(d.Of(u))-5):])

	p.Step("A bundle is made of it")
	b, err := p.bundleOf(d)
	if err != nil {
		return err
	}
	data, err := bundle.Encode(b)
	if err != nil {
		return err
	}
	rows := 12 * len(d.Interactions)
	p.Bars([]string{"the log, 12 bytes a row", "the bundle"}, []float64{float64(rows), float64(len(data))}, 0)
	p.Say("The bars are bytes. The bundle holds what was learned of all users together, and no user.")

	p.Step("After: what a page answers from it")
	read, err := bundle.Decode(data)
	if err != nil {
		return err
	}
	e := engine.New(read)
	p.Say("For user %s, whose log ends above:", d.Users[u])
	p.recommended(d, e, engine.Query{History: evaluation.History(d.Of(u)), K: 5, Filter: all, Because: true})
	item := favourite(d, word2vec.Sentences(d, 1))
	var names []string
	for _, s := range e.Similar(item, 5) {
		names = append(names, name(d, s.Row))
	}
	p.Say("Like %s: %s.", name(d, item), strings.Join(names, ", "))
	p.Look("how the list follows the log, and how it differs from what is like one item. The other lessons take this way apart, step by step.")
	return nil
}

// architecture is lesson 01: the same list, changed at three speeds.
func architecture(p *Page, d *dataset.Dataset) error {
	b, err := p.bundleOf(d)
	if err != nil {
		return err
	}
	e := engine.New(b)
	item := favourite(d, word2vec.Sentences(d, 1))
	q := engine.Query{History: feature.History{{Row: item, Stars: 5, At: b.Statistics.AsOf}}, K: 5, Filter: all, Because: true}
	p.Step("Offline, every night: a bundle is trained")
	p.Say("It was trained on %s in one go. To a visitor who likes %s it says:", count(len(d.Interactions), "interaction"), name(d, item))
	p.recommended(d, e, q)
	before := e.Recommend(q)

	p.Step("Nearline, every minute: an overlay says what has changed since")
	if len(before) == 0 {
		return fmt.Errorf("there is nothing to recommend")
	}
	sold := before[0].Row
	e.Overlay(&live.Overlay{Items: []live.Item{{ID: d.Catalog.IDs[sold], Stock: live.Amount{Known: true}}}})
	p.Say("%s has sold out. Nothing is trained, and the next list is without it:", name(d, sold))
	p.recommended(d, e, q)

	p.Step("Online, at once: the visitor likes another item")
	other := differing(d, b, item)
	q.History = append(q.History, feature.Event{Row: other, Stars: 5, At: b.Statistics.AsOf + 1})
	p.Say("It is %s. The engine runs where the visitor is, so the next list knows it:", name(d, other))
	p.recommended(d, e, q)
	after, same := e.Recommend(q), 0
	for _, r := range after {
		for _, o := range before {
			if r.Row == o.Row {
				same++
			}
		}
	}
	p.Look("of the first list %d of %d are in the last one. Each layer is slower than the next and knows more: all people, the catalog of this minute, this visitor.", same, len(before))
	return nil
}

// differing returns the item with most interactions of those that share no genre with r, or r.
func differing(d *dataset.Dataset, b *bundle.Bundle, r catalog.Row) catalog.Row {
	other := r
	for i := range catalog.Row(d.Catalog.Len()) {
		if !shares(d, i, r) && (other == r || b.Statistics.Count[i] > b.Statistics.Count[other]) {
			other = i
		}
	}
	return other
}

// functions is lesson 02: what each page asks the engine.
func functions(p *Page, d *dataset.Dataset) error {
	b, err := p.bundleOf(d)
	if err != nil {
		return err
	}
	e := engine.New(b)
	item := favourite(d, word2vec.Sentences(d, 1))
	h := feature.History{{Row: item, Stars: 5, At: b.Statistics.AsOf}, {Row: differing(d, b, item), Stars: 5, At: b.Statistics.AsOf}}
	p.Step("Before: two likes of a visitor")
	p.Table("item|genres|year", []string{name(d, h[0].Row), genresOf(d, d.Catalog.Genres[h[0].Row]), fmt.Sprint(d.Catalog.Years[h[0].Row])},
		[]string{name(d, h[1].Row), genresOf(d, d.Catalog.Genres[h[1].Row]), fmt.Sprint(d.Catalog.Years[h[1].Row])})

	p.Step("After: the home page")
	q := engine.Query{History: h, K: 5, Filter: all}
	var rows [][]string
	for _, s := range e.Home(q, e.Recommend(q), []catalog.Row{h[1].Row, h[0].Row}) {
		title := string(s.Kind)
		if s.Item != catalog.None {
			title += " " + name(d, s.Item)
		}
		if s.Genre != engine.AllGenres {
			title += " " + d.Catalog.GenreNames[s.Genre]
		}
		var names []string
		for _, r := range s.Items {
			names = append(names, name(d, r.Row))
		}
		rows = append(rows, []string{title, strings.Join(names, ", ")})
	}
	p.Table("shelf|items", rows...)

	p.Step("The page of an item, and a search")
	var names []string
	for _, s := range e.Similar(item, 5) {
		names = append(names, name(d, s.Row))
	}
	p.Say("Like %s: %s.", name(d, item), strings.Join(names, ", "))
	word := strings.Fields(name(d, item))[0]
	names = nil
	for _, hit := range e.Search(word, 5) {
		names = append(names, name(d, hit.Row))
	}
	p.Say("Search for “%s”: %s.", word, strings.Join(names, ", "))
	p.Look("no item stands on two shelves, and none that was liked already. All of it was asked of one engine; pages only draw the answers.")
	return nil
}
