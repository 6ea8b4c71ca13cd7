package dataset

import (
	"bytes"
	"strings"
)

// generic reads items.csv (item_id,title[,year][,genres][,image][,url][,tags])
// with any others that are declared, and interactions.csv (user_id,item_id[,timestamp][,rating][,weight][,event]), which
// may have no rows and may be missing.
// Tags are separated by "|", genres also by what [genreSeparator] finds.
func (l *loader) generic() (*Dataset, error) {
	return l.pair(l.find("items.csv"), l.find("interactions.csv"))
}

// pair reads the two files of such a data set, the second of which may be missing.
func (l *loader) pair(items, path string) (*Dataset, error) {
	in, err := l.open(items, ",", true)
	if err != nil {
		return nil, err
	}
	in.attributes = newAttributes(l.o.Attributes)
	at, err := in.header(2, "item_id", "title", "year", "genres", "image", "url", "tags")
	if err != nil {
		in.f.Close()
		return nil, err
	}
	m, tags := newItems(in), newTags()
	m.generic, m.words = true, at[3] >= 0 && bytes.HasSuffix(in.fields[at[3]], []byte(":token_seq")) && strings.HasSuffix(items, ".item")
	err = in.each(len(in.fields), func(f [][]byte) (string, string) {
		get := func(i int) string { return string(field(f, at[i])) }
		if reason, detail := m.add(get(0), get(1), get(2), get(3)); reason != "" {
			return reason, detail
		}
		in.attributes.add(m, f)
		m.addresses(get(4), get(5))
		tags.addList(len(m.c.IDs)-1, get(6))
		return "", ""
	})
	if err != nil {
		return nil, err
	}
	cat := m.catalog()
	if cat.Len() == 0 {
		return nil, l.report.nothing(in.name, "item")
	}
	tags.store(cat, l.report, in.name)
	in.attributes.usual(l.o.Currency, cat.Len(), l.report, in.name)
	in.attributes.store(cat, l.report, in.name)
	c := newCollector()
	if l.o.CatalogOnly {
		return &Dataset{Catalog: cat}, nil
	}
	if path == "" {
		l.report.say(in.name, "there is no interactions.csv: what people chose is not known")
		return l.finish(c, cat, "interactions.csv")
	}
	if err := l.interactionsCSV(path, m.rows, c, "user_id", "item_id", "timestamp", "rating"); err != nil {
		return nil, err
	}
	return l.finish(c, cat, path)
}
