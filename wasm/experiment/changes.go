package experiment

// Changes is a set of things that arms change.
type Changes uint8

const (
	ChangesBundle Changes = 1 << iota
	ChangesMix
	ChangesVariety
	ChangesExplore
	Interleaves
)

// Changes returns what some arm of the layer changes.
func (l *Layer) Changes() Changes {
	var c Changes
	for i := range l.Arms {
		a := &l.Arms[i]
		if a.Bundle != "" {
			c |= ChangesBundle
		}
		if a.Mix != nil {
			c |= ChangesMix
		}
		if a.Variety != nil {
			c |= ChangesVariety
		}
		if a.Explore != nil {
			c |= ChangesExplore
		}
		if len(a.Interleave) > 0 {
			c |= Interleaves
		}
	}
	return c
}
