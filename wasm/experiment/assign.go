package experiment

// Assign returns the index of the arm that visitor v is in, and whether they are in
// the layer at all. It depends on the salt, the share and the arms' weights and
// on nothing else, so it stays the same for as long as those do; a larger share
// takes visitors in and throws none out.
//
//	in  ⇔ Bucket(salt + "/share", v) < Share
//	arm = the first i with Bucket(salt, v)·Σ weights < weights[0] + … + weights[i]
//
// The sums are float64, from the first arm to the last.
func (l *Layer) Assign(v Visitor) (arm int, in bool) {
	if Bucket(l.Salt+"/share", v) >= l.Share {
		return 0, false
	}
	var total float64
	for i := range l.Arms {
		total += l.Arms[i].Weight
	}
	at, sum := Bucket(l.Salt, v)*total, 0.0
	for i := range l.Arms {
		if sum += l.Arms[i].Weight; at < sum {
			return i, true
		}
	}
	return len(l.Arms) - 1, true // rounding, at worst
}

// Bucket maps a visitor to [0, 1): the upper 53 bits of Hash times 2⁻⁵³.
func Bucket(salt string, v Visitor) float64 { return unit(Hash(salt, v)) }

// unit maps the upper 53 bits of h to [0, 1).
func unit(h uint64) float64 { return float64(h>>11) / (1 << 53) }

// Hash returns the FNV-1a hash of 64 bits of salt ‖ 0x00 ‖ visitor, finalised.
// FNV-1a alone leaves the upper bits of short inputs alike, and its last bytes
// reach few of them. Sources: Fowler, Noll, Vo & Eastlake, draft-eastlake-fnv,
// section 2; the finaliser is fmix64 of MurmurHash3 (Appleby, public domain).
func Hash(salt string, v Visitor) uint64 {
	const prime = 0x100000001b3
	h := uint64(0xcbf29ce484222325)
	for i := range len(salt) {
		h = (h ^ uint64(salt[i])) * prime
	}
	h *= prime // the zero byte
	for _, c := range v {
		h = (h ^ uint64(c)) * prime
	}
	return finalise(h)
}

// finalise is fmix64: a bijection in which every input bit moves every output
// bit with probability one half.
func finalise(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
