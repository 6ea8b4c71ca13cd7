package rowfile

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// tfRecord writes records that are each a message of tensorflow.Example. A record is
//
//	uint64 length, uint32 masked CRC of the length, the message, uint32 masked CRC of the message
//
// in little endian. Source: tensorflow/core/lib/io/record_writer.h.
type tfRecord struct {
	w       io.Writer
	columns []Column

	record, features, entry, list []byte // memory of the last row
}

// NewTFRecord returns a writer of TFRecord, without compression.
func NewTFRecord(w io.Writer, columns []Column) Writer { return &tfRecord{w: w, columns: columns} }

// Fields of tensorflow.Feature, each of which is a list. Source: tensorflow/core/example/feature.proto.
const bytesList, floatList, int64List = 1, 2, 3

func (t *tfRecord) Write(row []Value) error {
	t.features = t.features[:0]
	for i, c := range t.columns {
		v := &row[i]
		switch c.Kind {
		case Text:
			t.list = protowire.AppendString(protowire.AppendTag(t.list[:0], 1, protowire.BytesType), v.Text)
			t.feature(c.Name, bytesList)
		case Ints:
			size := 0
			for _, x := range v.Ints {
				size += protowire.SizeVarint(uint64(x))
			}
			t.packed(size)
			for _, x := range v.Ints {
				t.list = protowire.AppendVarint(t.list, uint64(x))
			}
			t.feature(c.Name, int64List)
		case Floats:
			t.packed(4 * len(v.Floats))
			for _, x := range v.Floats {
				t.list = protowire.AppendFixed32(t.list, math.Float32bits(x))
			}
			t.feature(c.Name, floatList)
		}
	}
	const start = 12 // of the message
	t.record = append(t.record[:0], make([]byte, start)...)
	t.record = protowire.AppendBytes(protowire.AppendTag(t.record, 1, protowire.BytesType), t.features) // Example.features
	binary.LittleEndian.PutUint64(t.record, uint64(len(t.record)-start))
	binary.LittleEndian.PutUint32(t.record[8:], masked(t.record[:8]))
	t.record = binary.LittleEndian.AppendUint32(t.record, masked(t.record[start:]))
	_, err := t.w.Write(t.record)
	return err
}

func (t *tfRecord) Close() error { return nil }

// packed begins a list whose values have so many bytes; an empty list has no field.
func (t *tfRecord) packed(size int) {
	if t.list = t.list[:0]; size == 0 {
		return
	}
	t.list = protowire.AppendVarint(protowire.AppendTag(t.list, 1, protowire.BytesType), uint64(size))
}

// feature adds the list to the features, under its name: an entry of a map.
func (t *tfRecord) feature(name string, kind protowire.Number) {
	t.entry = protowire.AppendString(protowire.AppendTag(t.entry[:0], 1, protowire.BytesType), name)
	size := protowire.SizeTag(kind) + protowire.SizeBytes(len(t.list))
	t.entry = protowire.AppendVarint(protowire.AppendTag(t.entry, 2, protowire.BytesType), uint64(size))
	t.entry = protowire.AppendBytes(protowire.AppendTag(t.entry, kind, protowire.BytesType), t.list)
	t.features = protowire.AppendBytes(protowire.AppendTag(t.features, 1, protowire.BytesType), t.entry)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// masked is a CRC-32C as TFRecord has it: turned by 15 bits, plus a constant.
func masked(data []byte) uint32 {
	c := crc32.Checksum(data, castagnoli)
	return (c>>15 | c<<17) + 0xa282ead8
}
