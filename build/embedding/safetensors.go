package embedding

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// maxTensorHeader is the length of a header that is read: the format allows 100 MB, and what
// holds one table needs a hundred bytes.
const maxTensorHeader = 16 << 20

// tensor is an entry of the header: github.com/huggingface/safetensors, "Format".
type tensor struct {
	DType   string   `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"` // from the end of the header
}

// openSafetensors opens the tensor called name, or the only one of two dimensions.
func openSafetensors(path string, size int64, name string) (*File, error) {
	tensors, offset, err := tensorHeader(path, size)
	if err != nil {
		return nil, err
	}
	var tables []string
	for n, t := range tensors {
		if len(t.Shape) == 2 {
			tables = append(tables, n)
		}
	}
	slices.Sort(tables)
	switch {
	case name == "" && len(tables) == 1:
		name = tables[0]
	case len(tables) == 0:
		return nil, errors.New("it has no tensor of two dimensions")
	case name == "":
		return nil, fmt.Errorf("it has several tables, %s: name that of the items with --column", strings.Join(tables, ", "))
	case !slices.Contains(tables, name):
		return nil, fmt.Errorf("it has no table %q: there is %s", name, strings.Join(tables, ", "))
	}
	t := tensors[name]
	m := matrix{path: path, offset: offset + t.Offsets[0], rows: t.Shape[0], cols: t.Shape[1], order: binary.LittleEndian}
	switch t.DType {
	case "F16":
		m.number = float16
	case "BF16":
		m.number = brain16
	case "F32":
		m.number = float32s
	case "F64":
		m.number = float64s
	default:
		return nil, fmt.Errorf("the numbers of %s are %s: save F32, F16 or BF16", name, t.DType)
	}
	if t.Offsets[0] < 0 || t.Offsets[1] < t.Offsets[0] || t.Offsets[1] > size-offset {
		return nil, fmt.Errorf("%s lies outside of the file: it is cut short or damaged", name)
	}
	return m.file(offset + t.Offsets[1])
}

// tensorHeader returns the tensors of a file by name, and where their numbers begin.
func tensorHeader(path string, size int64) (map[string]tensor, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	var length [8]byte
	if _, err := io.ReadFull(f, length[:]); err != nil {
		return nil, 0, err
	}
	n := binary.LittleEndian.Uint64(length[:])
	if n > maxTensorHeader || int64(n) > size-8 {
		return nil, 0, fmt.Errorf("its header has %d bytes: it is cut short or damaged", n)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(f, text); err != nil {
		return nil, 0, err
	}
	entries := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &entries); err != nil {
		return nil, 0, fmt.Errorf("its header is no JSON: %w", err)
	}
	tensors := map[string]tensor{}
	for name, entry := range entries {
		if name == "__metadata__" {
			continue
		}
		var t tensor
		if err := json.Unmarshal(entry, &t); err != nil {
			return nil, 0, fmt.Errorf("tensor %s: %w", name, err)
		}
		tensors[name] = t
	}
	return tensors, 8 + int64(n), nil
}
