// Package titles reads titles.csv, in which the owner of a catalog says what its items are
// called in other languages and otherwise, into columns of attributes that bundles keep and
// searches read.
package titles

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sparrow/build/plural"
	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
)

// File is what the file of names is called in a folder of data.
const File = "titles.csv"

const (
	mostTitle = 255 // bytes
	also      = "also"
)

// Titles are the names of a catalog's items by language.
type Titles struct {
	Columns []attribute.Column // title_de, title_zh …, by language; with title_zh also its pinyin
	Names   int                // how many there are
	Items   int                // how many items have one
	Unknown int                // rows whose item the catalog lacks
	Again   int                // rows that say what another one said
	First   string             // the first row of Unknown, as "titles.csv:12: item 99"
}

// Read reads the file at path, which has a header and the columns item_id, lang and title in
// any order, for the items of c. Rows of one item and language are names of the same item, of
// which the first one is its title in that language; one without a language is a name that is
// searched and never shown as a title. A row that cannot be meant is an error.
func Read(path string, c *catalog.Catalog) (*Titles, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := read(f, c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

func read(r io.Reader, c *catalog.Catalog) (*Titles, error) {
	rows := csv.NewReader(r)
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("the header: %w", err)
	}
	var at [3]int
	for i, want := range [...]string{"item_id", "lang", "title"} {
		at[i] = slices.IndexFunc(header, func(name string) bool { return strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")) == want })
		if at[i] < 0 {
			return nil, fmt.Errorf("the header %q has no column %s: item_id, lang and title are needed", strings.Join(header, ","), want)
		}
	}
	t, names := new(Titles), map[string]map[catalog.Row][]string{}
	items := map[catalog.Row]bool{}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		line, _ := rows.FieldPos(0)
		id, title := strings.TrimSpace(row[at[0]]), strings.TrimSpace(row[at[2]])
		lang, err := language(row[at[1]])
		if err == nil {
			err = check(title)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		item, known := c.Row(catalog.ID(id))
		if !known {
			if t.Unknown++; t.Unknown == 1 {
				t.First = fmt.Sprintf("line %d: item %q", line, id)
			}
			continue
		}
		if names[lang] == nil {
			names[lang] = map[catalog.Row][]string{}
		}
		own := names[lang][item]
		switch {
		case slices.Contains(own, title):
			t.Again++
			continue
		case len(own) == attribute.MostValues:
			return nil, fmt.Errorf("line %d: more than %d names of item %q in one language", line, attribute.MostValues, id)
		}
		names[lang][item] = append(own, title)
		items[item] = true
		t.Names++
	}
	t.Items = len(items)
	for _, lang := range slices.Sorted(mapKeys(names)) {
		t.Columns = append(t.Columns, column(catalog.NameColumn+lang, names[lang], c.Len()))
		if lang == "zh" {
			spelled := map[catalog.Row][]string{}
			for item, own := range names[lang] {
				for _, name := range own {
					spelled[item] = append(spelled[item], cmp.Or(pinyin(name), name))
				}
			}
			t.Columns = append(t.Columns, column(catalog.PinyinColumn, spelled, c.Len()))
		}
	}
	return t, nil
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// language returns a language as columns are called: its tag in lower case, "also" for none.
func language(tag string) (string, error) {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if tag == "" {
		return also, nil
	}
	for i, part := range strings.Split(tag, "-") {
		plain := strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
		if !plain || i == 0 && len(part) != 2 && len(part) != 3 || i > 0 && (len(part) < 2 || len(part) > 8) {
			return "", fmt.Errorf("the language %q is none: write de, zh or zh-tw, or nothing for a name of no language", tag)
		}
	}
	return tag, nil
}

// check returns why a title cannot be one.
func check(title string) error {
	switch {
	case title == "":
		return errors.New("no title")
	case len(title) > mostTitle:
		return fmt.Errorf("a title of %d bytes, and %d are the most", len(title), mostTitle)
	case !utf8.ValidString(title):
		return errors.New("a title that is not UTF-8")
	case strings.ContainsFunc(title, unicode.IsControl):
		return fmt.Errorf("a title with characters that are not shown: %q", title)
	}
	return nil
}

// column returns a column of n items with these names: a text an item, or lists where one has
// several.
func column(name string, names map[catalog.Row][]string, n int) attribute.Column {
	var texts []string
	counts, several := make([]uint8, n), false
	for r := range n {
		own := names[catalog.Row(r)]
		texts = append(texts, own...)
		counts[r], several = uint8(len(own)), several || len(own) > 1
	}
	if several {
		indices := make([]uint32, len(texts))
		for i := range indices {
			indices[i] = uint32(i)
		}
		return attribute.NewList(name, texts, counts, indices)
	}
	c := attribute.Column{Name: name, Kind: attribute.Text}
	known, codes := []uint32(nil), make([]uint32, n)
	c.Texts, known = attribute.NewTexts(texts)
	for r, count := range counts {
		if count > 0 {
			codes[r], known = known[0], known[1:]
		}
	}
	c.Bits, c.Codes = attribute.Pack(codes, c.Distinct())
	return c
}

// Give gives c the columns of t in place of those of the same names; columns that the owner
// declared among the attributes are no names of t, so that one of these is an error.
func (t *Titles) Give(c *catalog.Catalog, declared bool) error {
	for _, own := range t.Columns {
		at := slices.IndexFunc(c.Attributes, func(a attribute.Column) bool { return a.Name == own.Name })
		switch {
		case at >= 0 && declared:
			return fmt.Errorf("%s is a column of items.csv that --attributes declares, and a language of the file of titles: keep one of them", own.Name)
		case at >= 0:
			c.Attributes[at] = own
		case len(c.Attributes) == attribute.MostColumns:
			return fmt.Errorf("no room for %s: there are %d columns already", own.Name, attribute.MostColumns)
		default:
			c.Attributes = append(c.Attributes, own)
		}
	}
	return nil
}

// String says what was read.
func (t *Titles) String() string {
	var langs []string
	for _, c := range t.Columns {
		langs = append(langs, c.Name)
	}
	text := fmt.Sprintf("%s of %s: %s", plural.Of(t.Names, "name"), plural.Of(t.Items, "item"), strings.Join(langs, ", "))
	if t.Again > 0 {
		text += fmt.Sprintf("; not used, since another row says so already: %s", plural.Of(t.Again, "row"))
	}
	if t.Unknown > 0 {
		text += fmt.Sprintf("; not used, since the catalog lacks their items: %s, the first at %s", plural.Of(t.Unknown, "row"), t.First)
	}
	return text
}
