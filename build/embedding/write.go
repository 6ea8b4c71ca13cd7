package embedding

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"sparrow/wasm/quant"
)

// WriteNPY writes m, decoded, as NumPy saves a table of float32.
func WriteNPY(w io.Writer, m *quant.Matrix) error {
	header := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", m.Rows, m.Cols)
	const aligned, before = 64, 10 // the numbers begin at a multiple
	header += strings.Repeat(" ", aligned-1-(before+len(header))%aligned) + "\n"
	out := bufio.NewWriter(w)
	out.WriteString("\x93NUMPY\x01\x00")
	binary.Write(out, binary.LittleEndian, uint16(len(header)))
	out.WriteString(header)
	row := make([]float32, m.Cols)
	for r := range m.Rows {
		m.Dequantize(row, r)
		if err := binary.Write(out, binary.LittleEndian, row); err != nil {
			return err
		}
	}
	return out.Flush()
}
