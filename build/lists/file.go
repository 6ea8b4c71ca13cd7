package lists

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"strings"
	"unicode"

	"sparrow/wasm/catalog"
)

// listCard is one item of a list.
type listCard struct {
	ID     catalog.ID `json:"id"`
	Title  string     `json:"title"`
	Year   int16      `json:"year,omitempty"`
	Genres []string   `json:"genres,omitempty"`
	Image  string     `json:"image,omitempty"`
	URL    string     `json:"url,omitempty"`
}

// listed is an item of a list, and as JSON what it has in common with the item
// that the list is of; "" where nothing can be said. Unlike that item as far as is
// known, it is there for being popular.
type listed struct {
	row    catalog.Row
	why    string
	unlike bool
}

// lists writes lists of a catalog's items as JSON. An item is in many lists, so
// its JSON is made once.
type lists struct {
	head  string // of every list, up to the first item
	ids   []catalog.ID
	cards [][]byte // [N] JSON without the brace at the end
}

// listsOf returns the lists of catalog c, whose bundle has the given sha256.
func listsOf(c *catalog.Catalog, hash string) (*lists, error) {
	l := &lists{head: `{"bundle":"` + hash + `","items":[`, ids: c.IDs, cards: make([][]byte, c.Len())}
	ranks := c.GenreRanks()
	for r := range l.cards {
		card := listCard{ID: c.IDs[r], Title: c.Titles[r], Year: c.Years[r]}
		for _, g := range c.Specific(nil, catalog.Row(r), ranks) {
			card.Genres = append(card.Genres, c.GenreNames[g])
		}
		card.Image, card.URL = c.Image(catalog.Row(r)), c.URL(catalog.Row(r))
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false) // no client takes application/json for a page
		if err := e.Encode(card); err != nil {
			return nil, err
		}
		l.cards[r] = bytes.TrimSuffix(b.Bytes(), []byte("}\n"))
	}
	return l, nil
}

const (
	listTail         = "]}"
	popularTail      = `],"popular":true}` // of an item that no other is known to be like
	whyHead, whyTail = `,"why":[`, "]"
)

// size returns how many bytes a list has.
func (l *lists) size(list []listed) int64 {
	n := len(l.head) + max(0, len(list)-1) + len(tail(list))
	for _, item := range list {
		n += len(l.cards[item.row]) + len("}")
		if item.why != "" {
			n += len(whyHead) + len(item.why) + len(whyTail)
		}
	}
	return int64(n)
}

// append appends a list to dst.
func (l *lists) append(dst []byte, list []listed) []byte {
	dst = append(dst, l.head...)
	for i, item := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, l.cards[item.row]...)
		if item.why != "" {
			dst = append(append(append(dst, whyHead...), item.why...), whyTail...)
		}
		dst = append(dst, '}')
	}
	return append(dst, tail(list)...)
}

// tail returns the end of a list.
func tail(list []listed) string {
	if len(list) > 0 && list[0].unlike {
		return popularTail
	}
	return listTail
}

// The similar.lists of edge/LISTS.md.
const (
	listsMagic = "SPRWLST1"
	mostListID = 255 // bytes of an id that has a list
)

// listKey returns what a line of similar.lists begins with: the id as JSON; ""
// for an id that no address can hold.
func listKey(id catalog.ID) string {
	if len(id) > mostListID || strings.ContainsFunc(string(id), unicode.IsControl) {
		return ""
	}
	return `"` + escaped.Replace(string(id)) + `"`
}

// escaped writes the two characters of an id that JSON does not take as they are.
var escaped = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// listBucket returns the bucket, of n, that holds the list of id.
func listBucket(id catalog.ID, n int) int {
	h := fnv.New32a()
	io.WriteString(h, string(id))
	return int(h.Sum32() % uint32(n))
}

// writeSimilar writes a similar.lists of N buckets to w, where item r's list is
// similar[r]. Lines of a bucket are in the order of the rows. Only the sizes of
// the buckets are held in memory, not the lists.
func (l *lists) writeSimilar(w io.Writer, similar [][]listed) error {
	buckets, sizes := make([][]catalog.Row, len(similar)), make([]int64, len(similar))
	for r, list := range similar {
		if key := listKey(l.ids[r]); key != "" {
			b := listBucket(l.ids[r], len(buckets))
			buckets[b] = append(buckets[b], catalog.Row(r))
			sizes[b] += int64(len(key)) + 1 + l.size(list) + 1
		}
	}
	head, err := listsHead(sizes)
	if err != nil {
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	var line []byte
	for _, rows := range buckets {
		for _, r := range rows {
			line = append(line[:0], listKey(l.ids[r])...)
			line = l.append(append(line, '\t'), similar[r])
			line = append(line, '\n')
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// listsHead returns the part of similar.lists before the buckets, whose sizes are given.
func listsHead(sizes []int64) ([]byte, error) {
	head := append(make([]byte, 0, len(listsMagic)+4*(len(sizes)+2)), listsMagic...)
	head = binary.LittleEndian.AppendUint32(head, uint32(len(sizes)))
	at := int64(cap(head))
	for b := 0; ; b++ {
		if at > math.MaxUint32 {
			return nil, fmt.Errorf("the lists take more than 4 GiB, which is the most that %s can hold", SimilarFile)
		}
		head = binary.LittleEndian.AppendUint32(head, uint32(at))
		if b == len(sizes) {
			return head, nil
		}
		at += sizes[b]
	}
}
