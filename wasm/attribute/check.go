package attribute

// Check returns why c is no column of n items, or "". It says nothing of Texts and Offsets,
// which a reader of them has ascend.
func (c *Column) Check(n int) string {
	u := &c.Numbers
	least, most, codes := uint32(0), uint32(c.Distinct()), n
	if c.Kind == List {
		least, codes = 1, 0
		for _, count := range c.Counts {
			codes += int(count)
		}
	}
	switch {
	case c.Name == "" || len(c.Name) > MostName:
		return "a name of 1 to 64 bytes is needed"
	case u.Exponent < -MostDecimals || u.Exponent > MostDecimals || u.First < -MostUnits || u.First > MostUnits-1<<32:
		return "numbers out of range"
	case c.Bits < 1 || c.Bits > 32 || c.Bits&(c.Bits-1) != 0 || c.Kind == List && len(c.Counts) != n || len(c.Codes) != (codes*c.Bits+7)/8:
		return misfit
	}
	for i := range 8 * len(c.Codes) / c.Bits {
		code := c.code(i)
		if i >= codes {
			least, most = 0, 0 // what fills the last byte
		}
		if code < least || code > most {
			return misfit
		}
	}
	return ""
}

const misfit = "bits, counts, codes and values do not fit each other"
