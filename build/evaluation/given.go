package evaluation

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// ReadAnswers reads a split that was made elsewhere: rows of user_id and item_id
// under a header that names the columns in any order, others as timestamp being
// ignored. Histories are all that d has of a user; a user that is not in d has none,
// and these are counted. With a pool, not nil, all answers must be of it. Users are in
// the order of the file, numbered behind those of d where d does not have them.
//
// An error names the file, called name, and the line: an item that the catalog or the
// pool does not have, an answer given twice, an answer that is in the user's history.
func ReadAnswers(r io.Reader, name string, d *dataset.Dataset, pool []catalog.Row) (cases []Case, unknown int, err error) {
	users := make(map[string]int, len(d.Users))
	for u, id := range d.Users {
		users[id] = u
	}
	permitted := make([]bool, d.Catalog.Len())
	for _, p := range pool {
		permitted[p] = true
	}
	at := map[int]int{} // user → index into cases
	lines := map[[2]int]int{}
	err = eachRow(r, name, []string{"user_id", "item_id"}, func(line int, f []string) error {
		row, ok := d.Catalog.Row(catalog.ID(f[1]))
		switch {
		case f[0] == "":
			return errors.New("no user id")
		case !ok:
			return fmt.Errorf("item %q is not in the catalog of the data set", f[1])
		case pool != nil && !permitted[row]:
			return fmt.Errorf("item %q is not in the file of items that may be recommended", f[1])
		}
		u, known := users[f[0]]
		if !known {
			u = len(users)
			users[f[0]] = u
			unknown++
		}
		if first, again := lines[[2]int{u, int(row)}]; again {
			return fmt.Errorf("user %q and item %q again, as in line %d", f[0], f[1], first)
		}
		lines[[2]int{u, int(row)}] = line
		i, begun := at[u]
		if !begun {
			i = len(cases)
			at[u] = i
			cases = append(cases, Case{User: u})
			if u < len(d.Users) {
				cases[i].History = History(d.Of(u))
			}
		}
		if u < len(d.Users) && slices.ContainsFunc(d.Of(u), func(x dataset.Interaction) bool { return x.Row == row }) {
			return fmt.Errorf("user %q has item %q in their history: what is looked for must not be in the data set", f[0], f[1])
		}
		cases[i].Relevant = append(cases[i].Relevant, row)
		return nil
	})
	if err == nil && len(cases) == 0 {
		err = fmt.Errorf("%s: no answers under the header", name)
	}
	return cases, unknown, err
}

// ReadItems reads the items that may be recommended: a column item_id under a
// header, others being ignored. The rows of the catalog are ascending. An error names
// the file, called name, and the line.
func ReadItems(r io.Reader, name string, c *catalog.Catalog) ([]catalog.Row, error) {
	var rows []catalog.Row
	lines := map[catalog.Row]int{}
	err := eachRow(r, name, []string{"item_id"}, func(line int, f []string) error {
		row, ok := c.Row(catalog.ID(f[0]))
		if !ok {
			return fmt.Errorf("item %q is not in the catalog of the data set", f[0])
		}
		if first, again := lines[row]; again {
			return fmt.Errorf("item %q again, as in line %d", f[0], first)
		}
		lines[row] = line
		rows = append(rows, row)
		return nil
	})
	if err == nil && len(rows) == 0 {
		err = fmt.Errorf("%s: no items under the header", name)
	}
	slices.Sort(rows)
	return rows, err
}

// eachRow calls row with the wanted columns of each row of a CSV file, called name,
// and the line that it begins in. What row returns is prefixed with both.
func eachRow(r io.Reader, name string, want []string, row func(line int, f []string) error) error {
	in := csv.NewReader(r)
	in.ReuseRecord = true
	at := make([]int, len(want))
	f := make([]string, len(want))
	for first := true; ; first = false {
		record, err := in.Read()
		var parse *csv.ParseError
		switch {
		case err == io.EOF && first:
			return fmt.Errorf("%s is empty; its first row must name the columns %s", name, strings.Join(want, ", "))
		case err == io.EOF:
			return nil
		case errors.As(err, &parse):
			return fmt.Errorf("%s:%d: %w", name, parse.Line, parse.Err)
		case err != nil:
			return fmt.Errorf("%s: %w", name, err)
		}
		line, _ := in.FieldPos(0)
		if first {
			record[0] = strings.TrimPrefix(record[0], "\ufeff") // byte order mark
			for i, column := range want {
				at[i] = slices.IndexFunc(record, func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), column) })
				if at[i] < 0 {
					return fmt.Errorf("%s:%d: no column %s; the first row must name the columns %s", name, line, column, strings.Join(want, ", "))
				}
			}
			continue
		}
		for i := range f {
			f[i] = strings.TrimSpace(record[at[i]])
		}
		if err := row(line, f); err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
}
