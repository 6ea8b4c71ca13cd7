package embedding

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// WriteNPY writes a table as NumPy saves one of float32. fill stores row r in dst, of cols numbers.
func WriteNPY(w io.Writer, rows, cols int, fill func(dst []float32, r int)) error {
	header := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", rows, cols)
	const aligned, before = 64, 10 // the numbers begin at a multiple
	header += strings.Repeat(" ", aligned-1-(before+len(header))%aligned) + "\n"
	out := bufio.NewWriter(w)
	out.WriteString("\x93NUMPY\x01\x00")
	binary.Write(out, binary.LittleEndian, uint16(len(header)))
	out.WriteString(header)
	row := make([]float32, cols)
	for r := range rows {
		fill(row, r)
		if err := binary.Write(out, binary.LittleEndian, row); err != nil {
			return err
		}
	}
	return out.Flush()
}
