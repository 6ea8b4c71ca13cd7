package attribute

import "strconv"

// Check returns why c is no column of n items, or "". It says nothing of Texts and Offsets,
// which whoever reads them has ascend.
func (c *Column) Check(n int) string {
	if c.Name == "" || len(c.Name) > MostName {
		return "a name of 1 to " + strconv.Itoa(MostName) + " bytes is needed"
	}
	if c.Kind >= kinds {
		return "kind " + strconv.Itoa(int(c.Kind)) + " is not known"
	}
	if c.Bits < 1 || c.Bits > 32 || c.Bits&(c.Bits-1) != 0 {
		return strconv.Itoa(c.Bits) + " bits a code"
	}
	texts := c.Kind == Text || c.Kind == List
	if u := &c.Numbers; !texts && c.Texts.All != "" || c.Kind != List && len(c.Counts) > 0 || c.Kind != Number && (len(u.Offsets) > 0 || u.First != 0 || u.Exponent != 0) {
		return "a part of another kind"
	}
	least, codes := uint32(0), n
	if c.Kind == List {
		if len(c.Counts) != n {
			return "counts of " + strconv.Itoa(len(c.Counts)) + " items, want " + strconv.Itoa(n)
		}
		least, codes = 1, 0
		for _, count := range c.Counts {
			codes += int(count)
		}
	}
	if len(c.Codes) != (codes*c.Bits+7)/8 {
		return strconv.Itoa(len(c.Codes)) + " bytes do not hold " + strconv.Itoa(codes) + " codes of " + strconv.Itoa(c.Bits) + " bits"
	}
	most := uint32(c.Distinct())
	for i := range codes {
		if code := c.code(i); code < least || code > most {
			return "code " + strconv.FormatUint(uint64(code), 10) + " of " + strconv.FormatUint(uint64(most), 10) + " values"
		}
	}
	for i := codes; i*c.Bits < 8*len(c.Codes); i++ {
		if c.code(i) != 0 {
			return "codes beyond the last one"
		}
	}
	if u := c.Numbers; c.Kind == Number && len(u.Offsets) > 0 {
		if u.Exponent < -MostDecimals || u.Exponent > MostDecimals || u.First < -MostUnits || u.First+int64(u.Offsets[len(u.Offsets)-1]) > MostUnits {
			return "numbers out of range"
		}
	}
	return ""
}
