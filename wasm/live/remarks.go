package live

import "strconv"

// Remarks are what of an overlay does nothing, and why.
type Remarks struct {
	Count int
	Lines []string // the first of them
}

const mostLines = 20

// Add adds a remark.
func (m *Remarks) Add(line string) {
	if m.Count++; len(m.Lines) < mostLines {
		m.Lines = append(m.Lines, line)
	}
}

// On adds a remark on what has a name in a part of the document.
func (m *Remarks) On(part, name, text string) { m.Add(part + " " + quoted(name) + text) }

// Append adds the remarks of other.
func (m *Remarks) Append(other Remarks) {
	for _, line := range other.Lines {
		m.Add(line)
	}
	m.Count += other.Count - len(other.Lines)
}

// String returns a line for each remark, and how many more there are.
func (m *Remarks) String() string {
	text := ""
	for _, line := range m.Lines {
		text += line + "\n"
	}
	if more := m.Count - len(m.Lines); more > 0 {
		text += "and " + strconv.Itoa(more) + " more\n"
	}
	return text
}
