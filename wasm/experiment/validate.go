package experiment

import (
	"errors"
	"strconv"
)

const (
	mostLayers = 8  // an event names the arm of each
	mostArms   = 20 // of a layer
	mostName   = 64 // bytes of a name or a salt
	hashDigits = 64 // of a bundle
	mostBytes  = 1 << 28
)

// Validate returns what is wrong with the file first, or nil.
func (f *File) Validate() error {
	if f.Version != Version {
		return errors.New("experiment: version " + strconv.Itoa(f.Version) + " is not known, only " + strconv.Itoa(Version))
	}
	return Validate(f.Layers)
}

// Validate returns what is wrong with the layers first, or nil.
func Validate(layers []Layer) error {
	fault := ""
	if len(layers) > mostLayers {
		fault = "more than " + strconv.Itoa(mostLayers) + " layers"
	}
	for i := range layers {
		l := &layers[i]
		of := "layer \"" + l.Name + "\": "
		for j := range i {
			if fault == "" {
				if text := layers[j].conflict(l); text != "" {
					fault = of + text
				}
			}
		}
		if fault == "" {
			if text := l.fault(); text != "" {
				fault = of + text
			}
		}
	}
	if fault != "" {
		return errors.New("experiment: " + fault)
	}
	return nil
}

// conflict returns why m cannot stand beside l, or "".
func (l *Layer) conflict(m *Layer) string {
	if l.Name == m.Name {
		return "another layer has the same name"
	}
	if l.Salt == m.Salt {
		return "layer \"" + l.Name + "\" has the same salt, so both would split the visitors alike"
	}
	if l.Start >= m.End || m.Start >= l.End {
		return ""
	}
	a, b := l.Changes(), m.Changes()
	if a&Interleaves != 0 && b&(ChangesExplore|Interleaves) != 0 || b&Interleaves != 0 && a&ChangesExplore != 0 {
		return "layer \"" + l.Name + "\" runs at the same time, and an interleaved list neither explores nor is interleaved twice"
	}
	for i, what := range []string{"bundle", "mix", "variety", "exploration"} {
		if a&b>>i&1 != 0 {
			return "layer \"" + l.Name + "\" changes the " + what + " at the same time"
		}
	}
	return ""
}

// fault returns what is wrong with a layer, or "".
func (l *Layer) fault() string {
	switch {
	case !isName(l.Name):
		return "its " + nameRule
	case !isName(l.Salt):
		return "its salt: a " + nameRule
	case !(l.Share >= 0 && l.Share <= 1):
		return "its share must be 0 to 1"
	case l.Start >= l.End:
		return "its start must be before its end"
	case len(l.Arms) == 0 || len(l.Arms) > mostArms:
		return "it must have 1 to " + strconv.Itoa(mostArms) + " arms"
	}
	for i := range l.Arms {
		a := &l.Arms[i]
		of := "arm \"" + a.Name + "\": "
		for j := range i {
			if l.Arms[j].Name == a.Name {
				return of + "another arm has the same name"
			}
		}
		if text := a.fault(); text != "" {
			return of + text
		}
		if text := l.pair(a); text != "" {
			return of + text
		}
	}
	return ""
}

// fault returns what is wrong with an arm by itself, or "".
func (a *Arm) fault() string {
	switch {
	case !isName(a.Name):
		return "its " + nameRule
	case !(a.Weight > 0 && a.Weight <= 1e9):
		return "its weight must be above 0"
	case a.Bundle != "" && !isHash(a.Bundle):
		return "its bundle must be a SHA-256 in 64 hex digits, lower case"
	case (a.Bundle != "") != (a.Bytes > 0) || a.Bytes < 0 || a.Bytes > mostBytes:
		return "bundle and bytes belong together, bytes from 1 to " + strconv.Itoa(mostBytes)
	case a.Mix != nil && !a.Mix.valid():
		return "the shares of its mix must be 0 to 1, and their sum too"
	case a.Variety != nil && !(*a.Variety >= 0 && *a.Variety <= 1):
		return "its variety must be 0 to 1"
	case a.Explore != nil && !(*a.Explore > 0 && *a.Explore <= 10):
		return "its explore must be above 0, and 10 at most"
	}
	return ""
}

func (m *Mix) valid() bool {
	return m.Transition >= 0 && m.Popular >= 0 && m.Trending >= 0 && m.Transition+m.Popular+m.Trending <= 1+1e-9
}

// pair returns what is wrong with the arms that a lets share a list, or "".
func (l *Layer) pair(a *Arm) string {
	if len(a.Interleave) == 0 {
		return ""
	}
	if a.Mix != nil || a.Variety != nil || a.Explore != nil {
		return "it interleaves two arms and has no mix, variety or explore of its own"
	}
	if len(a.Interleave) != 2 || a.Interleave[0] == a.Interleave[1] {
		return "interleave must name two different arms"
	}
	for _, name := range a.Interleave {
		switch b := l.ArmNamed(name); {
		case b == nil:
			return "interleave names \"" + name + "\", and this layer has no such arm"
		case len(b.Interleave) > 0:
			return "interleave names \"" + name + "\", which interleaves itself"
		case b.Explore != nil:
			return "interleave names \"" + name + "\", which explores: a win could then be luck"
		case b.Bundle != a.Bundle:
			return "interleave names \"" + name + "\", which has another bundle: one engine makes both lists"
		}
	}
	return ""
}

const nameRule = "name must have 1 to 64 letters, digits, dots, hyphens or underscores"

// isName reports whether s can be a name or a salt: names stand side by side in
// attributes and tables, and a salt gets suffixes that begin with a slash.
func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_') {
			return false
		}
	}
	return len(s) > 0 && len(s) <= mostName
}

func isHash(s string) bool {
	for i := range len(s) {
		if c := s[i]; !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return len(s) == hashDigits
}
