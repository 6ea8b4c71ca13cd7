package filter

import "sparrow/wasm/attribute"

// Limits of a condition, with which reading one ends however it is written.
const (
	MostBytes  = 4096
	mostDepth  = 32 // of parentheses and nots inside of each other
	mostValues = 256
)

// Parse reads a condition about the items of x. An error is an [Error].
func (x *Columns) Parse(text string) (*Program, error) {
	if len(text) > MostBytes {
		return nil, newError(text, MostBytes, "it goes on, and the limit is 4096 bytes")
	}
	p := &parser{columns: x, scanner: scanner{text: text}, program: &Program{n: x.catalog.Len(), same: -1, Text: text}}
	p.scan()
	p.either()
	if p.err == nil && p.kind != end {
		p.unexpected(`"and", "or" or the end`)
	}
	if p.err != nil {
		return nil, p.err
	}
	return p.program, nil
}

// parser reads by recursive descent. After its first error it is at the end.
type parser struct {
	scanner
	columns *Columns
	program *Program
	depth   int
	values  int
	err     *Error
}

// fail ends the reading with what is wrong at a place.
func (p *parser) fail(at int, problem string) {
	if p.err == nil {
		p.err = newError(p.text, at, problem)
	}
	p.kind, p.token, p.next = end, "", len(p.text)
}

// unexpected says that another thing has to stand where the current token is.
func (p *parser) unexpected(want string) {
	switch {
	case p.err != nil:
	case p.kind == end:
		p.fail(p.at, "it ends here, where "+want+" has to stand")
	case p.kind == wrong:
		p.fail(p.at, p.token+instead(p.token)+": "+want+" has to stand here")
	default:
		p.fail(p.at, "\""+p.token+"\" stands where "+want+" has to")
	}
}

func (p *parser) keyword() string {
	if p.kind != word {
		return ""
	}
	return keyword(p.token)
}

func (p *parser) symbol(s string) bool { return p.kind == symbol && p.token == s }

func (p *parser) step(op int) { p.program.steps = append(p.program.steps, op) }

// either reads conditions joined by or, both those joined by and.
func (p *parser) either() {
	p.both()
	for p.keyword() == "or" {
		p.scan()
		p.both()
		p.step(or)
	}
}

func (p *parser) both() {
	p.one()
	for p.keyword() == "and" {
		p.scan()
		p.one()
		p.step(and)
	}
}

// one reads a comparison, one with not before it, or a condition in parentheses.
func (p *parser) one() {
	if p.depth++; p.depth > mostDepth+1 {
		p.fail(p.at, "more than 32 parentheses and nots are inside of each other")
	}
	switch {
	case p.keyword() == "not":
		p.scan()
		p.one()
		p.step(not)
	case p.symbol("("):
		p.scan()
		p.either()
		if !p.symbol(")") {
			p.unexpected(`"and", "or" or ")"`)
		}
		p.scan()
	default:
		p.comparison()
	}
	p.depth--
}

// comparison reads a column and what it is compared with.
func (p *parser) comparison() {
	if p.kind != word || p.keyword() != "" {
		p.unexpected("the name of a column")
		return
	}
	column := p.columns.named(p.token)
	if column.Column == nil {
		p.fail(p.at, p.columns.unknown(p.token))
		return
	}
	p.step(len(p.program.terms))
	t := term{column: column, op: "=", wanted: make([]uint8, column.values()+1)}
	name := p.token
	p.scan()
	switch {
	case p.keyword() == "in" || p.keyword() == "not":
		if p.keyword() == "not" {
			t.op = "!="
			p.scan()
		}
		p.list(&t)
	case p.kind == symbol && p.token != "(" && p.token != ")" && p.token != ",":
		t.op = p.token
		if t.op != "=" && t.op != "!=" && column.Kind > attribute.Number {
			p.fail(p.at, name+" is "+called[column.Kind]+", which knows =, != and in")
		}
		p.scan()
		p.value(&t)
	case p.kind == wrong:
		p.unexpected("a comparison")
	case column.Kind == attribute.Bool:
		t.wanted[2] = 1
	default:
		p.fail(p.at, name+" is "+called[column.Kind]+": say here what it is compared with, as =same")
	}
	p.program.terms = append(p.program.terms, t)
}

// called says of kinds of columns what they are.
var called = [...]string{attribute.Text: "a text", attribute.Number: "a number", attribute.Bool: "true or false", attribute.List: "a list"}

// list reads in, and values in parentheses.
func (p *parser) list(t *term) {
	if p.keyword() != "in" {
		p.unexpected(`"in"`)
		return
	}
	if p.scan(); !p.symbol("(") {
		p.unexpected(`"(" with values`)
		return
	}
	for more := true; more; more = p.symbol(",") {
		p.scan()
		p.value(t)
	}
	if !p.symbol(")") {
		p.unexpected(`"," or ")"`)
	}
	p.scan()
}

// value reads a value for t.
func (p *parser) value(t *term) {
	v := value{at: p.at, text: p.token, same: p.keyword() == "same"}
	if p.kind != quoted && (p.kind != word || p.keyword() != "" && !v.same) {
		p.unexpected("a value, in quotes where it is a word of the language,")
		return
	}
	if p.values++; p.values > mostValues {
		p.fail(p.at, "more than 256 values")
		return
	}
	if v.same && p.program.same < 0 {
		p.program.same = v.at
	}
	absent, problem := t.add(v)
	if problem != "" {
		p.fail(v.at, problem)
		return
	}
	if absent {
		p.program.Absent = append(p.program.Absent, t.column.Name+"="+v.text)
	}
	p.scan()
}
