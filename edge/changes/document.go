package changes

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"sparrow/edge/overlay"
)

// document is an overlay as JSON: its entries by part and by key, each as it
// was written.
type document struct {
	head  map[string]json.RawMessage            // what is no part, such as the version
	parts map[string]map[string]json.RawMessage // by their names: items, new and rules
}

var partNames = []string{"items", "new", "rules"}

// parse reads an overlay that is known to be one.
func parse(text []byte) (document, error) {
	d := document{parts: map[string]map[string]json.RawMessage{}}
	if err := json.Unmarshal(text, &d.head); err != nil {
		return d, err
	}
	for _, name := range partNames {
		var part map[string]json.RawMessage
		if raw, there := d.head[name]; there {
			if err := json.Unmarshal(raw, &part); err != nil {
				return d, fmt.Errorf("%s: want an object", name)
			}
			delete(d.head, name)
		}
		if part == nil {
			part = map[string]json.RawMessage{}
		}
		d.parts[name] = part
	}
	return d, nil
}

// text returns d as JSON, with its keys in their order and a line an entry.
func (d *document) text() []byte {
	b := []byte("{")
	add := func(key string, value []byte, before string) {
		b = append(append(append(append(b, before...), encode(key)...), ": "...), value...)
	}
	before := "\n  "
	for _, key := range slices.Sorted(maps.Keys(d.head)) {
		add(key, d.head[key], before)
		before = ",\n  "
	}
	for _, name := range partNames {
		part := d.parts[name]
		if len(part) == 0 {
			continue
		}
		add(name, []byte("{"), before)
		between := "\n    "
		for _, key := range slices.Sorted(maps.Keys(part)) {
			add(key, part[key], between)
			between = ",\n    "
		}
		b, before = append(b, "\n  }"...), ",\n  "
	}
	return append(b, "\n}\n"...)
}

// edit is one entry that a change gives another value.
type edit struct {
	part, key string
	value     json.RawMessage // nil to take the entry out
}

// edits returns what a change, a JSON Merge Patch (RFC 7396), makes of the entries
// of d, which stays as it is, and what it says beside its parts.
func (d *document) edits(change []byte) (list []edit, head map[string]json.RawMessage, err error) {
	if _, err := overlay.Pack(change); err != nil { // it says where the text is no JSON
		return nil, nil, err
	}
	if json.Unmarshal(change, &head) != nil || head == nil {
		return nil, nil, errors.New("want an object, such as {\"items\": {\"B-17\": {\"stock\": 0}}}")
	}
	for _, name := range partNames {
		raw, there := head[name]
		if !there {
			continue
		}
		delete(head, name)
		var entries map[string]json.RawMessage
		if err := json.Unmarshal(raw, &entries); err != nil {
			return nil, nil, fmt.Errorf("%s: want an object, or null to take all of them back", name)
		}
		if entries == nil {
			for _, key := range slices.Sorted(maps.Keys(d.parts[name])) {
				list = append(list, edit{name, key, nil})
			}
		}
		for _, key := range slices.Sorted(maps.Keys(entries)) {
			value, err := merged(d.parts[name][key], entries[key])
			if err != nil {
				return nil, nil, fmt.Errorf("%s %q: %w", name, key, err)
			}
			list = append(list, edit{name, key, value})
		}
	}
	return list, head, nil
}

// apply makes the edits in d.
func (d *document) apply(list []edit) {
	for _, e := range list {
		if e.value == nil {
			delete(d.parts[e.part], e.key)
		} else {
			d.parts[e.part][e.key] = e.value
		}
	}
}

// draft returns an overlay of the entries alone that the edits give a value: what
// is wrong with the change is wrong with that.
func draft(list []edit, head map[string]json.RawMessage) []byte {
	d := document{head: head, parts: map[string]map[string]json.RawMessage{}}
	for _, name := range partNames {
		d.parts[name] = map[string]json.RawMessage{}
	}
	d.apply(list)
	return d.text()
}

// merged returns an entry after a change of it; nil where nothing is left.
func merged(entry, change json.RawMessage) (json.RawMessage, error) {
	var old, with any
	if err := decode(change, &with); err != nil {
		return nil, err
	}
	if with == nil {
		return nil, nil
	}
	if _, is := with.(map[string]any); !is {
		return nil, errors.New("want an object, or null to take it back")
	}
	if entry != nil {
		if err := decode(entry, &old); err != nil {
			return nil, err
		}
	}
	all := merge(old, with).(map[string]any)
	if len(all) == 0 {
		return nil, nil
	}
	return encode(all), nil
}

// merge is MergePatch of RFC 7396, section 2.
func merge(target, patch any) any {
	changes, is := patch.(map[string]any)
	if !is {
		return patch
	}
	all, is := target.(map[string]any)
	if !is {
		all = map[string]any{}
	}
	for key, value := range changes {
		if value == nil {
			delete(all, key)
		} else {
			all[key] = merge(all[key], value)
		}
	}
	return all
}

// decode reads JSON that is known to be such, with numbers as they are written.
func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(into)
}

// encode writes values that JSON has.
func encode(value any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err) // of raw messages that were parsed
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
