package live

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/wire"
)

// encode returns the document as [Decode] reads it.
func (o *Overlay) encode() []byte {
	w := new(wire.Writer)
	f := w.Fields()
	f.Int("version", Version)
	moment(&f, "at", o.At)
	part(&f, "items", o.Items, (*Item).append)
	part(&f, "new", o.New, (*New).append)
	part(&f, "rules", o.Rules, (*Rule).append)
	f.Close()
	return w.Buf
}

type entry interface{ named() string }

func (i Item) named() string { return string(i.ID) }
func (n New) named() string  { return string(n.ID) }
func (r Rule) named() string { return r.Name }

// part writes a map by name, unless it is empty.
func part[T entry](f *wire.Fields, name string, all []T, write func(*T, *wire.Fields)) {
	if len(all) == 0 {
		return
	}
	w := f.Key(name)
	w.Map(len(all))
	for i := range all {
		w.Str(all[i].named())
		one := w.Fields()
		write(&all[i], &one)
		one.Close()
	}
}

func (i *Item) append(f *wire.Fields) {
	amount(f, "stock", i.Stock)
	amount(f, "price", i.Price)
	f.Str("currency", i.Currency)
	f.Bool("hidden", i.Hidden)
	f.Float32("boost", i.Boost)
	f.Str("title", i.Title)
	f.Str("image", i.Image)
	f.Str("url", i.URL)
}

func (n *New) append(f *wire.Fields) {
	f.Str("title", n.Title)
	f.Int("year", int64(n.Year))
	list(f, "genres", n.Genres)
	list(f, "tags", n.Tags)
	f.Str("text", n.Text)
	f.Str("image", n.Image)
	f.Str("url", n.URL)
	list(f, "like", n.Like)
	if len(n.Vector) > 0 {
		w := f.Key("vector")
		w.Array(len(n.Vector))
		for _, v := range n.Vector {
			w.Float32(v)
		}
	}
}

func (r *Rule) append(f *wire.Fields) {
	f.Str("do", string(r.Do))
	list[catalog.ID](f, "items", r.Items)
	f.Str("where", r.Where)
	f.Float32("by", r.By)
	f.Int("to", int64(r.To))
	moment(f, "from", r.From)
	moment(f, "until", r.Until)
}

// moment writes a time unless it is 0.
func moment(f *wire.Fields, name string, seconds int64) {
	if seconds != 0 {
		f.Str(name, timeText(seconds))
	}
}

// amount writes a number if it is known.
func amount(f *wire.Fields, name string, a Amount) {
	if a.Known {
		f.Key(name).Float64(a.Value)
	}
}

// list writes one unless it is empty.
func list[S ~string](f *wire.Fields, name string, all []S) {
	if len(all) == 0 {
		return
	}
	w := f.Key(name)
	w.Array(len(all))
	for _, s := range all {
		w.Str(string(s))
	}
}

// timeText is the other way round of parseTime, in universal time.
func timeText(seconds int64) string {
	day, rest := int(seconds/daySeconds), int(seconds%daySeconds)
	year := 1970 + day/366
	for days(year+1, 1) <= day {
		year++
	}
	month := 1
	for month < 12 && days(year, month+1) <= day {
		month++
	}
	day -= days(year, month)
	return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day+1, 2) +
		"T" + padded(rest/3600, 2) + ":" + padded(rest/60%60, 2) + ":" + padded(rest%60, 2) + "Z"
}

// padded returns n in so many digits.
func padded(n, digits int) string {
	text := make([]byte, digits)
	for i := digits - 1; i >= 0; i-- {
		text[i] = byte('0' + n%10)
		n /= 10
	}
	return string(text)
}
