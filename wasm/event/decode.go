package event

import (
	"errors"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/wire"
)

// Stamp is what the edge must know of an event.
type Stamp struct {
	Visitor Visitor
	At      int64 // Unix milliseconds on the device's clock
}

// Check reads one event as strictly as [Decode] does and allocates nothing
// unless it fails.
func Check(raw []byte) (Stamp, error) {
	var v view
	if err := v.read(raw); err != nil {
		return Stamp{}, errors.New("event: " + err.Error())
	}
	return Stamp{Visitor(v.visitor), v.at}, nil
}

// Decode reads one event. It refuses whatever FORMAT.md does not allow: a field
// that the kind does not have, an id that is no UUIDv7, a text that is too long,
// bytes after the end. Arms come sorted by layer. The event shares no memory with raw.
func Decode(raw []byte) (Event, error) {
	var v view
	if err := v.read(raw); err != nil {
		return Event{}, errors.New("event: " + err.Error())
	}
	e := Event{
		ID: ID(v.id), Kind: v.rule.kind, At: v.at, Visitor: Visitor(v.visitor), Session: ID(v.session), Seq: v.seq,
		Item: catalog.ID(v.item), Stars: v.stars, Layer: string(v.layer), Count: v.count, Value: v.value,
	}
	if v.bundle != nil {
		e.Bundle = Bundle(v.bundle)
	}
	if v.currency != nil {
		e.Currency = [3]byte(v.currency)
	}
	if v.cause != nil {
		e.Cause = ID(v.cause)
	}
	if v.of != nil {
		e.Of = v.of.kind
	}
	if v.narms > 0 {
		e.Arms = make([]Arm, v.narms)
		for i, a := range v.arms[:v.narms] {
			e.Arms[i] = Arm{string(a.layer), string(a.name)}
		}
		sortArms(e.Arms)
	}
	if v.seen&field('p') != 0 {
		p := &v.place
		e.Place = &Place{string(p.list), p.position, string(p.source), string(p.team), p.propensity}
	}
	return e, nil
}

// sortArms orders a handful of arms by layer.
func sortArms(arms []Arm) {
	for i := range arms {
		for j := i; j > 0 && arms[j].Layer < arms[j-1].Layer; j-- {
			arms[j], arms[j-1] = arms[j-1], arms[j]
		}
	}
}

// view is an event whose parts still lie in the bytes that it came in.
type view struct {
	seen                                fields
	rule, of                            *rule
	at                                  int64
	id, visitor, session, bundle, cause []byte
	seq, count                          uint32
	narms                               int
	arms                                [maxArms]armView
	item, layer                         []byte
	stars                               float32
	value                               uint32
	currency                            []byte
	place                               placeView
}

type armView struct{ layer, name []byte }

type placeView struct {
	list, source, team []byte
	position           uint16
	propensity         float32
}

// read reads and checks one event, which is all of raw.
func (v *view) read(raw []byte) error {
	r := wire.NewReader(raw)
	err := v.take(r)
	if err == nil {
		r.End()
	}
	if r.Err() != nil {
		return r.Err()
	}
	return err
}

// take reads and checks one event where r stands. An error of r comes before
// that which take returns.
func (v *view) take(r *wire.Reader) error {
	for range r.Map() {
		name, err := key(r, &v.seen)
		if err == nil {
			err = v.field(r, name)
		}
		if r.Err() != nil || err != nil {
			return err
		}
	}
	if r.Err() != nil {
		return nil
	}
	return v.complete()
}

// key reads the name of a field and marks it as seen.
func key(r *wire.Reader, seen *fields) (byte, error) {
	name, ok := r.Letter()
	if !ok {
		text := r.Text()
		if r.Err() != nil || len(text) != 1 {
			return 0, errUnknown
		}
		name = text[0]
	}
	f := field(name)
	switch {
	case f == 0:
		return 0, errUnknown
	case *seen&f != 0:
		return 0, errors.New("field " + string(rune(name)) + " comes twice")
	}
	*seen |= f
	return name, nil
}

var errUnknown = errors.New("a field that no event has")

// field reads the value of one field.
func (v *view) field(r *wire.Reader, name byte) (err error) {
	switch name {
	case 'i':
		v.id, err = uuid(r, "i")
	case 'k':
		v.rule, err = kind(r, "k")
	case 't':
		v.at, err = moment(r)
	case 'v':
		v.visitor, err = bin(r, "v", len(Visitor{}))
	case 's':
		v.session, err = uuid(r, "s")
	case 'q':
		v.seq, err = number(r, "q", 0)
	case 'b':
		v.bundle, err = bin(r, "b", len(Bundle{}))
	case 'a':
		err = v.readArms(r)
	case 'm':
		v.item, err = text(r, "m", 1, maxItem)
	case 'r':
		v.stars, err = stars(r)
	case 'p':
		err = v.place.read(r)
	case 'c':
		v.cause, err = uuid(r, "c")
	case 'y':
		v.layer, err = text(r, "y", 1, maxText)
	case 'd':
		v.of, err = kind(r, "d")
	case 'n':
		v.count, err = number(r, "n", 1)
	case 'x':
		v.value, err = number(r, "x", 1)
	case 'u':
		v.currency, err = currency(r)
	default:
		err = errUnknown
	}
	return err
}

func (v *view) readArms(r *wire.Reader) (err error) {
	n := r.Map()
	if n > maxArms {
		return errors.New("more than 8 arms")
	}
	for i := range n {
		a := &v.arms[i]
		if a.layer, err = text(r, "a", 1, maxText); err != nil {
			return err
		}
		if a.name, err = text(r, "a", 1, maxText); err != nil {
			return err
		}
		for _, b := range v.arms[:i] {
			if string(b.layer) == string(a.layer) {
				return errors.New("two arms of one layer")
			}
		}
	}
	v.narms = n
	return nil
}

func (p *placeView) read(r *wire.Reader) error {
	var seen fields
	for range r.Map() {
		name, err := key(r, &seen)
		if err != nil {
			return err
		}
		switch name {
		case 'l':
			p.list, err = text(r, "l", 1, maxText)
		case 'p':
			p.position, err = position(r)
		case 'o':
			p.source, err = text(r, "o", 0, maxText)
		case 'g':
			p.team, err = text(r, "g", 0, maxText)
		case 'w':
			p.propensity, err = propensity(r)
		default:
			err = errUnknown
		}
		if err != nil {
			return err
		}
	}
	if need := set("lp"); r.Err() == nil && seen&need != need {
		return errors.New("a place lacks " + letters(need&^seen))
	}
	return nil
}

// complete checks the fields against each other once all are read.
func (v *view) complete() error {
	if missing := always &^ v.seen; missing != 0 {
		return errors.New("an event lacks " + letters(missing))
	}
	kind := string(v.rule.kind)
	if missing := v.rule.need &^ v.seen; missing != 0 {
		return errors.New(kind + " lacks " + letters(missing))
	}
	if more := v.seen &^ (always | optional | v.rule.need | v.rule.may); more != 0 {
		return errors.New(kind + " has no " + letters(more))
	}
	switch {
	case v.currency != nil && v.value == 0:
		return errors.New(kind + " has a currency without a value")
	case v.value > 100 && v.rule.kind == Read:
		return errors.New("more than all was read")
	case v.count > maxMany && v.rule.kind != Dropped:
		return errors.New(kind + " has more than 10000 pieces")
	}
	if v.layer != nil && !slices.ContainsFunc(v.arms[:v.narms], func(a armView) bool { return string(a.layer) == string(v.layer) }) {
		return errors.New("exposure to a layer without an arm")
	}
	return nil
}

// letters names the fields of a set: "m, p".
func letters(s fields) string {
	text := ""
	for c := byte('a'); c <= 'z'; c++ {
		if s&field(c) != 0 {
			if text != "" {
				text += ", "
			}
			text += string(rune(c))
		}
	}
	return text
}
