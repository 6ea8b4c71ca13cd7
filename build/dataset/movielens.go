package dataset

import (
	"errors"
	"strings"

	"sparrow/wasm/catalog"
)

// movieLens reads the CSV files of MovieLens latest, 20M, 25M and 32M.
func (l *loader) movieLens() (*Dataset, error) {
	in, err := l.open(l.find("movies.csv"), ",", true)
	if err != nil {
		return nil, err
	}
	at, err := in.header(3, "movieid", "title", "genres")
	if err != nil {
		in.f.Close()
		return nil, err
	}
	m := newItems(in)
	err = in.each(len(in.fields), func(f [][]byte) (string, string) {
		return m.add(string(f[at[0]]), string(f[at[1]]), "", string(f[at[2]]))
	})
	if err != nil {
		return nil, err
	}
	if p := l.find("links.csv"); p != "" {
		if err := l.links(p, m); err != nil {
			return nil, err
		}
	}
	cat := m.catalog()
	if p := l.find("tags.csv"); p != "" {
		if err := l.tagsCSV(p, m.rows, cat); err != nil {
			return nil, err
		}
	}
	if l.o.CatalogOnly {
		return &Dataset{Catalog: cat}, nil
	}
	c := newCollector()
	p := l.find("ratings.csv")
	if err := l.interactionsCSV(p, m.rows, c, "userid", "movieid", "timestamp", "rating"); err != nil {
		return nil, err
	}
	return l.finish(c, cat, p)
}

// links reads the IMDb numbers of links.csv into addresses.
func (l *loader) links(path string, m *catalogBuilder) error {
	in, err := l.open(path, ",", true)
	if err != nil {
		return err
	}
	at, err := in.header(2, "movieid", "imdbid", "tmdbid")
	if err != nil {
		in.f.Close()
		return err
	}
	return in.each(len(in.fields), func(f [][]byte) (string, string) {
		row, ok := m.rows[string(field(f, at[0]))]
		if !ok {
			return unknownItem, string(f[at[0]])
		}
		number := string(field(f, at[1]))
		if number == "" {
			in.fair("no IMDb number; the movie stays without an address", string(f[at[0]]))
			return "", ""
		}
		if len(number) > 10 || strings.Trim(number, "0123456789") != "" {
			return "IMDb number is not one", number
		}
		number = strings.Repeat("0", max(0, 7-len(number))) + number
		m.c.URLs[row], m.url = "https://www.imdb.com/title/tt"+number+"/", true
		return "", ""
	})
}

func (l *loader) tagsCSV(path string, rows map[string]catalog.Row, cat *catalog.Catalog) error {
	in, err := l.open(path, ",", true)
	if err != nil {
		return err
	}
	at, err := in.header(3, "userid", "movieid", "tag", "timestamp")
	if err != nil {
		in.f.Close()
		return err
	}
	t := newTags()
	err = in.each(len(in.fields), func(f [][]byte) (string, string) {
		return t.take(in, rows, field(f, at[0]), field(f, at[1]), field(f, at[2]))
	})
	if err == nil {
		t.store(cat, l.report, in.name)
	}
	return err
}

// take adds one row of a file of tags or returns why not.
func (t *tags) take(in *file, rows map[string]catalog.Row, user, item, tag []byte) (reason, detail string) {
	row, ok := rows[string(item)]
	if !ok {
		return unknownItem, string(item)
	}
	if !t.add(int(row), string(user), string(tag)) {
		in.fair("tag is empty or longer than 100 bytes", "")
	}
	return "", ""
}

// movieLensDat reads the "::" files of MovieLens 1M and 10M.
func (l *loader) movieLensDat() (*Dataset, error) {
	in, err := l.open(l.find("movies.dat"), "::", false)
	if err != nil {
		return nil, err
	}
	m := newItems(in)
	err = in.each(3, func(f [][]byte) (string, string) {
		return m.add(string(f[0]), string(f[1]), "", string(f[2]))
	})
	if err != nil {
		return nil, err
	}
	cat := m.catalog()
	if p := l.find("tags.dat"); p != "" {
		if in, err = l.open(p, "::", false); err != nil {
			return nil, err
		}
		t := newTags()
		err = in.each(4, func(f [][]byte) (string, string) { return t.take(in, m.rows, f[0], f[1], f[2]) })
		if err != nil {
			return nil, err
		}
		t.store(cat, l.report, in.name)
	}
	if l.o.CatalogOnly {
		return &Dataset{Catalog: cat}, nil
	}
	p, c := l.find("ratings.dat"), newCollector()
	if err := l.interactionsPlain(p, "::", m.rows, c); err != nil {
		return nil, err
	}
	return l.finish(c, cat, p)
}

// genres100K are the genres of MovieLens 100K in the order of its flags, for a
// folder without u.genre.
const genres100K = "unknown|Action|Adventure|Animation|Children's|Comedy|Crime|Documentary|Drama|Fantasy|" +
	"Film-Noir|Horror|Musical|Mystery|Romance|Sci-Fi|Thriller|War|Western"

// movieLens100K reads u.item (id|title|date|date|address|a flag for each
// genre), u.genre and u.data of MovieLens 100K.
func (l *loader) movieLens100K() (*Dataset, error) {
	names := strings.Split(genres100K, "|")
	if p := l.find("u.genre"); p != "" {
		in, err := l.open(p, "|", false)
		if err != nil {
			return nil, err
		}
		names = nil
		if err := in.each(2, func(f [][]byte) (string, string) {
			names = append(names, string(f[0]))
			return "", ""
		}); err != nil {
			return nil, err
		}
	}
	in, err := l.open(l.find("u.item"), "|", false)
	if err != nil {
		return nil, err
	}
	m := newItems(in)
	err = in.each(5+len(names), func(f [][]byte) (string, string) {
		var genres []string
		for i, flag := range f[5:] {
			if string(flag) == "1" {
				genres = append(genres, names[i])
			}
		}
		if reason, detail := m.add(string(f[0]), string(f[1]), "", strings.Join(genres, "|")); reason != "" {
			return reason, detail
		}
		m.addresses("", string(f[4]))
		return "", ""
	})
	if err != nil {
		return nil, err
	}
	if len(m.c.IDs) == 0 {
		return nil, errors.New(in.name + ": no item could be used")
	}
	p, c := l.find("u.data"), newCollector()
	if err := l.interactionsPlain(p, "\t", m.rows, c); err != nil {
		return nil, err
	}
	return l.finish(c, m.catalog(), p)
}
