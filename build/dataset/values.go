package dataset

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A play shorter than half a minute, by which streaming services and charts count, and
// a text of which less than half was read, were looked into: they count as clicks.
const (
	leastPlay = 30 // seconds
	leastRead = .5 // share
)

// mostCurrencies bounds the currencies that are remembered.
const mostCurrencies = 20

// values read the column value of one file: the seconds of a play, the share of a text
// that was read, and the money of a purchase, which changes no weight.
type values struct {
	sums   map[string]float64 // of purchases, by currency
	rows   map[string]int
	rest   int // purchases in currencies beyond those
	short  int // plays and texts that count as clicks
	unused int // values of other kinds
}

// read returns the kind that an event of kind k is by its value.
func (v *values) read(k kind, value, currency []byte) (is kind, comma bool, reason string) {
	if isNull(value) {
		return k, false, ""
	}
	if k != play && k != read && k != purchase {
		v.unused++
		return k, false, ""
	}
	digits, percent := strings.CutSuffix(string(value), "%")
	x, comma, ok := number([]byte(strings.TrimSpace(digits)))
	switch {
	case !ok || percent && k != read:
		return k, false, "value is not a number"
	case x < 0 && k == purchase:
		return k, comma, "value below 0: an event return takes a purchase back"
	case x < 0:
		return k, comma, "value below 0"
	case k == purchase:
		v.add(x, currency)
		return k, comma, ""
	case percent:
		x /= 100
	}
	if k == read && x > 1 {
		return k, comma, "value above 1: of reading it is the share that was read"
	}
	if k == play && x < leastPlay || k == read && x < leastRead {
		v.short++
		return click, comma, ""
	}
	return k, comma, ""
}

// add adds the money of a purchase.
func (v *values) add(x float64, currency []byte) {
	name := strings.ToUpper(string(currency))
	if isNull(currency) {
		name = "without a currency"
	}
	if v.rows == nil {
		v.sums, v.rows = map[string]float64{}, map[string]int{}
	}
	if v.rows[name] == 0 && len(v.rows) == mostCurrencies {
		v.rest++
		return
	}
	v.sums[name] += x
	v.rows[name]++
}

// report says what was read, and what of it is not used.
func (v *values) report(r *Report, file string) {
	for _, name := range sortedKeys(v.sums) {
		r.note(file, fmt.Sprintf("purchases worth %s %s in all, which changes no weight", strconv.FormatFloat(v.sums[name], 'f', 2, 64), name), v.rows[name])
	}
	r.note(file, "purchases with a value in further currencies, not summed", v.rest)
	r.note(file, "plays under 30 seconds and texts read less than half, which count as clicks", v.short)
	r.note(file, "values of events that are neither purchase, play nor read, not used", v.unused)
}

// eventColumns are where a file has what was done; -1 for a column that it lacks.
type eventColumns struct{ weight, event, value, currency int }

// eventRows read those columns.
type eventRows struct {
	eventColumns
	kinds  *kinds
	values values
	w      *weighing
}

// read reads what a row says was done into c. It returns a reason where the row is bad,
// and whether it is to be taken.
func (x *eventRows) read(c *collector, in *file, f [][]byte) (reason, detail string, take bool) {
	c.weight, c.kind = 0, noKind
	if x.event >= 0 {
		s := x.kinds.of(field(f, x.event))
		switch {
		case s.says == notKnown:
			return "", "", false // reported by name
		case s.says == saysNothing:
			in.fair("event that says nothing of taste", string(f[x.event]))
			return "", "", false
		}
		is, comma, reason := x.values.read(s.kind, field(f, x.value), field(f, x.currency))
		if reason != "" {
			return reason, string(field(f, x.value)), false
		}
		c.commas += one(comma)
		if is != noKind && is != returned && x.w.weight[is] == 0 {
			in.fair("event of a kind that counts nothing by --weights", kindNames[is])
			return "", "", false
		}
		c.kind = is
	}
	if x.weight >= 0 {
		w, comma, reason := parseWeight(field(f, x.weight))
		if reason != "" && isNull(field(f, x.weight)) { // as every row counts where no column has weights
			w, reason = 1, ""
			c.unweighted++
		}
		if reason != "" {
			return reason, string(f[x.weight]), false
		}
		c.commas += one(comma)
		if w <= 0 {
			in.fair("weight not above 0", string(f[x.weight]))
			return "", "", false
		}
		c.weight = codeOf(w)
	}
	return "", "", true
}

// report says what the columns held.
func (x *eventRows) report(in *file) error {
	x.values.report(in.l.report, in.name)
	if x.event < 0 && x.value >= 0 {
		in.l.report.say(in.name, "columns not used, as there is no column event: "+strings.Join(slices.DeleteFunc([]string{"value", "currency"}, func(s string) bool { return s == "currency" && x.currency < 0 }), ", "))
	}
	return x.kinds.report(in.l.report, in.name, in.rows)
}
