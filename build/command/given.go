package command

import "strings"

// setFlag is a flag, and whether it was given.
type setFlag struct {
	name string
	set  bool
}

// namesOf returns the names of the flags that were given.
func namesOf(flags []setFlag) string {
	var names []string
	for _, f := range flags {
		if f.set {
			names = append(names, f.name)
		}
	}
	return strings.Join(names, ", ")
}
