// Package attribute holds what the owner of a catalog says of its items beside titles,
// genres and years, a column for each thing said: prices, brands, authors, what is in
// stock.
package attribute

// Kind is what a column has of an item.
type Kind uint8

// The kinds. Their numbers are those of the file.
const (
	Text   Kind = iota // one text
	Number             // one number
	Bool               // yes or no
	List               // texts
)

var kindNames = [...]string{"text", "number", "bool", "list"}

// String returns the name of a kind, as a declaration has it.
func (k Kind) String() string { return kindNames[k] }

// Limits of what a catalog may have.
const (
	MostColumns = 64
	MostName    = 64  // bytes of a column's name
	MostValues  = 255 // of an item in a list
)

// Column is what N items have of one thing: each one value of V different ones or none,
// or where it is a List several. A value has a code: 1 for the first one to V for the
// last, in ascending order, so that a range of values is a range of codes; of [Bool] 1 is
// no and 2 is yes. 0 stands for no value.
type Column struct {
	Name    string
	Kind    Kind
	Texts   Texts   // the V values of Text and List
	Numbers Numbers // of Number
	Counts  []uint8 // [N] of List: how many values an item has
	Bits    int     // of a code: 1, 2, 4, 8, 16 or 32
	Codes   []byte  // of each item, from the lowest bit on; of List of each value, item after item
}

// Distinct returns V.
func (c *Column) Distinct() int {
	switch c.Kind {
	case Number:
		return c.Numbers.length()
	case Bool:
		return 2
	}
	return len(c.Texts.Ends)
}

// code returns the i-th code.
func (c *Column) code(i int) (code uint32) {
	if c.Bits < 8 {
		at := i * c.Bits
		return uint32(c.Codes[at>>3]) >> (at & 7) & (1<<c.Bits - 1)
	}
	n := c.Bits / 8
	for k := n - 1; k >= 0; k-- {
		code = code<<8 | uint32(c.Codes[i*n+k])
	}
	return code
}

// Of returns the codes of what item r has, none where it has no value.
func (c *Column) Of(r int) []uint32 {
	if c.Kind != List {
		return c.Between(r, r+1)
	}
	first := 0
	for _, before := range c.Counts[:r] {
		first += int(before)
	}
	return c.Between(first, first+int(c.Counts[r]))
}

// Between returns the codes from one place of Codes on to before another, without those of no
// value.
func (c *Column) Between(from, to int) (codes []uint32) {
	for i := from; i < to; i++ {
		if code := c.code(i); code > 0 {
			codes = append(codes, code)
		}
	}
	return codes
}

// Texts are texts that differ, ascending by their bytes. None is empty or holds a line
// feed.
type Texts struct {
	All  string   // each ended by a line feed
	Ends []uint32 // where those are
}

// At returns the i-th text.
func (t *Texts) At(i int) string {
	if i == 0 {
		return t.All[:t.Ends[0]]
	}
	return t.All[t.Ends[i-1]+1 : t.Ends[i]]
}

// Find returns how many texts come before text and how many do not come after it: two
// numbers that differ by one where it is among them, else by nothing.
func (t *Texts) Find(text string) (before, upTo int) {
	return search(len(t.Ends), func(i int) int {
		switch at := t.At(i); {
		case at < text:
			return -1
		case at > text:
			return 1
		}
		return 0
	})
}

// Numbers are numbers that differ, ascending: the i-th is (First + Offsets[i])·10^Exponent.
type Numbers struct {
	First    int64
	Exponent int
	Offsets  []uint32

	Values []float64 // in place of these, of what [Column.With] changed; no file has them
}

func (n *Numbers) length() int { return max(len(n.Offsets), len(n.Values)) }

// Limits of numbers, within which each is a float64 as near as can be.
const (
	MostDecimals = 9       // -Exponent, and Exponent as well
	MostUnits    = 1 << 53 // of First and First + 2³², of either sign
)

// Power returns 10^n, which is exact.
func Power(n int) float64 {
	p := 1.0
	for range n {
		p *= 10
	}
	return p
}

// At returns the i-th number.
func (n *Numbers) At(i int) float64 {
	if n.Values != nil {
		return n.Values[i]
	}
	units := float64(n.First + int64(n.Offsets[i]))
	if n.Exponent < 0 {
		return units / Power(-n.Exponent)
	}
	return units * Power(n.Exponent)
}

// Find is [Texts.Find] of a number.
func (n *Numbers) Find(v float64) (before, upTo int) {
	return search(n.length(), func(i int) int {
		switch at := n.At(i); {
		case at < v:
			return -1
		case at > v:
			return 1
		}
		return 0
	})
}

// search returns how many of n values that ascend and differ are below the one that is
// sought, and how many are not above it. side is below 0 for a value below, 0 for it itself.
// It is that of package sort, which would bring package reflect along.
func search(n int, side func(i int) int) (before, upTo int) {
	low, high := 0, n
	for low < high {
		middle := (low + high) / 2
		at := side(middle)
		if at == 0 {
			return middle, middle + 1
		}
		if at < 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low
}
