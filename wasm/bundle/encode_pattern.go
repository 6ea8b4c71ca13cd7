//go:build !js

package bundle

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"sparrow/wasm/catalog"
)

// frame is what a pattern takes beside its texts and numbers, at most.
const frame = 24

// addresses writes a column of addresses, at returning that of an item: as a pattern
// where they have one and it is shorter, else as lines.
func (e *encoder) addresses(lines, pattern string, c *catalog.Catalog, at func(catalog.Row) string) {
	texts, size := addressesOf(c, at), 0
	for _, s := range texts {
		size += len(s) + 1
	}
	if p := patternOf(c.IDs, texts); p != nil && len(p.Prefix)+len(p.Suffix)+len(p.Numbers)+frame < size {
		e.key(pattern)
		e.array(4)
		e.keep(e.EncodeString(p.Prefix))
		e.keep(e.EncodeString(p.Suffix))
		e.uint(uint64(p.Digits))
		e.raw(p.Numbers)
		return
	}
	e.texts(lines, texts)
}

// addressesOf returns what at returns for each item.
func addressesOf(c *catalog.Catalog, at func(catalog.Row) string) []string {
	texts := make([]string, c.Len())
	for r := range texts {
		texts[r] = at(catalog.Row(r))
	}
	return texts
}

// addressed reports whether there is a column of addresses, and it can be written.
func (e *encoder) addressed(c *catalog.Catalog, texts []string, p *catalog.Pattern) bool {
	if texts != nil && len(texts) != c.Len() {
		e.keep(errors.New("a column has another length"))
	}
	return (texts != nil || p != nil) && e.err == nil
}

// patternOf returns the pattern of texts, one an item, or nil when they have none.
func patternOf(ids []catalog.ID, texts []string) *catalog.Pattern {
	p := ofIDs(ids, texts)
	if p == nil {
		p = ofNumbers(texts)
	}
	if p == nil || max(len(p.Prefix), len(p.Suffix)) > mostAffix || strings.Contains(p.Prefix+p.Suffix, "\n") {
		return nil
	}
	return p
}

// ofIDs returns the pattern of texts that have the item's id, all in one place.
func ofIDs(ids []catalog.ID, texts []string) *catalog.Pattern {
	first, id := texts[0], string(ids[0])
	for at := range first {
		if !strings.HasPrefix(first[at:], id) {
			continue
		}
		prefix, suffix, all := first[:at], first[at+len(id):], true
		for r := 0; r < len(texts) && all; r++ {
			all = texts[r] == prefix+string(ids[r])+suffix
		}
		if all {
			return &catalog.Pattern{Prefix: prefix, Suffix: suffix}
		}
	}
	return nil
}

// affixes returns what all texts but the empty ones begin and end with, without the
// digits next to what differs, and where the two do not overlap.
func affixes(texts []string) (prefix, suffix string) {
	first := true
	for _, s := range texts {
		switch {
		case s == "":
		case first:
			prefix, suffix, first = s, s, false
		default:
			for !strings.HasPrefix(s, prefix) {
				prefix = prefix[:len(prefix)-1]
			}
			for !strings.HasSuffix(s, suffix) {
				suffix = suffix[1:]
			}
		}
	}
	prefix = strings.TrimRight(prefix, digits)
	for _, s := range texts {
		if s != "" {
			suffix = suffix[max(0, len(prefix)+len(suffix)-len(s)):]
		}
	}
	return prefix, strings.TrimLeft(suffix, digits)
}

const digits = "0123456789"

// ofNumbers returns the pattern of texts that are empty or differ in a number.
func ofNumbers(texts []string) *catalog.Pattern {
	p := &catalog.Pattern{Digits: catalog.MostDigits}
	p.Prefix, p.Suffix = affixes(texts)
	number := func(s string) string { return s[len(p.Prefix) : len(s)-len(p.Suffix)] }
	for _, s := range texts {
		if s != "" {
			p.Digits = min(p.Digits, len(number(s)))
		}
	}
	codes, most := make([]uint64, len(texts)), uint64(0)
	for r, s := range texts {
		if s == "" {
			continue
		}
		n := number(s)
		v, err := strconv.ParseUint(n, 10, 64)
		if err != nil || v == math.MaxUint64 || len(n) > p.Digits && n[0] == '0' {
			return nil
		}
		codes[r] = v + 1
		most = max(most, v+1)
	}
	if most == 0 { // no item has a text
		return nil
	}
	for shift := 56; shift >= 0; shift -= 8 {
		if most>>shift == 0 {
			continue
		}
		for _, v := range codes {
			p.Numbers = append(p.Numbers, byte(v>>shift))
		}
	}
	return p
}
