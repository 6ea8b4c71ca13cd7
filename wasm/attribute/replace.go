package attribute

import "sparrow/wasm/vec"

// Grown returns c, a column of n items, with more items behind these, which have no value.
func (c *Column) Grown(n, more int) Column {
	g := *c
	if c.Kind == List {
		g.Counts = append(c.Counts[:n:n], make([]uint8, more)...)
		return g
	}
	length := len(c.Codes)
	g.Codes = append(c.Codes[:length:length], make([]byte, ((n+more)*c.Bits+7)/8-length)...)
	return g
}

// WithBools returns c, a column of yes and no about n items, with others at rows.
func (c *Column) WithBools(n int, rows []int, values []bool) Column {
	codes := c.codes(n)
	for i, r := range rows {
		codes[r] = 1
		if values[i] {
			codes[r] = 2
		}
	}
	changed := *c
	changed.Bits, changed.Codes = Pack(codes, 2)
	return changed
}

// WithNumbers returns c, a column of numbers about n items, with other ones at rows: to as
// many decimals as the finest of them has, at most nine, and as few as it takes for all to
// lie within 2³² steps. It reports false, and returns c, where even steps of c are too fine.
func (c *Column) WithNumbers(n int, rows []int, values []float64) (Column, bool) {
	coarsest := min(0, c.Numbers.Exponent)
	exponent := coarsest
	for _, v := range values {
		for exponent > -MostDecimals && float64(round(v*Power(-exponent)))/Power(-exponent) != v {
			exponent--
		}
	}
	for ; exponent <= coarsest; exponent++ {
		own, fits := c.unitsAt(exponent)
		others, also := unitsOf(values, exponent)
		all, codeOf, codeOfOther := union(own, others)
		if !fits || !also || len(all) > 0 && (all[0] > MostUnits-1<<32 || all[len(all)-1]-all[0] > 1<<32-1) {
			continue
		}
		codes := c.codes(n)
		for i, code := range codes {
			if code > 0 {
				codes[i] = codeOf[code-1]
			}
		}
		for i, r := range rows {
			codes[r] = codeOfOther[i]
		}
		changed := *c
		changed.Numbers = numbersOf(all, exponent)
		changed.Bits, changed.Codes = Pack(codes, len(all))
		return changed, true
	}
	return *c, false
}

// unitsAt returns the numbers of c in units of 10^exponent, ascending, and whether they are
// within the limits.
func (c *Column) unitsAt(exponent int) (units []int64, fits bool) {
	units = make([]int64, len(c.Numbers.Offsets))
	shift := Power(c.Numbers.Exponent - exponent)
	for i, offset := range c.Numbers.Offsets {
		v := float64(c.Numbers.First+int64(offset)) * shift
		if v > MostUnits || v < -MostUnits {
			return nil, false
		}
		units[i] = int64(v)
	}
	return units, true
}

// unitsOf is unitsAt of any numbers, rounded.
func unitsOf(values []float64, exponent int) (units []int64, fits bool) {
	units = make([]int64, len(values))
	for i, v := range values {
		if v *= Power(-exponent); v > MostUnits || v < -MostUnits {
			return nil, false
		}
		units[i] = round(v)
	}
	return units, true
}

// numbersOf returns the numbers that are so many units of 10^exponent, which ascend.
func numbersOf(units []int64, exponent int) Numbers {
	u := Numbers{Exponent: exponent, Offsets: make([]uint32, len(units))}
	for i := range units {
		u.First = units[0]
		u.Offsets[i] = uint32(units[i] - u.First)
	}
	return u
}

// codes returns the codes of n items.
func (c *Column) codes(n int) []uint32 {
	codes := make([]uint32, n)
	for i := range codes {
		codes[i] = c.code(i)
	}
	return codes
}

// union returns the different ones of own, which ascend and differ, and others, ascending,
// and the code of each: its place from 1 on.
func union(own, others []int64) (all []int64, codeOf, codeOfOther []uint32) {
	codeOf, codeOfOther = make([]uint32, len(own)), make([]uint32, len(others))
	next := 0
	take := func(below int64) { // own ones up to below
		for next < len(own) && own[next] <= below {
			all = append(all, own[next])
			codeOf[next] = uint32(len(all))
			next++
		}
	}
	for _, i := range vec.Sorted(len(others), func(a, b int32) bool { return others[a] < others[b] }) {
		take(others[i])
		if n := len(all); n == 0 || all[n-1] != others[i] {
			all = append(all, others[i])
		}
		codeOfOther[i] = uint32(len(all))
	}
	take(1<<63 - 1)
	return all, codeOf, codeOfOther
}

// round returns the whole number nearest to v, halves away from 0.
func round(v float64) int64 {
	if v < 0 {
		return -int64(-v + 0.5)
	}
	return int64(v + 0.5)
}
