package live

import (
	"errors"
	"slices"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
	"sparrow/wasm/wire"
)

// Decode reads a document, and names the keys that it does not know. It fails on the
// first fault, with its place: items "B-17", price: …
func Decode(b []byte) (*Overlay, Remarks, error) {
	d := decoder{r: wire.NewReader(b)}
	if len(b) > MostBytes {
		d.fail("the document has " + strconv.Itoa(len(b)) + " bytes, and may have " + strconv.Itoa(MostBytes))
	}
	o := d.overlay()
	if d.r.End(); d.fault == "" && d.r.Err() != nil {
		d.fail(d.r.Err().Error())
	}
	if d.fault != "" {
		return nil, Remarks{}, errors.New("live: " + d.fault)
	}
	return o, d.remarks, nil
}

// decoder reads a document and knows where it is. What it returns after a fault does not
// matter; loops end since its reader has failed, too.
type decoder struct {
	r       *wire.Reader
	part    string // items, new or rules; "" outside of these
	name    string // of the item or rule there
	field   string
	remarks Remarks
	fault   string // the first one, with its place
}

// place returns where the decoder is, as a beginning of a sentence.
func (d *decoder) place() (text string) {
	if d.part != "" {
		text = d.part + " " + quoted(d.name)
	}
	if d.field != "" {
		if text != "" {
			text += ", "
		}
		text += d.field
	}
	if text != "" {
		text += ": "
	}
	return text
}

func (d *decoder) fail(text string) {
	if d.fault == "" {
		d.fault = d.place() + text
		d.r.Fail("stopped")
	}
}

// kind fails, saying what a value is not, where the reader has met another type.
func (d *decoder) kind(want string) {
	if d.r.Err() != nil {
		d.fail("this is not " + want)
	}
}

// fields reads a map and has read take what stands below each key, but for null, which
// stands for nothing. read reports whether there is such a key.
func (d *decoder) fields(read func(key string) bool) {
	var seen []string
	n := d.r.Map()
	d.kind("an object")
	for range n {
		key := d.r.Str()
		d.kind("an object whose keys are texts")
		if d.field = key; len(key) > mostName {
			d.field = ""
			d.fail("a key is longer than " + strconv.Itoa(mostName) + " bytes")
		}
		if d.fault != "" {
			return
		}
		if slices.Contains(seen, key) {
			d.fail("is there twice")
		}
		if d.r.Nil() {
			continue
		}
		if !read(key) {
			d.remarks.Add(d.place() + "no such key is known; it is not used")
			d.r.Skip()
		} else if len(seen) < mostKeys {
			seen = append(seen, key)
		}
	}
	d.field = ""
}

// mostKeys is above the number of keys that anything here has.
const mostKeys = 16

func (d *decoder) overlay() *Overlay {
	o := new(Overlay)
	version := 0
	d.fields(func(key string) bool {
		switch key {
		case "version":
			version = int(d.number(0, 1<<31-1))
		case "at":
			o.At = d.time()
		case "items":
			o.Items = entries(d, key, mostItems, (*decoder).item)
		case "new":
			o.New = entries(d, key, mostNew, (*decoder).newcomer)
		case "rules":
			o.Rules = entries(d, key, mostRules, (*decoder).rule)
		default:
			return false
		}
		d.part, d.name = "", ""
		return true
	})
	if version != Version {
		d.field = "version"
		d.fail("must be " + strconv.Itoa(Version))
	}
	return o
}

// entry is what a part of the document maps names to.
type entry interface{ named() string }

func (i Item) named() string { return string(i.ID) }
func (n New) named() string  { return string(n.ID) }
func (r Rule) named() string { return r.Name }

// entries reads a part of the document, and returns what it has by name.
func entries[T entry](d *decoder, part string, most int, read func(*decoder, *T, string)) []T {
	d.part = ""
	n := d.r.Map()
	d.kind("an object")
	if n > most {
		d.fail("has " + strconv.Itoa(n) + " entries, and may have " + strconv.Itoa(most))
		return nil
	}
	d.part, d.field = part, ""
	var all []T
	for range n {
		d.name = ""
		d.name = d.text(1, mostID)
		if d.r.Nil() {
			continue
		}
		if d.fault != "" {
			return nil
		}
		var one T
		read(d, &one, d.name)
		all = append(all, one)
	}
	sorted := make([]T, len(all))
	for to, from := range vec.Sorted(len(all), func(a, b int32) bool { return all[a].named() < all[b].named() }) {
		sorted[to] = all[from]
		if d.name = sorted[to].named(); to > 0 && d.name == sorted[to-1].named() {
			d.fail("is there twice")
		}
	}
	return sorted
}

func (d *decoder) item(i *Item, name string) {
	i.ID = catalog.ID(name)
	d.fields(func(key string) bool {
		switch key {
		case "stock":
			i.Stock = Amount{d.number(-1e15, 1e15), true}
		case "price":
			i.Price = Amount{d.number(0, 1e15), true}
		case "currency":
			i.Currency = d.currency()
		case "hidden":
			i.Hidden = d.r.Bool()
			d.kind("true or false")
		case "boost":
			i.Boost = float32(d.number(-1, 1))
		case "title":
			i.Title = d.text(1, mostTitle)
		case "image":
			i.Image = d.address()
		case "url":
			i.URL = d.address()
		default:
			return false
		}
		return true
	})
}

func (d *decoder) newcomer(n *New, name string) {
	n.ID = catalog.ID(name)
	d.fields(func(key string) bool {
		switch key {
		case "title":
			n.Title = d.text(1, mostTitle)
		case "year":
			n.Year = d.whole(1, 9999)
		case "genres":
			n.Genres = list[string](d, mostLabels, mostLabel)
		case "tags":
			n.Tags = list[string](d, mostLabels, mostLabel)
		case "text":
			n.Text = d.prose()
		case "image":
			n.Image = d.address()
		case "url":
			n.URL = d.address()
		case "like":
			n.Like = list[catalog.ID](d, mostLike, mostID)
		case "vector":
			n.Vector = d.vector()
		default:
			return false
		}
		return true
	})
	switch {
	case n.Title == "":
		d.fail("a new item needs a title")
	case len(n.Like) > 0 && len(n.Vector) > 0:
		d.fail("has both like and vector: leave one out")
	}
}

func (d *decoder) rule(r *Rule, name string) {
	if r.Name = name; len(name) > mostName {
		d.fail("a name has at most " + strconv.Itoa(mostName) + " bytes")
	}
	d.fields(func(key string) bool {
		switch key {
		case "do":
			r.Do = Action(d.text(1, mostName))
		case "items":
			r.Items = list[catalog.ID](d, mostOfRule, mostID)
		case "where":
			r.Where = d.text(1, mostFilter)
		case "by":
			if r.By = float32(d.number(0, 1)); r.By == 0 {
				d.fail("must be above 0")
			}
		case "to":
			r.To = d.whole(1, mostPlace)
		case "from":
			r.From = d.time()
		case "until":
			r.Until = d.time()
		default:
			return false
		}
		return true
	})
	if text := r.fault(); text != "" {
		d.fail(text)
	}
	if r.Do == Pin {
		r.To = max(r.To, 1)
	}
}

// fault returns why the parts of r do not fit each other, or "".
func (r *Rule) fault() string {
	scaled := r.Do == Boost || r.Do == Bury
	switch {
	case r.Do == "":
		return "a rule needs do, which says what it does: pin, boost, bury or exclude"
	case r.Do != Pin && r.Do != Exclude && !scaled:
		return "do is pin, boost, bury or exclude, not " + quoted(string(r.Do))
	case (len(r.Items) > 0) == (r.Where != ""):
		return "a rule has either items or where, which say what it is about"
	case r.Do == Pin && r.Where != "":
		return "a pin needs items, whose places it says, and has no where"
	case scaled && r.By == 0:
		return "needs by, above 0 to 1"
	case !scaled && r.By != 0:
		return "by belongs to boost and bury alone"
	case r.Do != Pin && r.To != 0:
		return "to belongs to pin alone"
	case r.Until != 0 && r.Until <= r.From:
		return "until comes before from: the rule never holds"
	}
	return ""
}
