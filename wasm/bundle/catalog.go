package bundle

import (
	"strconv"

	"sparrow/wasm/catalog"
)

// catalog reads the movies. Columns are taken as they come and looked into
// once all are there.
func (d *decoder) catalog() {
	n := 0
	var numbers, ids, titles, years, genreCounts, genres, tagCounts, tags, images, urls, genreNames, tagNames []byte
	for range d.Map() {
		switch d.Str() {
		case "movies":
			n = d.movies()
		case "numbers":
			numbers = d.Bin()
		case "ids":
			ids = d.Bin()
		case "titles":
			titles = d.Bin()
		case "years":
			years = d.Bin()
		case "genreNames":
			genreNames = d.Bin()
		case "genreCounts":
			genreCounts = d.Bin()
		case "genres":
			genres = d.Bin()
		case "tagNames":
			tagNames = d.Bin()
		case "tagCounts":
			tagCounts = d.Bin()
		case "tags":
			tags = d.Bin()
		case "images":
			images = d.Bin()
		case "urls":
			urls = d.Bin()
		default:
			d.Skip()
		}
	}
	if n == 0 {
		d.Fail("no movies")
		return
	}
	c := &catalog.Catalog{Titles: d.texts("titles", titles, n), Years: d.years(years, n)}
	c.IDs = d.ids(numbers, ids, n)
	c.GenreNames = d.names("genreNames", genreNames, 255)
	c.TagNames = d.names("tagNames", tagNames, 65535)
	c.Genres = members[uint8](d, "genres", genreCounts, genres, n, len(c.GenreNames))
	c.Tags = members[uint16](d, "tags", tagCounts, tags, n, len(c.TagNames))
	if images != nil {
		c.Images = d.texts("images", images, n)
	}
	if urls != nil {
		c.URLs = d.texts("urls", urls, n)
	}
	if d.Err() != nil {
		return
	}
	c.Index()
	if r := c.Twice(); r != catalog.None {
		d.Fail("movie " + strconv.Itoa(int(r)) + ": id " + string(c.IDs[r]) + " occurs twice")
		return
	}
	d.bundle.Catalog = c
}

// ids reads the ids: whole numbers as the differences to the one before, in
// zigzag order 0, -1, 1, -2, …, or any texts.
func (d *decoder) ids(numbers, texts []byte, n int) []catalog.ID {
	out := make([]catalog.ID, n)
	if numbers == nil {
		for r, s := range d.texts("ids", texts, n) {
			if s == "" {
				d.Fail("movie " + strconv.Itoa(r) + ": no id")
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
			d.Fail("movie " + strconv.Itoa(r) + ": id is not within 0 to 2147483647")
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
			d.Fail("movie " + strconv.Itoa(r) + ": year " + strconv.Itoa(int(out[r])))
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

// members reads a short list of indices below limit for each movie: how many
// there are, and all of them one after the other. A movie without any has nil.
func members[T uint8 | uint16](d *decoder, name string, counts, indices []byte, n, limit int) [][]T {
	if d.Err() != nil {
		return nil
	}
	many, each := varints{d, name, counts}, varints{d, name, indices}
	out, all := make([][]T, n), make([]T, 0, len(indices))
	for r := range out {
		count := many.next()
		if uint64(count) > uint64(len(each.b)) {
			d.Fail("movie " + strconv.Itoa(r) + ": more " + name + " than there are")
			return nil
		}
		start := len(all)
		for range count {
			v := each.next()
			if uint64(v) >= uint64(limit) {
				d.Fail("movie " + strconv.Itoa(r) + ": index " + strconv.FormatUint(uint64(v), 10) + " of " + strconv.Itoa(limit) + " " + name)
				return nil
			}
			for _, w := range all[start:] {
				if w == T(v) {
					d.Fail("movie " + strconv.Itoa(r) + ": repeats one of its " + name)
					return nil
				}
			}
			all = append(all, T(v))
		}
		if count > 0 {
			out[r] = all[start:len(all):len(all)]
		}
	}
	many.end()
	each.end()
	return out
}
