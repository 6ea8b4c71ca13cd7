package catalog

import "strconv"

// Pattern is a text an item, in place of a column of texts that differ in a number
// or in the item's id alone, as most addresses of a shop's pages do.
type Pattern struct {
	Prefix, Suffix string
	Digits         int    // the least of a number, with zeros before it; at most [MostDigits]
	Numbers        []byte // [bytes][N], highest first: one more than the number of each item, 0 where it has no text; empty when the ids stand in place of numbers
}

// MostDigits are those of the largest number.
const MostDigits = len(zeros)

const zeros = "00000000000000000000"

// URL returns the address of the page of item r, "" when there is none.
func (c *Catalog) URL(r Row) string { return c.text(c.URLs, c.URLPattern, r) }

// Image returns the address of the picture of item r, "" when there is none.
func (c *Catalog) Image(r Row) string { return c.text(c.Images, c.ImagePattern, r) }

func (c *Catalog) text(texts []string, p *Pattern, r Row) string {
	if p == nil {
		if texts == nil {
			return ""
		}
		return texts[r]
	}
	if len(p.Numbers) == 0 {
		return p.Prefix + string(c.IDs[r]) + p.Suffix
	}
	var n uint64
	for i := int(r); i < len(p.Numbers); i += c.Len() {
		n = n<<8 | uint64(p.Numbers[i])
	}
	if n == 0 {
		return ""
	}
	digits := strconv.FormatUint(n-1, 10)
	return p.Prefix + zeros[:max(0, p.Digits-len(digits))] + digits + p.Suffix
}
