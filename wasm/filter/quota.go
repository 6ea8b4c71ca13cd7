package filter

// Quotas are what a list has to keep to as a whole, where a condition is of each of its items
// alone. An item of several values counts for each of them, one of none for nothing.
type Quotas struct {
	most, least, spread []quota
}

// quota is about one column.
type quota struct {
	values *Values
	n      int   // of most and least
	count  []int // of items with each code, [V+1], while a list is made
	seen   int   // how many codes have a count
}

// mostColumns is how many columns a text of quotas names at most.
const mostColumns = 8

// mostQuota is the largest number of a quota.
const mostQuota = 500

// Quotas reads the quotas of a list; nil where all texts are empty. An error is an [Error].
//
//	most       "author:2, genre:4"  at most so many items share a value
//	least      "lang:2"             at least so many different values, as far as there are
//	diversity  "author, publisher"  as few items share a value as a list of full length lets be
func (x *Columns) Quotas(most, least, diversity string) (*Quotas, error) {
	if most == "" && least == "" && diversity == "" {
		return nil, nil
	}
	q := new(Quotas)
	for _, part := range []struct {
		what, text string
		into       *[]quota
		numbers    bool
	}{{"max", most, &q.most, true}, {"min", least, &q.least, true}, {"diversity", diversity, &q.spread, false}} {
		var err *Error
		if *part.into, err = x.quotas(part.text, part.numbers); err != nil {
			err.What = part.what
			return nil, err
		}
	}
	return q, nil
}

// quotas reads names of columns with commas between, with numbers behind them a colon and one.
func (x *Columns) quotas(text string, numbers bool) (all []quota, err *Error) {
	if len(text) > MostBytes {
		return nil, newError(text, MostBytes, "it goes on, and the limit is 4096 bytes")
	}
	for from := 0; text != "" && from <= len(text); {
		end := from
		for end < len(text) && text[end] != ',' {
			end++
		}
		next, name := end+1, trimmed(text, &from, end)
		q := quota{n: 1}
		at := from + len(name)
		if numbers {
			for i := len(name) - 1; i >= 0; i-- {
				if name[i] == ':' {
					at = from + i + 1
					break
				}
			}
			if q.n = number(text[at : from+len(name)]); q.n < 1 || q.n > mostQuota {
				return nil, newError(text, at, "a column, a colon and a number from 1 to 500 have to stand here, as author:2")
			}
			name = name[:at-1-from]
		}
		if name == "" {
			return nil, newError(text, from, "the name of a column has to stand here")
		}
		if q.values = x.Values(name); q.values == nil {
			return nil, newError(text, from, x.unknown(name))
		}
		for i := range all {
			if all[i].values == q.values {
				return nil, newError(text, from, name+" stands here twice")
			}
		}
		if len(all) == mostColumns {
			return nil, newError(text, from, "more than 8 columns")
		}
		all, from = append(all, q), next
	}
	return all, nil
}

// number returns what digits say, 0 where they are none or too many. It is that of package strconv, which
// would bring tables of letters along.
func number(digits string) (n int) {
	if len(digits) > 3 {
		return 0
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return 0
		}
		n = 10*n + int(digits[i]-'0')
	}
	return n
}

// trimmed returns text[*from:end] without blanks around it, and moves *from to where that begins.
func trimmed(text string, from *int, end int) string {
	for *from < end && space(text[*from]) {
		*from++
	}
	for end > *from && space(text[end-1]) {
		end--
	}
	return text[*from:end]
}
