package live

import (
	"errors"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/wire"
)

// Decode reads a document, and names the keys that it does not know. It fails on the
// first fault, with its place: items "B-17", price: …
func Decode(b []byte) (*Overlay, Remarks, error) {
	d := decoder{r: wire.NewReader(b), all: b}
	d.atMost(len(b), MostBytes, "bytes")
	o := d.overlay()
	d.r.End()
	if d.fault == "" && d.r.Err() != nil {
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
	entry   string // the item, new item or rule: items "B-17"; "" outside of these
	key     string
	remarks Remarks
	fault   string // the first one, with its place

	values  [mostKeys]value // of the entry, parallel to its keys
	all     []byte          // the document
	written []byte          // the part of it that is the entry
}

// value is what stands below a key.
type value struct {
	known   bool
	number  float64 // also 1 for true, and of a time the Unix seconds
	text    string
	texts   []string
	numbers []float32
}

func (d *decoder) place() string {
	switch {
	case d.entry == "" && d.key == "":
		return ""
	case d.entry == "":
		return d.key + ": "
	case d.key == "":
		return d.entry + ": "
	}
	return d.entry + ", " + d.key + ": "
}

func (d *decoder) fail(text string) {
	if d.fault == "" {
		d.fault = d.place() + text
		d.r.Fail("stopped")
	}
}

// want fails, saying what there should be, where the reader has met something else.
func (d *decoder) want(what string) {
	if d.r.Err() != nil {
		d.fail("this is not " + what)
	}
}

func (d *decoder) atMost(n, most int, of string) {
	if n > most {
		d.fail("has " + strconv.Itoa(n) + " " + of + ", and may have " + strconv.Itoa(most))
	}
}

// object reads a map and has read take what stands below each key, but for null, which
// stands for nothing. read reports whether there is such a key.
func (d *decoder) object(read func(key string) bool) {
	n := d.r.Map()
	d.want("an object")
	for range n {
		d.key = ""
		key := d.text(1, mostName)
		if d.key = key; d.fault != "" {
			return
		}
		if !d.r.Nil() && !read(key) {
			d.remarks.Add(d.place() + "no such key is known; it is not used")
			d.r.Skip()
		}
	}
	d.key = ""
}

func (d *decoder) overlay() *Overlay {
	o, version := new(Overlay), 0.0
	d.object(func(key string) bool {
		switch key {
		case "version":
			version = d.number(0, 1e9)
		case "at":
			o.At = d.time()
		case "items":
			d.entries(mostItems, itemKeys, func(name string) { o.Items = append(o.Items, d.item(name)) })
		case "new":
			d.entries(mostNew, newKeys, func(name string) { o.New = append(o.New, d.newcomer(name)) })
		case "rules":
			d.entries(mostRules, ruleKeys, func(name string) { o.Rules = append(o.Rules, d.rule(name)) })
		default:
			return false
		}
		return true
	})
	if version != Version {
		d.key = "version"
		d.fail("must be " + strconv.Itoa(Version))
	}
	return o
}

// entries reads a map of names to objects of some keys, and has add take each, whose values
// are then in d.
func (d *decoder) entries(most int, keys []key, add func(name string)) {
	n := d.r.Map()
	d.want("an object")
	d.atMost(n, most, "entries")
	part := d.key
	for range n {
		d.entry, d.key = part, ""
		name := d.text(1, mostID)
		d.entry = part + " " + quoted(name)
		if d.fault != "" {
			return
		}
		if d.r.Nil() {
			continue
		}
		clear(d.values[:])
		from := d.r.Rest()
		d.object(func(key string) bool {
			for i := range keys {
				if keys[i].name == key {
					d.read(&keys[i], &d.values[i])
					return true
				}
			}
			return false
		})
		d.written = d.all[len(d.all)-from : len(d.all)-d.r.Rest()]
		add(name)
	}
	d.entry = ""
}

func (d *decoder) item(name string) Item {
	v := &d.values
	return Item{
		ID: catalog.ID(name), Stock: v[0].amount(), Price: v[1].amount(), Currency: v[2].text, Hidden: v[3].number != 0, Boost: float32(v[4].number),
		Title: v[5].text, Image: v[6].text, URL: v[7].text,
	}
}

func (v *value) amount() Amount { return Amount{v.number, v.known} }

func (d *decoder) newcomer(name string) New {
	v := &d.values
	n := New{
		ID: catalog.ID(name), Title: v[0].text, Year: int(v[1].number), Genres: v[2].texts, Tags: v[3].texts, Text: v[4].text,
		Image: v[5].text, URL: v[6].text, Like: ids(v[7].texts), Vector: v[8].numbers, Written: string(d.written),
	}
	switch {
	case n.Title == "":
		d.fail("a new item needs a title")
	case len(n.Like) > 0 && len(n.Vector) > 0:
		d.fail("has both like and vector: leave one out")
	}
	return n
}

func (d *decoder) rule(name string) Rule {
	d.atMost(len(name), mostName, "bytes of a name")
	v := &d.values
	r := Rule{
		Name: name, Do: Action(v[0].text), Items: ids(v[1].texts), Where: v[2].text, By: float32(v[3].number), To: int(v[4].number),
		From: int64(v[5].number), Until: int64(v[6].number),
	}
	if text := r.fault(); text != "" {
		d.fail(text)
	}
	if r.Do == Pin {
		r.To = max(r.To, 1)
	}
	return r
}

func ids(texts []string) []catalog.ID {
	if texts == nil {
		return nil
	}
	all := make([]catalog.ID, len(texts))
	for i, text := range texts {
		all[i] = catalog.ID(text)
	}
	return all
}

// fault returns why the parts of r do not fit each other, or "".
func (r *Rule) fault() string {
	scaled := r.Do == Boost || r.Do == Bury
	switch {
	case r.Do != Pin && r.Do != Exclude && !scaled:
		return "do says what a rule does: pin, boost, bury or exclude, not " + quoted(string(r.Do))
	case (len(r.Items) > 0) == (r.Where != ""):
		return "a rule has either items or where, which say what it is about"
	case r.Do == Pin && r.Where != "":
		return "a pin needs items, whose places it says, and has no where"
	case scaled != (r.By > 0):
		return "by, above 0 to 1, is of boost and bury, and of nothing else"
	case r.Do != Pin && r.To != 0:
		return "to belongs to pin alone"
	case r.Until != 0 && r.Until <= r.From:
		return "until comes before from: the rule never holds"
	}
	return ""
}
