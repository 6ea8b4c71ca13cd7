package dataset

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// genreSeparator returns what stands between the genres of a column: a bar, as we
// ask for, or a comma or semicolon where more items have those, as IMDb, TMDB and
// spreadsheets write lists. A list in brackets is one, too.
func genreSeparator(lists []string) string {
	var counts [3]int
	separators := []string{"|", ",", ";"}
	for _, list := range lists {
		if written(list) != nil {
			continue
		}
		for i, s := range separators {
			if strings.Contains(strings.Trim(list, s+" "), s) {
				counts[i]++
			}
		}
	}
	best := 0
	for i := range counts {
		if counts[i] > counts[best] {
			best = i
		}
	}
	return separators[best]
}

// separatorNames are what lists are separated by in place of a bar.
var separatorNames = map[string]string{",": "commas", ";": "semicolons"}

// inQuotes are the strings of a list, and named those of its objects that have the key
// name, as programs write them in JSON or in Python's way: ["Drama", 'War'] and
// [{'id': 18, 'name': 'Drama'}].
var (
	inQuotes = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'`)
	named    = regexp.MustCompile(`["']name["']\s*:\s*(?:` + inQuotes.String() + `)`)
)

// written returns the genres of a list that a program wrote, or nil where it is none.
func written(list string) (genres []string) {
	if !strings.HasPrefix(list, "[") || !strings.HasSuffix(list, "]") {
		return nil
	}
	quoted := inQuotes
	if strings.Contains(list, "{") {
		quoted = named
	}
	for _, m := range quoted.FindAllStringSubmatch(list, -1) {
		g := m[1] + m[2]
		var plain string
		if json.Unmarshal([]byte(`"`+strings.ReplaceAll(g, `\'`, "'")+`"`), &plain) == nil {
			g = plain
		}
		genres = append(genres, g)
	}
	return genres
}

// splitList returns the parts of a list, without those that stand for none.
func splitList(list, separator string) (kept []string) {
	parts := written(list)
	if parts == nil {
		if strings.HasPrefix(list, "[") && strings.HasSuffix(list, "]") {
			list = list[1 : len(list)-1]
		}
		parts = strings.FieldsFunc(list, func(r rune) bool { return r == '|' || strings.ContainsRune(separator, r) })
	}
	for _, p := range parts {
		if p = strings.Trim(strings.Join(strings.Fields(p), " "), `'"`); !isNull([]byte(p)) {
			kept = append(kept, p)
		}
	}
	return kept
}

// splitGenres returns the genres of a list, without those that stand for none.
func splitGenres(list, separator string) []string {
	return slices.DeleteFunc(splitList(list, separator), func(g string) bool {
		return strings.EqualFold(g, "(no genres listed)") || strings.EqualFold(g, "unknown")
	})
}

// spellings decides how genres are written that differ in case only: as most items
// write them, of equals as the first one does.
type spellings struct {
	count map[string]int    // of each spelling
	best  map[string]string // by the spelling in small letters
}

func (s *spellings) add(g string) {
	if s.count == nil {
		s.count, s.best = make(map[string]int), make(map[string]string)
	}
	key := strings.ToLower(g)
	s.count[g]++
	if b, ok := s.best[key]; !ok || s.count[g] > s.count[b] {
		s.best[key] = g
	}
}

// merged says which spellings were merged, sorted.
func (s *spellings) merged() (list []string) {
	for _, g := range slices.Sorted(maps.Keys(s.count)) {
		if b := s.best[strings.ToLower(g)]; b != g {
			list = append(list, fmt.Sprintf("genre %s, read as %s", g, b))
		}
	}
	return list
}

// resolve turns the lists of all items into numbers.
func (m *catalogBuilder) resolve() {
	separator := "|"
	if m.generic {
		if separator = genreSeparator(m.lists); separator != "|" {
			m.in.l.report.note(m.in.name, "genres separated by "+separatorNames[separator], len(m.lists))
		}
	}
	if m.words {
		separator = " "
		m.in.l.report.note(m.in.name, "genres separated by spaces, as RecBole's token_seq is", len(m.lists))
	}
	var spelt spellings
	programs := 0
	split, known := make([][]string, len(m.lists)), make(map[string][]string) // many lists are alike
	for r, list := range m.lists {
		programs += one(written(list) != nil)
		genres, ok := known[list]
		if !ok {
			genres = splitGenres(list, separator)
			known[list] = genres
		}
		split[r] = genres
		for _, g := range split[r] {
			spelt.add(g)
		}
	}
	m.in.l.report.note(m.in.name, "genres as lists in brackets, as programs write them", programs)
	for _, line := range spelt.merged() {
		m.in.l.report.note(m.in.name, line, spelt.count[strings.TrimPrefix(line[:strings.Index(line, ", read as ")], "genre ")])
	}
	numbers := make(map[string]uint8)
	for r, genres := range split {
		for _, g := range genres {
			g = spelt.best[strings.ToLower(g)]
			i, ok := numbers[g]
			if !ok {
				if len(m.c.GenreNames) == maxGenres {
					m.in.l.report.fair(m.in.name, m.in.name, "more than 255 genres; the item stays without this one", g)
					continue
				}
				i = uint8(len(m.c.GenreNames))
				numbers[g] = i
				m.c.GenreNames = append(m.c.GenreNames, g)
			}
			if !slices.Contains(m.c.Genres[r], i) {
				m.c.Genres[r] = append(m.c.Genres[r], i)
			}
		}
	}
	m.lists = nil
}
