package protocol

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/wire"
)

func (c *Card) append(w *wire.Writer) {
	f := w.Fields()
	f.Key("i").Str(string(c.ID))
	f.Str("t", c.Title)
	f.Str("f", c.Also)
	f.Int("y", int64(c.Year))
	texts(&f, "g", c.Genres)
	f.Float32("m", c.Mean)
	f.Int("c", int64(c.Count))
	f.Str("p", c.Image)
	f.Str("u", c.URL)
	if c.Price != nil {
		f.Key("e").Float64(*c.Price)
	}
	f.Str("n", c.Currency)
	texts(&f, "b", c.Brand)
	texts(&f, "d", c.Badge)
	f.Str("a", string(c.Action))
	f.Float32("s", c.Stars)
	f.Bool("w", c.Watch)
	f.Float32("v", c.Score)
	list(&f, "r", c.Why, (*Why).append)
	if c.Origin != nil {
		c.Origin.append(f.Key("o"))
	}
	f.Close()
}

func (c *Card) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "i":
			c.ID = catalog.ID(r.Str())
		case "t":
			c.Title = r.Str()
		case "f":
			c.Also = r.Str()
		case "y":
			c.Year = whole(r)
		case "g":
			c.Genres = strings[string](r)
		case "m":
			c.Mean = finite(r)
		case "c":
			c.Count = whole(r)
		case "p":
			c.Image = r.Str()
		case "u":
			c.URL = r.Str()
		case "e":
			c.Price = one(r, decodePrice)
		case "n":
			c.Currency = r.Str()
		case "b":
			c.Brand = strings[string](r)
		case "d":
			c.Badge = strings[string](r)
		case "a":
			c.Action = Action(r.Str())
		case "s":
			c.Stars = finite(r)
		case "w":
			c.Watch = r.Bool()
		case "v":
			c.Score = finite(r)
		case "r":
			c.Why = elements(r, (*Why).decode)
		case "o":
			c.Origin = one(r, (*Origin).decode)
		default:
			r.Skip()
		}
	}
}

func decodePrice(p *float64, r *wire.Reader) {
	*p = r.Float()
	if *p-*p != 0 {
		r.Fail("price is not finite")
		*p = 0
	}
}

func (o *Origin) append(w *wire.Writer) {
	f := w.Fields()
	f.Str("s", o.Source)
	f.Str("t", o.Team)
	f.Float32("p", o.Propensity)
	f.Int("r", int64(o.Retrieved))
	f.Int("a", int64(o.Ranked))
	texts(&f, "u", o.Rules)
	f.Int("b", int64(o.Before))
	f.Close()
}

func (o *Origin) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "s":
			o.Source = r.Str()
		case "t":
			o.Team = r.Str()
		case "p":
			o.Propensity = finite(r)
		case "r":
			o.Retrieved = whole(r)
		case "a":
			o.Ranked = whole(r)
		case "u":
			o.Rules = strings[string](r)
		case "b":
			o.Before = whole(r)
		default:
			r.Skip()
		}
	}
}

func (s *Shelf) append(w *wire.Writer) {
	f := w.Fields()
	f.Key("k").Str(s.Kind)
	f.Str("i", string(s.ID))
	f.Str("t", s.Title)
	list(&f, "c", s.Cards, (*Card).append)
	texts(&f, "l", s.Layers)
	list(&f, "w", s.Why, (*Why).append)
	f.Close()
}

func (s *Shelf) decode(r *wire.Reader) {
	for range r.Map() {
		switch r.Str() {
		case "k":
			s.Kind = r.Str()
		case "i":
			s.ID = catalog.ID(r.Str())
		case "t":
			s.Title = r.Str()
		case "c":
			s.Cards = elements(r, (*Card).decode)
		case "l":
			s.Layers = strings[string](r)
		case "w":
			s.Why = elements(r, (*Why).decode)
		default:
			r.Skip()
		}
	}
}
