package embedding

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
)

// The header of a .npy file is a dict of Python with three keys. Source:
// numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
var (
	npyDescr   = regexp.MustCompile(`'descr'\s*:\s*'([<>|=]?[a-z][0-9]*)'`)
	npyFortran = regexp.MustCompile(`'fortran_order'\s*:\s*(True|False)`)
	npyShape   = regexp.MustCompile(`'shape'\s*:\s*\(\s*([0-9]+)L?\s*,\s*([0-9]+)L?\s*,?\s*\)`)
)

// maxNPYHeader is the length of a header that is read: those of matrices have 128 bytes.
const maxNPYHeader = 1 << 16

// openNPY opens a matrix that NumPy saved. Its rows are read one by one and what the header
// says is held against the length of the file.
func openNPY(path string, size int64) (*File, error) {
	header, offset, err := npyHeader(path)
	if err != nil {
		return nil, err
	}
	descr, fortran, shape := npyDescr.FindStringSubmatch(header), npyFortran.FindStringSubmatch(header), npyShape.FindStringSubmatch(header)
	if descr == nil || fortran == nil {
		return nil, fmt.Errorf("its header is not that of a plain array: %.100q: save float32 with numpy.save", header)
	}
	if shape == nil {
		return nil, fmt.Errorf("it is no table of rows and columns: %.100q: save an array of two dimensions", header)
	}
	if fortran[1] == "True" {
		return nil, errors.New("its columns stand one after the other: save numpy.ascontiguousarray(x)")
	}
	m := matrix{path: path, offset: offset, order: binary.LittleEndian}
	if descr[1][0] == '>' {
		m.order = binary.BigEndian
	}
	switch descr[1][len(descr[1])-2:] {
	case "f2":
		m.number = float16
	case "f4":
		m.number = float32s
	case "f8":
		m.number = float64s
	default:
		return nil, fmt.Errorf("its numbers are %q: save x.astype('float32')", descr[1])
	}
	if m.rows, err = strconv.Atoi(shape[1]); err == nil {
		m.cols, err = strconv.Atoi(shape[2])
	}
	if err != nil {
		return nil, err
	}
	return m.file(size)
}

// npyHeader returns the header of a file, and where the numbers begin.
func npyHeader(path string) (header string, offset int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	var begin [12]byte // magic, version and a length of two bytes, or four from version 2 on
	if _, err := io.ReadFull(f, begin[:]); err != nil {
		return "", 0, errors.New("its header is cut short")
	}
	length, offset := int64(binary.LittleEndian.Uint16(begin[8:])), int64(10)
	if begin[6] > 1 {
		length, offset = int64(binary.LittleEndian.Uint32(begin[8:])), 12
	}
	if length > maxNPYHeader {
		return "", 0, fmt.Errorf("its header has %d bytes: it is damaged, or no plain array", length)
	}
	text := make([]byte, length)
	if _, err := f.ReadAt(text, offset); err != nil {
		return "", 0, errors.New("its header is cut short")
	}
	return string(text), offset + length, nil
}
