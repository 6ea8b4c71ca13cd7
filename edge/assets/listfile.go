//go:build !js

package assets

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/fnv"
	"io"
	"os"
)

// The format of ../LISTS.md.
const (
	listsFile    = "similar.lists"
	listsMagic   = "SPRWLST2"
	listsEarlier = "SPRWLST1"
	listsStart   = len(listsMagic) + 32 + 4 + 4 // where texts begin
	listsPage    = 1 << 16                      // bytes; no text goes over the end of a page
	mostBucket   = 1 << 20                      // bytes
	mostList     = 1 << 20                      // bytes of an answer
	mostAtOnce   = 512                          // bytes that nearly every text has less than
)

// errEarlier says that a file is of the version before.
var errEarlier = errors.New(listsFile + " has the form of an earlier version, which is not read: write it again with go run ./build lists --bundle DIR")

// readList returns the list of item id in the named file, nil when there is
// none. The file is opened for each list, so that another may take its place at
// any time.
func readList(name, id string) (list []byte, err error) {
	err = within(name, func(file io.ReaderAt, size int64) error {
		list, err = findList(file, size, id)
		return err
	})
	return list, err
}

// hasList reports whether the named file has a list of item id.
func hasList(name, id string) (has bool, err error) {
	err = within(name, func(file io.ReaderAt, size int64) error {
		l, err := openLists(file, size)
		if l == nil {
			return err
		}
		_, has, err = l.entry(id)
		return err
	})
	return has, err
}

// within calls read with a file that is there.
func within(name string, read func(file io.ReaderAt, size int64) error) error {
	file, err := os.Open(name)
	if missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return err
	}
	return read(file, info.Size())
}

// lists reads a similar.lists.
type lists struct {
	file    io.ReaderAt
	size    int64
	bundle  [32]byte
	buckets uint32
	offsets int64 // where they stand, which is where texts end
}

// openLists reads the beginning of a file of size bytes. It returns nil where that breaks a
// rule of ../LISTS.md; the error is one of reading, or [errEarlier].
func openLists(file io.ReaderAt, size int64) (*lists, error) {
	var head [listsStart]byte
	if err := readAt(file, head[:], 0); err != nil {
		if string(head[:len(listsEarlier)]) == listsEarlier {
			return nil, errEarlier
		}
		return nil, ofReading(err)
	}
	if magic := string(head[:len(listsMagic)]); magic == listsEarlier {
		return nil, errEarlier
	} else if magic != listsMagic {
		return nil, nil
	}
	l := &lists{file: file, size: size, bundle: [32]byte(head[8:40]), buckets: binary.LittleEndian.Uint32(head[40:]), offsets: int64(binary.LittleEndian.Uint32(head[44:]))}
	if l.buckets == 0 || l.offsets < int64(listsStart) || l.first() > size {
		return nil, nil
	}
	return l, nil
}

// first returns where the first bucket begins.
func (l *lists) first() int64 { return l.offsets + 4*(int64(l.buckets)+1) }

// findList returns the list of item id in a similar.lists of size bytes, nil
// when the item has no list or the file breaks a rule of ../LISTS.md; the error
// is one of reading, or [errEarlier]. It allocates no more than the file has, and no more
// than mostBucket, mostList and a little.
func findList(file io.ReaderAt, size int64, id string) (list []byte, err error) {
	l, err := openLists(file, size)
	if l == nil {
		return nil, err
	}
	entry, ok, err := l.entry(id)
	if !ok {
		return nil, err
	}
	return l.answer(entry)
}

// entry returns the flags of item id's list, the number of its items, and of each where its
// card and its reason are; ok is false where the item has no list.
func (l *lists) entry(id string) (entry []byte, ok bool, err error) {
	sum := fnv.New32a()
	io.WriteString(sum, id)
	var offsets [8]byte
	if err := readAt(l.file, offsets[:], l.offsets+4*int64(sum.Sum32()%l.buckets)); err != nil {
		return nil, false, ofReading(err)
	}
	from, to := int64(binary.LittleEndian.Uint32(offsets[:4])), int64(binary.LittleEndian.Uint32(offsets[4:]))
	if from < l.first() || to < from || to > l.size || to-from > mostBucket {
		return nil, false, nil
	}
	rest := make([]byte, to-from)
	if err := readAt(l.file, rest, from); err != nil {
		return nil, false, ofReading(err)
	}
	for len(rest) > 0 {
		name := 1 + int(rest[0])
		if name+2 > len(rest) {
			return nil, false, nil
		}
		end := name + 2 + 8*int(rest[name+1])
		if end > len(rest) {
			return nil, false, nil
		}
		if string(rest[1:name]) == id {
			return rest[name:end], true, nil
		}
		rest = rest[end:]
	}
	return nil, false, nil
}

// answer returns the list that an entry is of, as JSON.
func (l *lists) answer(entry []byte) ([]byte, error) {
	list := make([]byte, 0, 4<<10)
	list = append(hex.AppendEncode(append(list, `{"bundle":"`...), l.bundle[:]), `","items":[`...)
	var buffer []byte
	for at := 2; at < len(entry); at += 8 {
		var card []byte
		var err error
		card, buffer, err = l.text(buffer, binary.LittleEndian.Uint32(entry[at:]))
		if card == nil || len(list)+len(card) > mostList {
			return nil, err
		}
		if at > 2 {
			list = append(list, ',')
		}
		list = append(list, card...)
		why := binary.LittleEndian.Uint32(entry[at+4:])
		if why == 0 {
			continue
		}
		var reason []byte
		reason, buffer, err = l.text(buffer, why)
		if reason == nil || len(list)+len(reason) > mostList {
			return nil, err
		}
		list = append(append(append(list[:len(list)-1], `,"why":[`...), reason...), "]}"...)
	}
	list = append(list, ']')
	if entry[0]&1 != 0 {
		list = append(list, `,"popular":true`...)
	}
	return append(list, '}'), nil
}

// text returns the text at a place, nil where none can be, and the buffer that it lies in,
// which the next call overwrites.
func (l *lists) text(buffer []byte, at uint32) (text, grown []byte, err error) {
	from := int64(at)
	end := min(l.offsets, from-from%listsPage+listsPage) // of what may be the text's
	if from < int64(listsStart) || from+2 > end {
		return nil, buffer, nil
	}
	read := func(n int64) error {
		if int64(len(buffer)) < n {
			buffer = make([]byte, n)
		}
		return readAt(l.file, buffer[:n], from)
	}
	have := min(mostAtOnce, end-from)
	if err := read(have); err != nil {
		return nil, buffer, ofReading(err)
	}
	size := 2 + int64(binary.LittleEndian.Uint16(buffer))
	if size > end-from {
		return nil, buffer, nil
	}
	if size > have {
		if err := read(size); err != nil {
			return nil, buffer, ofReading(err)
		}
	}
	text = buffer[2:size]
	if !bytes.HasPrefix(text, []byte(`{"`)) || !bytes.HasSuffix(text, []byte("}")) {
		return nil, buffer, nil
	}
	return text, buffer, nil
}

// readAt fills b.
func readAt(file io.ReaderAt, b []byte, at int64) error {
	_, err := file.ReadAt(b, at)
	return err
}

// ofReading returns the error unless it says that the file is too short.
func ofReading(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}
