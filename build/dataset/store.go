package dataset

import (
	"bufio"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"sparrow/wasm/catalog"
)

// Files returns the paths of all files in dir that [Open] may read.
func Files(dir string) []string {
	var paths []string
	l := &loader{dir: dir}
	for _, name := range []string{
		"items.csv", "interactions.csv",
		"movies.csv", "links.csv", "tags.csv", "ratings.csv",
		"movies.dat", "tags.dat", "ratings.dat",
		"u.genre", "u.item", "u.data", goodreadsFile,
	} {
		if p := l.find(name); p != "" {
			paths = append(paths, p)
		}
	}
	for _, pattern := range []string{"*.item", "*.inter"} { // RecBole's
		if found, err := filepath.Glob(filepath.Join(escaped(dir), pattern)); err == nil {
			for _, p := range found {
				if !slices.Contains(paths, p) {
					paths = append(paths, p)
				}
			}
		}
	}
	for _, name := range readmes {
		if p := filepath.Join(dir, name); isFile(p) {
			paths = append(paths, p)
		}
	}
	return paths
}

func isFile(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.Mode().IsRegular()
}

const (
	storeMagic  = "sparrow dataset 4\n"
	storedBytes = 12 // of an interaction: row, time, stars, part, confidence
)

// head is what a stored data set begins with; the interactions follow in
// little-endian records.
type head struct {
	Name, Licence, Citation string
	Catalog                 *catalog.Catalog
	Users                   []string
	Start, End              []int
	Order                   Order
	Interactions            int
	Bought                  []Bought
	BoughtEnd               []int
	Vocabulary              string
}

// Store writes d so that [Load] reads it back: for a run in steps, not for
// exchange.
func (d *Dataset) Store(w io.Writer) error {
	b := bufio.NewWriterSize(w, 1<<16)
	b.WriteString(storeMagic)
	h := head{d.Name, d.Licence, d.Citation, d.Catalog, d.Users, d.Start, d.End, d.Order, len(d.Interactions), d.Bought, d.BoughtEnd, d.Vocabulary}
	if err := gob.NewEncoder(b).Encode(h); err != nil {
		return fmt.Errorf("dataset: %w", err)
	}
	var rec [storedBytes]byte
	for _, i := range d.Interactions {
		binary.LittleEndian.PutUint32(rec[:], uint32(i.Row))
		binary.LittleEndian.PutUint32(rec[4:], i.At)
		rec[8], rec[9] = i.Stars, i.Part
		binary.LittleEndian.PutUint16(rec[10:], i.Confidence)
		if _, err := b.Write(rec[:]); err != nil {
			return fmt.Errorf("dataset: %w", err)
		}
	}
	return b.Flush()
}

// Load reads what [Dataset.Store] wrote.
func Load(r io.Reader) (*Dataset, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	magic := make([]byte, len(storeMagic))
	if _, err := io.ReadFull(b, magic); err != nil || string(magic) != storeMagic {
		return nil, errors.New("dataset: not a stored data set of this version")
	}
	var h head
	if err := gob.NewDecoder(b).Decode(&h); err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	c := h.Catalog
	c.Genres, c.Tags = sized(c.Genres, c.Len()), sized(c.Tags, c.Len())
	c.Index()
	d := &Dataset{Name: h.Name, Licence: h.Licence, Citation: h.Citation, Catalog: c, Users: h.Users, Start: h.Start, End: h.End, Order: h.Order, Bought: h.Bought, BoughtEnd: h.BoughtEnd, Vocabulary: h.Vocabulary}
	d.Interactions = make([]Interaction, h.Interactions)
	var rec [storedBytes]byte
	for i := range d.Interactions {
		if _, err := io.ReadFull(b, rec[:]); err != nil {
			return nil, fmt.Errorf("dataset: %w", err)
		}
		d.Interactions[i] = Interaction{
			Row:   catalog.Row(binary.LittleEndian.Uint32(rec[:])),
			At:    binary.LittleEndian.Uint32(rec[4:]),
			Stars: rec[8],
			Part:  rec[9],

			Confidence: binary.LittleEndian.Uint16(rec[10:]),
		}
	}
	return d, nil
}

// sized returns s with n elements; gob keeps no slice that is empty.
func sized[T any](s []T, n int) []T {
	if s == nil {
		return make([]T, n)
	}
	return s
}
