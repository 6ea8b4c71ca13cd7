package abtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sparrow/wasm/experiment"
)

// Parse reads experiments.json. It refuses what encoding/json lets pass: unknown
// and repeated names, names in another case, and text after the end. An error
// names the line and the way there.
func Parse(data []byte) (*experiment.File, error) {
	c := checker{data: data, tokens: json.NewDecoder(bytes.NewReader(data))}
	c.tokens.UseNumber()
	err := c.value("", file)
	if err == nil {
		if _, more := c.tokens.Token(); more != io.EOF {
			err = c.fault("", "there is more after the end of the object: remove it")
		}
	}
	if err != nil {
		return nil, err
	}
	var f experiment.File
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err // a number that does not fit
	}
	if err := f.Validate(); err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), "experiment: "))
	}
	return &f, nil
}

// shape is what a value must be.
type shape struct {
	kind   string // "object", "list", "text", "number", "moment"
	names  []field
	inside *shape // of a list's elements
}

// field is a name of an object.
type field struct {
	name string
	must bool
	of   *shape
}

var (
	text   = &shape{kind: "text"}
	number = &shape{kind: "number"}
	moment = &shape{kind: "moment"}
	mix    = &shape{kind: "object", names: []field{{"transition", false, number}, {"popular", false, number}, {"trending", false, number}}}
	arm    = &shape{kind: "object", names: []field{
		{"name", true, text}, {"weight", true, number}, {"bundle", false, text}, {"bytes", false, number}, {"mix", false, mix},
		{"variety", false, number}, {"explore", false, number}, {"interleave", false, &shape{kind: "list", inside: text}},
	}}
	layer = &shape{kind: "object", names: []field{
		{"name", true, text}, {"salt", true, text}, {"share", true, number}, {"start", true, moment}, {"end", true, moment},
		{"arms", true, &shape{kind: "list", inside: arm}},
	}}
	file = &shape{kind: "object", names: []field{{"version", true, number}, {"layers", true, &shape{kind: "list", inside: layer}}}}
)

// checker walks the text by its tokens.
type checker struct {
	data   []byte
	tokens *json.Decoder
}

func (c *checker) fault(path, format string, args ...any) error {
	if path == "" {
		path = "the file"
	}
	line := 1 + bytes.Count(c.data[:min(len(c.data), int(c.tokens.InputOffset()))], []byte("\n"))
	return fmt.Errorf("line %d: %s: %s", line, path, fmt.Sprintf(format, args...))
}

// next returns the next token.
func (c *checker) next(path string) (json.Token, error) {
	t, err := c.tokens.Token()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return nil, c.fault(path, "this is no JSON: %v", err)
	case err != nil:
		return nil, c.fault(path, "the file ends in the middle of it")
	}
	return t, nil
}

// value checks the next value.
func (c *checker) value(path string, s *shape) error {
	t, err := c.next(path)
	if err != nil {
		return err
	}
	switch v := t.(type) {
	case json.Delim:
		if v == '{' && s.kind == "object" {
			return c.object(path, s)
		}
		if v == '[' && s.kind == "list" {
			return c.list(path, s)
		}
	case json.Number:
		if s.kind == "number" {
			return nil
		}
	case string:
		if s.kind == "text" {
			return nil
		}
		if s.kind == "moment" {
			if err := new(experiment.Moment).UnmarshalText([]byte(v)); err != nil {
				return c.fault(path, "%q is no moment: write it in UTC, like 2026-11-01T00:00:00Z", v)
			}
			return nil
		}
	}
	return c.fault(path, "this must be %s", map[string]string{
		"object": "an object in braces", "list": "a list in brackets", "text": "text in quotes", "number": "a number",
		"moment": "a moment in quotes, like \"2026-11-01T00:00:00Z\"",
	}[s.kind])
}

func (c *checker) list(path string, s *shape) error {
	for i := 0; c.tokens.More(); i++ {
		if err := c.value(fmt.Sprintf("%s[%d]", path, i), s.inside); err != nil {
			return err
		}
	}
	_, err := c.next(path)
	return err
}

func (c *checker) object(path string, s *shape) error {
	var seen []string
	for c.tokens.More() {
		t, err := c.next(path)
		if err != nil {
			return err
		}
		name := t.(string) // the decoder lets nothing else pass
		at := strings.TrimPrefix(path+"."+name, ".")
		i := slices.IndexFunc(s.names, func(f field) bool { return f.name == name })
		switch {
		case i < 0:
			var known []string
			for _, f := range s.names {
				known = append(known, f.name)
			}
			return c.fault(at, "there is no such name here; known are %s", strings.Join(known, ", "))
		case slices.Contains(seen, name):
			return c.fault(at, "it stands here twice: remove one")
		}
		seen = append(seen, name)
		if err := c.value(at, s.names[i].of); err != nil {
			return err
		}
	}
	if _, err := c.next(path); err != nil {
		return err
	}
	for _, f := range s.names {
		if f.must && !slices.Contains(seen, f.name) {
			return c.fault(path, "%s is missing: add it", f.name)
		}
	}
	return nil
}
