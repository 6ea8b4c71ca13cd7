package ui

import "strings"

// imported says what became of a file of so many records.
func (w *words) imported(records int, t tally, formats []string) string {
	var from []string
	for _, name := range formats {
		if name != "" {
			from = append(from, name)
		}
	}
	text := fill(w.ImportRead, "n", w.number(records), "from", strings.Join(from, w.join))
	if len(from) == 0 {
		text = fill(w.ImportReadTable, "n", w.number(records))
	}
	for _, part := range []struct {
		text string
		n    int
	}{{w.ImportDone, t.sure}, {w.ImportDoubtful, t.doubtful}, {w.ImportNone, t.none}} {
		if part.n > 0 {
			text = followed(text, fill(part.text, "n", w.number(part.n)))
		}
	}
	return text
}

// followed returns a text with a sentence after it: behind a full stop of full width there is no space.
func followed(text, next string) string {
	return text + when(!strings.HasSuffix(text, "。"), " ") + next
}

// remarkLines says what of a file was not used, a line for each kind.
func (w *words) remarkLines(b *brought) (lines []string) {
	for _, r := range b.remarks {
		text, ok := w.remarks["remark:"+r.kind]
		if !ok {
			text = w.remarks["remark:broken"]
		}
		lines = append(lines, fill(text, "n", w.number(r.count), "place", shortened(r.place)))
	}
	if n := len(b.files); n > 0 {
		lines = append(lines, fill(w.ImportFiles, "n", w.number(n), "names", w.columnList(b.files)))
	}
	return lines
}

// shortened cuts a place in a file of a long name, from the front, to what can be read.
func shortened(place string) string {
	if text := []rune(place); len(text) > 60 {
		return "…" + string(text[len(text)-60:])
	}
	return place
}

// trouble says why a file was not taken in.
func (w *words) trouble(b brought) string {
	switch b.code {
	case "large":
		size := 0.0
		for _, digits := range b.found {
			for _, c := range digits {
				size = 10*size + float64(c-'0')
			}
		}
		return fill(w.ImportLarge, "size", w.size(size), "most", w.size(mostBytes))
	case "columns":
		return fill(w.ImportColumns, "found", w.columnList(b.found))
	case "many", "lines":
		return fill(w.ImportMany, "n", w.number(mostEntries))
	}
	if text, ok := w.troubles["trouble:"+b.code]; ok {
		return text
	}
	return w.ImportFailed
}
