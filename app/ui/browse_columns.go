package ui

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// change returns what opens the catalogue narrowed down as do changes it, with the value of a field.
func (p *browsePage) change(s *store, do func(n *narrowed, v string)) func(string) {
	return func(v string) {
		n := p.by.clone()
		do(n, v)
		navigate(n.address(s.route.lang))
	}
}

// ofColumn returns the first text that values have of a column, "" for none.
func ofColumn(values []value, column string) string {
	for _, v := range values {
		if v.column == column {
			return v.text
		}
	}
	return ""
}

// with returns values, which it changes, with one text of a column in place of others; "" for none.
func with(values []value, column, text string) []value {
	values = slices.DeleteFunc(values, func(v value) bool { return v.column == column })
	if text != "" {
		values = append(values, value{column, text})
	}
	return values
}

// valueFilter draws what narrows the catalogue down by a column of texts or lists; nil where no item has a value
// there. A value that the address has is offered, too, however few items have it.
func (p *browsePage) valueFilter(s *store, c column, scope string) app.UI {
	chosen, all := ofColumn(p.by.is, c.name), []choice{{"", s.words.AnyStars}}
	if chosen != "" {
		all = append(all, choice{chosen, chosen})
	}
	for _, text := range c.values {
		if text != chosen {
			all = append(all, choice{text, text})
		}
	}
	if len(all) == 1 {
		return nil
	}
	return picker("column-"+c.name, s.words.column(c.name), chosen, all, p.change(s, func(n *narrowed, v string) { n.is = with(n.is, c.name, v) }), scope)
}

// truth returns "with" or "without" where v says yes or no of a column, as filters have it; else "".
func (v value) truth() string {
	switch v.text {
	case "true", "yes", "1":
		return "with"
	case "false", "no", "0":
		return "without"
	}
	return ""
}

// yesChips draws the columns of yes and no, each a link that turns it on: yes, no, either.
func (p *browsePage) yesChips(s *store) app.UI {
	w := s.words
	var all []app.UI
	for _, c := range p.columns {
		if c.kind != "bool" {
			continue
		}
		now := value{c.name, ofColumn(p.by.is, c.name)}
		n, next := p.by.clone(), ""
		switch now.truth() {
		case "":
			next = "true"
		case "with":
			next = "false"
		}
		n.is = with(n.is, c.name, next)
		all = append(all, turning(n.address(s.route.lang), now.truth(), w.column(c.name), w.value(now), fill(w.ValueOf, "column", "", "value", w.No)))
	}
	if all == nil {
		return nil
	}
	return el("ul", "chips yes-chips", all...).Attr("role", "list").Attr("title", attr(w.YesTurns))
}

// spanFields draws two fields for a column of numbers, and which numbers its items have.
func (p *browsePage) spanFields(s *store, c column, scope string) app.UI {
	w := s.words
	from, to := ends(ofColumn(p.by.spans, c.name))
	change := func(span func(v string) string) func(string) {
		return p.change(s, func(n *narrowed, v string) {
			text := span(v)
			if text == dots {
				text = ""
			}
			n.spans = with(n.spans, c.name, text)
		})
	}
	name, currency := w.column(c.name), c.currency()
	hint := fill(w.NumberSpan, "least", w.measured(c.name, c.values[0], currency), "most", w.measured(c.name, c.values[1], currency))
	if len(c.values) > 3 {
		hint = fill(w.SeveralUnits, "n", hint, "units", strings.Join(c.values[2:], w.join))
	}
	return el("div", "span",
		numberField("from-"+c.name, fill(w.NumberFrom, "name", name), from, c.values[0], "any", change(func(v string) string { return v + dots + to }), scope),
		numberField("to-"+c.name, fill(w.NumberTo, "name", name), to, c.values[1], "any", change(func(v string) string { return from + dots + v }), scope),
		txt("p", "span-hint", hint)).Attr("role", "group").Attr("aria-label", attr(name))
}
