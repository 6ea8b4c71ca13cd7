package experiment

// Changes are the things that some arm of a layer changes.
type Changes struct{ Bundle, Mix, Variety, Explore, Interleave bool }

// Changes returns what the layer's arms differ in.
func (l *Layer) Changes() Changes {
	var c Changes
	for i := range l.Arms {
		a := &l.Arms[i]
		c.Bundle = c.Bundle || a.Bundle != ""
		c.Mix = c.Mix || a.Mix != nil
		c.Variety = c.Variety || a.Variety != nil
		c.Explore = c.Explore || a.Explore != nil
		c.Interleave = c.Interleave || len(a.Interleave) > 0
	}
	return c
}

// both names a thing that a and b change alike, "" for none.
func (a Changes) both(b Changes) string {
	switch {
	case a.Bundle && b.Bundle:
		return "bundle"
	case a.Mix && b.Mix:
		return "mix"
	case a.Variety && b.Variety:
		return "variety"
	case a.Explore && b.Explore:
		return "exploration"
	}
	return ""
}
