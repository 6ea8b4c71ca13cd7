package attribute

// Select stores in dst, a bit an item from the lowest one on, which items have a value that
// is wanted, or with without, which have values and none that is. wanted[code] is 1 for
// the codes that are, else 0, as wanted[0] is, [V+1]. The bits of dst beyond N become 0.
func (c *Column) Select(dst []uint64, wanted []uint8, without bool) {
	if c.Kind == List {
		c.selectLists(dst, wanted, without)
		return
	}
	if without {
		others := make([]uint8, len(wanted))
		for code := 1; code < len(others); code++ {
			others[code] = 1 - wanted[code]
		}
		wanted = others
	}
	c.mark(dst, wanted)
}

// mark stores in dst which codes are wanted, a bit a code.
func (c *Column) mark(dst []uint64, wanted []uint8) {
	bytes := 8 * c.Bits // of the codes of a word
	var marks [256]uint64
	if c.Bits <= 8 {
		c.marksOf(&marks, wanted)
	}
	codes := c.Codes
	for i := range dst {
		part := codes[:min(bytes, len(codes))]
		codes = codes[len(part):]
		var word uint64
		switch c.Bits {
		case 16:
			for j := 0; j+1 < len(part); j += 2 {
				word |= uint64(wanted[uint32(part[j])|uint32(part[j+1])<<8]) << (j / 2 & 63)
			}
		case 32:
			for j := range len(part) / 4 {
				word |= uint64(wanted[c.code(64*i+j)]) << (j & 63)
			}
		default:
			step := 8 / c.Bits
			for j := len(part) - 1; j >= 0; j-- {
				word = word<<(step&63) | marks[part[j]]
			}
		}
		dst[i] = word
	}
}

// marksOf stores for each byte which of its codes are wanted: a byte holds one, or several.
func (c *Column) marksOf(marks *[256]uint64, wanted []uint8) {
	for b := range marks {
		for k := 0; k*c.Bits < 8; k++ {
			if code := b >> (k * c.Bits) & (1<<c.Bits - 1); code < len(wanted) {
				marks[b] |= uint64(wanted[code]) << k
			}
		}
	}
}

// selectLists is Select of lists: it marks all values, and then looks which items have one.
func (c *Column) selectLists(dst []uint64, wanted []uint8, without bool) {
	marks := make([]uint64, 8*len(c.Codes)/c.Bits/64+2) // one more than there are, for two to be read at once
	c.mark(marks[:len(marks)-1], wanted)
	counts, at := c.Counts, 0
	for i := range dst {
		part := counts[:min(64, len(counts))]
		counts = counts[len(part):]
		var word uint64
		for j, n := range part {
			if n == 0 {
				continue
			}
			var found uint64
			for ; n > 63; n -= 63 {
				k := at >> 6
				found |= (marks[k]>>(at&63) | marks[k+1]<<1<<(^at&63)) << 1 // 63 of 64
				at += 63
			}
			k := at >> 6
			found |= (marks[k]>>(at&63) | marks[k+1]<<1<<(^at&63)) & (1<<(n&63) - 1)
			at += int(n)
			if (found != 0) != without {
				word |= 1 << (j & 63)
			}
		}
		dst[i] = word
	}
}
