package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
)

// Marks of a catalog: four markLetters an item, 24 bits of a hash of its id.
const (
	markBits    = 24
	markLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
)

// fresh answers with the mark of this catalog, and with the items that the catalog of q.Query did not
// have, the best known first: with q.ID those of them, which an answer before had, that lists may show. A new item
// is taken for an old one where their hashes are the same, one of 1,700 in a catalog of 10,000. Where half of all
// would be new, this is another catalog and none is.
func (s *Session) fresh(a *protocol.Answer, q *protocol.Request) {
	if q.ID != "" {
		among := s.among(a, q, catalog.None)
		if a.Error != nil {
			return
		}
		rows := slices.DeleteFunc(s.basket(a, q.ID), func(r catalog.Row) bool { return !among.Has(r) })
		a.Cards = s.cards(rows)
		a.Total, a.Unknown = len(rows), nil
		return
	}
	known := make([]uint64, 1<<markBits/64)
	for i := 0; i+4 <= len(q.Query); i += 4 {
		h := 0
		for _, c := range []byte(q.Query[i : i+4]) {
			h = h<<6 | max(0, slices.Index([]byte(markLetters), c))
		}
		known[h/64] |= 1 << (h % 64)
	}
	set := filter.All(s.catalog.Len())
	fresh := 0
	for r, id := range s.catalog.IDs {
		h := uint32(2166136261) // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
		for _, c := range []byte(id) {
			h = (h ^ uint32(c)) * 16777619
		}
		h = h>>markBits ^ h&(1<<markBits-1)
		for shift := markBits - 6; shift >= 0; shift -= 6 {
			a.Bytes = append(a.Bytes, markLetters[h>>shift&63])
		}
		if known[h/64]>>(h%64)&1 == 1 {
			set[r>>6] &^= 1 << (r & 63)
		} else {
			fresh++
		}
	}
	if s.blocking != nil {
		for i := range set {
			set[i] &^= s.blocking.set[i]
		}
	}
	if q.Query != "" && fresh > 0 && 2*fresh < s.catalog.Len() {
		rows, total := s.engine.Browse(engine.Filter{Genre: engine.AllGenres, Among: set}, engine.ByPopularity, 0, q.K)
		a.Cards, a.Total = s.cards(rows), total
	}
}
