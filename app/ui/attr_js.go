package ui

// attr returns s safe to be an attribute's value. In the browser it already is:
// go-app calls setAttribute.
func attr(s string) string { return s }
