// Package overlay has the live overlay as JSON; package live says what it may hold.
package overlay

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
	"sparrow/wasm/wire"
)

// Decode reads a document, and names the keys that it does not know. It fails on the first
// fault, with its place: the line and column of a text that is no JSON, else the path to it.
// Items and new items ascend by their ids, rules by their names; each is there once.
func Decode(text []byte) (*live.Overlay, live.Remarks, error) {
	packed, err := Pack(text)
	if err != nil {
		return nil, live.Remarks{}, err
	}
	o, remarks, err := live.Decode(packed)
	if err != nil {
		return nil, remarks, err
	}
	slices.SortFunc(o.Items, func(a, b live.Item) int { return strings.Compare(string(a.ID), string(b.ID)) })
	slices.SortFunc(o.New, func(a, b live.New) int { return strings.Compare(string(a.ID), string(b.ID)) })
	slices.SortFunc(o.Rules, func(a, b live.Rule) int { return strings.Compare(a.Name, b.Name) })
	return o, remarks, nil
}

// Pack returns the document as MessagePack, unchecked.
func Pack(text []byte) ([]byte, error) {
	if len(text) > live.MostBytes {
		return nil, fmt.Errorf("live: the document has %d bytes, and may have %d", len(text), live.MostBytes)
	}
	if !utf8.Valid(text) {
		return nil, errors.New("live: the document is not UTF-8: save it as UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	packed, err := value(d, nil, 0)
	at := d.InputOffset()
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			err = errors.New("something stands behind the end of the document")
		}
	}
	if err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = max(0, syntax.Offset-1)
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.HasPrefix(err.Error(), "unexpected end") {
			at, err = int64(len(text)), errors.New("the document ends too early")
		}
		line, column := place(text, at)
		return nil, fmt.Errorf("live: line %d, column %d: %w", line, column, err)
	}
	return packed, nil
}

// place returns the line and the column, in characters from 1 on, of a byte.
func place(text []byte, at int64) (line, column int) {
	before := text[:min(int(at), len(text))]
	line = 1 + bytes.Count(before, []byte("\n"))
	return line, 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
}

// deepest is how deep a document may nest: what the format has takes 4.
const deepest = 16

// value appends the next value of d.
func value(d *json.Decoder, dst []byte, depth int) ([]byte, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	w := &wire.Writer{Buf: dst}
	switch t := t.(type) {
	case nil:
		w.Nil()
	case bool:
		w.Bool(t)
	case float64:
		w.Float64(t)
	case string:
		w.Str(t)
	case json.Delim:
		if depth == deepest {
			return nil, fmt.Errorf("nested more than %d deep", deepest)
		}
		var inside []byte
		n := 0
		keys := map[string]bool{}
		for d.More() {
			at := len(inside)
			if inside, err = value(d, inside, depth+1); err != nil {
				return nil, err
			}
			if key := string(inside[at:]); t == '{' && n%2 == 0 {
				if keys[key] {
					return nil, errors.New("the name before this place is there twice in one object")
				}
				keys[key] = true
			}
			n++
		}
		if _, err := d.Token(); err != nil { // its end
			return nil, err
		}
		if t == '{' {
			w.Map(n / 2)
		} else {
			w.Array(n)
		}
		w.Buf = append(w.Buf, inside...)
	}
	return w.Buf, nil
}

// Encode returns the document as JSON with a line an item, keys in ascending order.
func Encode(o *live.Overlay) []byte {
	out := []byte("{\n  \"version\": 1")
	if o.At != 0 {
		out = fmt.Appendf(out, ",\n  \"at\": %q", moment(o.At))
	}
	out = part(out, "items", o.Items, func(i *live.Item) (string, any) {
		return string(i.ID), itemText{amount(i.Stock), amount(i.Price), i.Currency, i.Hidden, i.Boost, i.Title, i.Image, i.URL}
	})
	out = part(out, "new", o.New, func(n *live.New) (string, any) {
		return string(n.ID), newText{n.Title, n.Year, n.Genres, n.Tags, n.Text, n.Image, n.URL, n.Like, n.Vector}
	})
	out = part(out, "rules", o.Rules, func(r *live.Rule) (string, any) {
		return r.Name, ruleText{r.Do, r.Items, r.Where, r.By, r.To, moment(r.From), moment(r.Until)}
	})
	return append(out, "\n}\n"...)
}

// part appends a map by name, unless it is empty.
func part[T any](out []byte, name string, all []T, text func(*T) (string, any)) []byte {
	for i := range all {
		if i == 0 {
			out = fmt.Appendf(out, ",\n  %q: {\n    ", name)
		} else {
			out = append(out, ",\n    "...)
		}
		key, one := text(&all[i])
		out = append(plain(out, key), ": "...)
		out = plain(out, one)
	}
	if len(all) > 0 {
		out = append(out, "\n  }"...)
	}
	return out
}

// plain appends a value with its signs as they are, also those that HTML has a meaning for.
func plain(out []byte, v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // no value of the format
	}
	return append(out, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}

// itemText, newText and ruleText are what stands below an id and a name.
type itemText struct {
	Stock    *float64 `json:"stock,omitempty"`
	Price    *float64 `json:"price,omitempty"`
	Currency string   `json:"currency,omitempty"`
	Hidden   bool     `json:"hidden,omitempty"`
	Boost    float32  `json:"boost,omitempty"`
	Title    string   `json:"title,omitempty"`
	Image    string   `json:"image,omitempty"`
	URL      string   `json:"url,omitempty"`
}

type newText struct {
	Title  string       `json:"title"`
	Year   int          `json:"year,omitempty"`
	Genres []string     `json:"genres,omitempty"`
	Tags   []string     `json:"tags,omitempty"`
	Text   string       `json:"text,omitempty"`
	Image  string       `json:"image,omitempty"`
	URL    string       `json:"url,omitempty"`
	Like   []catalog.ID `json:"like,omitempty"`
	Vector []float32    `json:"vector,omitempty"`
}

type ruleText struct {
	Do    live.Action  `json:"do"`
	Items []catalog.ID `json:"items,omitempty"`
	Where string       `json:"where,omitempty"`
	By    float32      `json:"by,omitempty"`
	To    int          `json:"to,omitempty"`
	From  string       `json:"from,omitempty"`
	Until string       `json:"until,omitempty"`
}

func amount(a live.Amount) *float64 {
	if !a.Known {
		return nil
	}
	return &a.Value
}

func moment(seconds int64) string {
	if seconds == 0 {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format(time.RFC3339)
}
