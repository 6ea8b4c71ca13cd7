// Package embedding reads vectors that were trained elsewhere, projects them to the width
// of a bundle, and measures what that loses.
package embedding

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// MaxWidth is the largest number of columns that is read: the eigenvectors of so many take
// minutes already.
const MaxWidth = 4096

// File is a file of vectors of items. It can be read any number of times.
type File struct {
	Name string // of the file, without its folder
	unit string // what its rows are called, for people: "row" or "line"
	rows int    // at most so many; -1 where reading alone finds out
	read func(row yield) error
}

// yield takes the vector of an item, which is valid until it returns, and how many-eth row
// or line of the file it is. A vector of nil could not be read, for the reason why.
type yield func(at int, id string, v []float32, why string) error

// Options say what of a file is read where that is not clear.
type Options struct {
	IDs      string // file with the id of each row, a line each, where the vectors have none
	Column   string // the column or the tensor with the vectors
	IDColumn string // the column with the ids
}

// Open opens the file of vectors at path, whichever of the known forms it has by its first
// bytes: NumPy's .npy, safetensors, Parquet, or the text of word2vec, fastText and GloVe.
func Open(path string, o Options) (*File, error) {
	f, err := open(path, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	f.Name = filepath.Base(path)
	return f, nil
}

func open(path string, o Options) (*File, error) {
	magic, size, err := begin(path)
	if err != nil {
		return nil, err
	}
	table := true
	var f *File
	switch {
	case bytes.HasPrefix(magic, []byte("\x93NUMPY")):
		f, err = openNPY(path, size)
	case bytes.HasPrefix(magic, []byte("PAR1")):
		if o.IDs != "" {
			return nil, errors.New("the ids are a column of a Parquet file: leave --ids out, and name it with --id-column where it is not called item_id")
		}
		return openParquet(path, size, o)
	case len(magic) == 9 && magic[8] == '{':
		f, err = openSafetensors(path, size, o.Column)
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		return nil, errors.New("it is packed with gzip: unpack it first")
	default:
		f, err = openText(path)
		table = false
	}
	switch {
	case err != nil:
		return nil, err
	case table && o.IDs == "":
		return nil, errors.New("its rows have no ids: name the file that has them, a line a row, with --ids")
	case !table && o.IDs != "":
		return nil, errors.New("each of its lines begins with an id: leave --ids out")
	case o.IDColumn != "":
		return nil, errors.New("it has no columns with names: leave --id-column out")
	case table:
		return f, f.name(o.IDs)
	}
	return f, nil
}

// begin returns the first nine bytes of a file, or all where it has fewer, and its length.
func begin(path string) (magic []byte, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	if !st.Mode().IsRegular() {
		return nil, 0, errors.New("it is no file that can be read twice: write it to disk first")
	}
	magic = make([]byte, 9)
	n, err := io.ReadFull(f, magic)
	if n == 0 {
		return nil, 0, errors.New("it is empty")
	}
	if err == io.ErrUnexpectedEOF {
		err = nil
	}
	return magic[:n], st.Size(), err
}

// width returns an error unless a vector may have so many columns.
func width(n int) error {
	if n < 1 || n > MaxWidth {
		return fmt.Errorf("its vectors are %d wide; what can be read is 1 to %d", n, MaxWidth)
	}
	return nil
}
