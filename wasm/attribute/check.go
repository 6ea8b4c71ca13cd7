package attribute

// Check returns why c is no column of n items, or "". It says nothing of Texts and Offsets,
// which a reader of them has ascend.
func (c *Column) Check(n int) string {
	u := &c.Numbers
	switch {
	case c.Name == "" || len(c.Name) > MostName:
		return "a name of 1 to 64 bytes is needed"
	case c.Bits < 1 || c.Bits > 32 || c.Bits&(c.Bits-1) != 0:
		return "codes of other than 1, 2, 4, 8, 16 or 32 bits"
	case u.Exponent < -MostDecimals || u.Exponent > MostDecimals || u.First < -MostUnits || u.First > MostUnits-1<<32:
		return "numbers out of range"
	}
	least, codes := uint32(0), n
	if c.Kind == List {
		if len(c.Counts) != n {
			return "counts of other items"
		}
		least, codes = 1, 0
		for _, count := range c.Counts {
			codes += int(count)
		}
	}
	if len(c.Codes) != (codes*c.Bits+7)/8 {
		return "more or fewer codes than items or values"
	}
	most := uint32(c.Distinct())
	for i := range 8 * len(c.Codes) / c.Bits {
		code := c.code(i)
		if i >= codes {
			least, most = 0, 0 // what fills the last byte
		}
		if code < least || code > most {
			return "a code of no value"
		}
	}
	return ""
}
