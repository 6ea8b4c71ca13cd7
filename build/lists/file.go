package lists

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"sparrow/wasm/catalog"
)

// The similar.lists of edge/LISTS.md.
const (
	listsMagic = "SPRWLST2"
	listsStart = len(listsMagic) + 32 + 4 + 4 // where texts begin
	listsPage  = 1 << 16                      // bytes; no text goes over the end of a page
	mostListID = 255                          // bytes of an id that has a list
	popularBit = 1                            // of an entry's flags: no other item is known to be like this one
)

// listable reports whether an address can hold the id, so that it has a list.
func listable(id catalog.ID) bool {
	return id != "" && len(id) <= mostListID && !strings.ContainsFunc(string(id), unicode.IsControl)
}

// listBucket returns the bucket, of n, that holds the list of id.
func listBucket(id catalog.ID, n int) int {
	h := fnv.New32a()
	io.WriteString(h, string(id))
	return int(h.Sum32() % uint32(n))
}

// texts are the cards and reasons of a file, in pages.
type texts struct {
	bytes.Buffer                   // from the beginning of the file
	cards        []uint32          // [N] where the card of each item is
	reasons      map[string]uint32 // where each reason is
	long         error             // that a text does not fit into a page, or all into a file; nil where they do
}

// add appends a text and returns where it is.
func (t *texts) add(what string, text []byte) uint32 {
	size := 2 + len(text)
	if size > listsPage-listsStart && t.long == nil {
		t.long = fmt.Errorf("%s takes %d bytes of %s, and the most that it can hold is %d: shorten its title or addresses", what, size, SimilarFile, listsPage-listsStart)
	}
	if room := listsPage - t.Len()%listsPage; size > room {
		t.Write(make([]byte, room))
	}
	at := t.Len()
	t.Write(binary.LittleEndian.AppendUint16(nil, uint16(len(text))))
	t.Write(text)
	return uint32(at)
}

// textsOf lays out the texts of lists: first the reasons, those of most items before the
// others, so that readers find nearly all of them in the first page.
func (l *lists) textsOf(similar [][]listed) *texts {
	t := &texts{cards: make([]uint32, len(l.cards)), reasons: map[string]uint32{}}
	t.Write(make([]byte, listsStart))
	times := map[string]int{}
	for _, list := range similar {
		for _, item := range list {
			if item.why != "" {
				times[item.why]++
			}
		}
	}
	for _, why := range slices.SortedFunc(maps.Keys(times), func(a, b string) int { return cmp.Or(times[b]-times[a], cmp.Compare(a, b)) }) {
		t.reasons[why] = t.add("a reason", []byte(why))
	}
	for r, card := range l.cards {
		t.cards[r] = t.add(fmt.Sprintf("item %q", l.ids[r]), card)
	}
	if t.Len() > math.MaxUint32 && t.long == nil {
		t.long = errTooLong
	}
	return t
}

var errTooLong = fmt.Errorf("the lists take more than 4 GiB, which is the most that %s can hold", SimilarFile)

// entry appends the list of an item to dst.
func (t *texts) entry(dst []byte, id catalog.ID, list []listed) []byte {
	dst = append(append(dst, byte(len(id))), id...)
	flags := byte(0)
	if len(list) > 0 && list[0].unlike {
		flags = popularBit
	}
	dst = append(dst, flags, byte(len(list)))
	for _, item := range list {
		dst = binary.LittleEndian.AppendUint32(dst, t.cards[item.row])
		dst = binary.LittleEndian.AppendUint32(dst, t.reasons[item.why]) // 0 for none
	}
	return dst
}

// entrySize returns how many bytes an entry has.
func entrySize(id catalog.ID, list []listed) int64 { return int64(1 + len(id) + 1 + 1 + 8*len(list)) }

// writeSimilar writes a similar.lists of N buckets to w, where item r's list is
// similar[r]. Entries of a bucket are in the order of the rows.
func (l *lists) writeSimilar(w io.Writer, similar [][]listed) error {
	bundle, err := hex.DecodeString(l.hash)
	if err != nil || len(bundle) != 32 {
		return fmt.Errorf("%q is no SHA-256 of a bundle", l.hash)
	}
	t := l.textsOf(similar)
	if t.long != nil {
		return t.long
	}
	buckets, sizes := make([][]catalog.Row, len(similar)), make([]int64, len(similar))
	for r, list := range similar {
		if listable(l.ids[r]) {
			b := listBucket(l.ids[r], len(buckets))
			buckets[b] = append(buckets[b], catalog.Row(r))
			sizes[b] += entrySize(l.ids[r], list)
		}
	}
	offsets, err := offsetsOf(int64(t.Len()), sizes)
	if err != nil {
		return err
	}
	head := append([]byte(listsMagic), bundle...)
	head = binary.LittleEndian.AppendUint32(head, uint32(len(buckets)))
	head = binary.LittleEndian.AppendUint32(head, uint32(t.Len()))
	copy(t.Bytes(), head)
	for _, part := range [][]byte{t.Bytes(), offsets} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	var entries []byte
	for _, rows := range buckets {
		entries = entries[:0]
		for _, r := range rows {
			entries = t.entry(entries, l.ids[r], similar[r])
		}
		if _, err := w.Write(entries); err != nil {
			return err
		}
	}
	return nil
}

// offsetsOf returns the offsets of buckets of the given sizes, which stand at from and
// before the buckets.
func offsetsOf(from int64, sizes []int64) ([]byte, error) {
	offsets := make([]byte, 0, 4*(len(sizes)+1))
	at := from + int64(cap(offsets))
	for b := 0; ; b++ {
		if at > math.MaxUint32 {
			return nil, errTooLong
		}
		offsets = binary.LittleEndian.AppendUint32(offsets, uint32(at))
		if b == len(sizes) {
			return offsets, nil
		}
		at += sizes[b]
	}
}
