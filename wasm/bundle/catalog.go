package bundle

import (
	"slices"
	"strconv"

	"sparrow/wasm/catalog"
)

// The columns of the catalog. Those of numbers may be missing, or ids; images
// and urls too, or have a pattern in their place.
const (
	numbers = iota
	ids
	titles
	years
	genreNames
	genreCounts
	genres
	tagNames
	tagCounts
	tags
	images
	urls
	columns
)

var columnNames = [columns]string{
	"numbers", "ids", "titles", "years", "genreNames", "genreCounts", "genres", "tagNames", "tagCounts", "tags", "images", "urls",
}

// catalog reads the items. Columns are taken as they come and looked into
// once all are there.
func (d *decoder) catalog() {
	n := 0
	var column [columns][]byte
	var imagePattern, urlPattern catalog.Pattern
	for range d.Map() {
		key := d.Str()
		i := slices.Index(columnNames[:], key)
		switch {
		case i >= 0:
			column[i] = d.Bin()
		case key == "movies":
			n = d.items()
		case key == "imagePattern":
			imagePattern = d.pattern()
		case key == "urlPattern":
			urlPattern = d.pattern()
		default:
			d.Skip()
		}
	}
	if n == 0 {
		d.Fail("no items")
		return
	}
	c := &catalog.Catalog{Titles: d.texts("titles", column[titles], n), Years: d.years(column[years], n)}
	c.IDs = d.ids(column[numbers], column[ids], n)
	c.GenreNames = d.names("genreNames", column[genreNames], 255)
	c.TagNames = d.names("tagNames", column[tagNames], 65535)
	c.Tags = d.members("tags", column[tagCounts], column[tags], n, len(c.TagNames))
	c.Genres = narrow(d.members("genres", column[genreCounts], column[genres], n, len(c.GenreNames)))
	c.Images, c.ImagePattern = d.addresses("images", column[images], imagePattern, n)
	c.URLs, c.URLPattern = d.addresses("urls", column[urls], urlPattern, n)
	if d.Err() != nil {
		return
	}
	c.Index()
	if r := c.Twice(); r != catalog.None {
		d.failItem(int(r), "id "+string(c.IDs[r])+" occurs twice")
		return
	}
	d.bundle.Catalog = c
}

// failItem fails because of item r.
func (d *decoder) failItem(r int, text string) { d.Fail("item " + strconv.Itoa(r) + ": " + text) }

// ids reads the ids: whole numbers as the differences to the one before, in
// zigzag order 0, -1, 1, -2, …, or any texts.
func (d *decoder) ids(numbers, texts []byte, n int) []catalog.ID {
	out := make([]catalog.ID, n)
	if numbers == nil {
		for r, s := range d.texts("ids", texts, n) {
			if s == "" {
				d.failItem(r, "no id")
				return nil
			}
			out[r] = catalog.ID(s)
		}
		return out
	}
	v := varints{d, "numbers", numbers}
	var at int64
	// All digits in one string: one allocation for all ids.
	digits, end := make([]byte, 0, 6*n), make([]uint32, n)
	for r := range n {
		z := v.next()
		at += int64(z>>1) ^ -int64(z&1)
		if at < 0 || at > 1<<31-1 {
			d.failItem(r, "id is not within 0 to 2147483647")
			return nil
		}
		digits = strconv.AppendInt(digits, at, 10)
		end[r] = uint32(len(digits))
	}
	v.end()
	all, start := string(digits), uint32(0)
	for r := range out {
		out[r] = catalog.ID(all[start:end[r]])
		start = end[r]
	}
	return out
}

// years reads the years, [N] of two bytes each, not negative.
func (d *decoder) years(b []byte, n int) []int16 {
	if len(b) != 2*n {
		d.Fail("years: " + strconv.Itoa(len(b)) + " bytes do not hold " + strconv.Itoa(n))
		return nil
	}
	out := make([]int16, n)
	for r := range out {
		out[r] = int16(pair(b, r))
		if out[r] < 0 {
			d.failItem(r, "year "+strconv.Itoa(int(out[r])))
			return nil
		}
	}
	return out
}

// names reads at most limit names that are not empty.
func (d *decoder) names(name string, b []byte, limit int) []string {
	n := 0
	for _, c := range b {
		if c == '\n' {
			n++
		}
	}
	if n > limit {
		d.Fail(name + ": " + strconv.Itoa(n) + " names, the limit is " + strconv.Itoa(limit))
		return nil
	}
	out := d.texts(name, b, n)
	for i, s := range out {
		if s == "" {
			d.Fail(name + ": name " + strconv.Itoa(i) + " is empty")
			return nil
		}
	}
	return out
}

// members reads a short list of indices below limit for each item: how many
// there are, and all of them one after the other. An item without any has nil.
func (d *decoder) members(name string, counts, indices []byte, n, limit int) [][]uint16 {
	if d.Err() != nil {
		return nil
	}
	many, each := varints{d, name, counts}, varints{d, name, indices}
	out, all := make([][]uint16, n), make([]uint16, 0, len(indices))
	for r := range out {
		count := many.next()
		if uint64(count) > uint64(len(each.b)) {
			d.failItem(r, "more "+name+" than there are")
			return nil
		}
		start := len(all)
		for range count {
			v := each.next()
			if uint64(v) >= uint64(limit) {
				d.failItem(r, "index "+strconv.FormatUint(uint64(v), 10)+" of "+strconv.Itoa(limit)+" "+name)
				return nil
			}
			for _, w := range all[start:] {
				if w == uint16(v) {
					d.failItem(r, "repeats one of its "+name)
					return nil
				}
			}
			all = append(all, uint16(v))
		}
		if count > 0 {
			out[r] = all[start:len(all):len(all)]
		}
	}
	many.end()
	each.end()
	return out
}

// narrow returns lists of indices below 256 in a byte each.
func narrow(lists [][]uint16) [][]uint8 {
	total := 0
	for _, l := range lists {
		total += len(l)
	}
	out, all := make([][]uint8, len(lists)), make([]uint8, 0, total)
	for r, l := range lists {
		start := len(all)
		for _, v := range l {
			all = append(all, uint8(v))
		}
		if len(l) > 0 {
			out[r] = all[start:len(all):len(all)]
		}
	}
	return out
}
