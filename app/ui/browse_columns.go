package ui

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// offered returns the columns by which the page lets the visitor narrow the catalogue down, in the order of
// facets.
func (p *browsePage) offered() []protocol.Column {
	if byAll {
		return p.columns
	}
	var all []protocol.Column
	for _, name := range byColumns {
		for _, c := range p.columns {
			if c.Name == name {
				all = append(all, c)
			}
		}
	}
	return all
}

// change returns what opens the catalogue narrowed down as do changes it, with the value of a field.
func (p *browsePage) change(s *store, do func(n *narrowed, v string)) func(string) {
	lang := s.route.lang
	return func(v string) {
		n := p.by
		do(&n, v)
		navigate(n.address(lang))
	}
}

// valueFilter draws what narrows the catalogue down by a column of texts or lists; nil where no item has a value
// there. A value that the address has is offered, too, however few items have it.
func (p *browsePage) valueFilter(s *store, c protocol.Column, scope string) app.UI {
	chosen, all := "", []choice{{"", s.words.AnyStars}}
	for _, v := range p.by.is {
		if v.column == c.Name && chosen == "" {
			chosen = v.text
			all = append(all, choice{v.text, v.text})
		}
	}
	for _, text := range c.Values {
		if text != chosen {
			all = append(all, choice{text, text})
		}
	}
	if len(all) == 1 {
		return nil
	}
	return picker("column-"+c.Name, s.words.column(c.Name), chosen, all, p.change(s, func(n *narrowed, v string) { n.is = n.having(c.Name, v) }), scope)
}

// having returns what columns have by n, with a value of this one; "" for any.
func (n *narrowed) having(column, text string) []value {
	is := slices.DeleteFunc(slices.Clone(n.is), func(is value) bool { return is.column == column })
	if text != "" {
		is = append(is, value{column, text})
	}
	return is
}

// truth returns "true" or "false" where v says yes or no of a column, as filters have it; else "".
func (v value) truth() string {
	switch v.text {
	case "true", "yes", "1":
		return "true"
	case "false", "no", "0":
		return "false"
	}
	return ""
}

// yesChips draws the columns of yes and no, each a link that turns it on: yes, no, either.
func (p *browsePage) yesChips(s *store) app.UI {
	w := s.words
	var all []app.UI
	for _, c := range p.offered() {
		if c.Kind != "bool" {
			continue
		}
		state := ""
		for _, v := range p.by.is {
			if v.column == c.Name {
				state = v.truth()
			}
		}
		n, class, name := p.by, "chip", w.column(c.Name)
		next, said := "true", []app.UI{app.Text(name), txt("span", "only-read", fill(w.ValueOf, "column", "", "value", w.Either))}
		switch state {
		case "true":
			next, said = "false", []app.UI{app.Text(w.value(value{c.Name, state}))}
		case "false":
			next, class, said = "", "chip chip-without", []app.UI{app.Text(w.value(value{c.Name, state}))}
		}
		n.is = n.having(c.Name, next)
		all = append(all, el("li", "", marked(link(class, n.address(s.route.lang), said...), state == "true")))
	}
	if all == nil {
		return nil
	}
	return el("ul", "chips yes-chips", all...).Attr("role", "list").Attr("title", attr(w.YesTurns))
}

// numberFields draws two fields for each column of numbers, and which numbers its items have.
func (p *browsePage) numberFields(s *store, scope string) (fields []app.UI) {
	w := s.words
	for _, c := range p.offered() {
		if c.Kind != "number" || c.Least == c.Most {
			continue
		}
		now := span{column: c.Name}
		for _, r := range p.by.spans {
			if r.column == c.Name {
				now = r
			}
		}
		end := func(change func(r *span, v string)) func(string) {
			return p.change(s, func(n *narrowed, v string) {
				next := now
				change(&next, v)
				n.spans = slices.DeleteFunc(slices.Clone(n.spans), func(r span) bool { return r.column == c.Name })
				if next.from+next.to != "" {
					n.spans = append(n.spans, next)
				}
			})
		}
		name, currency := w.column(c.Name), currencyOf(&c)
		hint := fill(w.NumberSpan, "least", w.measured(c.Name, c.Least, currency), "most", w.measured(c.Name, c.Most, currency))
		if len(c.Units) > 1 {
			hint = dotted(hint, strings.Join(c.Units, w.join))
		}
		fields = append(fields, el("div", "span",
			numberField("from-"+c.Name, fill(w.NumberFrom, "name", name), now.from, c.Least, end(func(r *span, v string) { r.from = v }), scope),
			numberField("to-"+c.Name, fill(w.NumberTo, "name", name), now.to, c.Most, end(func(r *span, v string) { r.to = v }), scope),
			txt("p", "span-hint", hint)).Attr("role", "group").Attr("aria-label", attr(name)))
	}
	return fields
}

// numberField draws a field for a number, with an example where it is empty. What is no number stays there and is
// named by the browser.
func numberField(id, label, number, example string, change func(value string), scope string) app.UI {
	return el("label", "picker",
		txt("span", "picker-label", label),
		void("input", "year-field").Attr("id", id).Attr("type", "number").Attr("inputmode", "decimal").Attr("step", "any").
			Attr("placeholder", attr(example)).Attr("value", attr(inField(number))).
			On("change", func(ctx app.Context, e app.Event) {
				if field := ctx.JSSrc(); field.Call("reportValidity").Bool() {
					change(field.Get("value").String())
				}
			}, app.EventScope(scope)),
	)
}

// inField returns what the field of a number holds: a blank for none, which the browser reads as nothing. Without a value
// go-app would leave there what the visitor typed.
func inField(number string) string {
	if number == "" {
		return " "
	}
	return number
}
