package rowfile

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"reflect"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// TestMaskedChecksum: the CRC-32C of "123456789" is e3069283 (RFC 3720, and every table of CRCs);
// turned right by 15 bits it is 2507c60d, and plus a282ead8 it is c78ab0e5.
func TestMaskedChecksum(t *testing.T) {
	if got := masked([]byte("123456789")); got != 0xc78ab0e5 {
		t.Errorf("masked = %08x, want c78ab0e5", got)
	}
}

// TestExampleByHand: a row of one number, of the ids 1 and 300, of no ids and of a text, field by field.
func TestExampleByHand(t *testing.T) {
	var out bytes.Buffer
	w := NewTFRecord(&out, []Column{{Name: "x", Kind: Floats}, {Name: "h", Kind: Ints, List: true}, {Name: "n", Kind: Ints, List: true}, {Name: "t", Kind: Text}})
	if err := w.Write([]Value{{Floats: []float32{1}}, {Ints: []int64{1, 300}}, {}, {Text: "ab"}}); err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll("0a 33"+ // features
		" 0a0d 0a0178 1208 1206 0a04 0000803f"+ // x: float_list of 4 bytes packed, 1.0
		" 0a0c 0a0168 1207 1a05 0a03 01 ac02"+ // h: int64_list of 3 bytes packed, 1 and 300
		" 0a07 0a016e 1202 1a00"+ // n: int64_list of nothing
		" 0a0b 0a0174 1206 0a04 0a02 6162", " ", "") // t: bytes_list of "ab"
	data := out.Bytes()
	if n := binary.LittleEndian.Uint64(data); int(n) != len(want)/2 || len(data) != 12+len(want)/2+4 {
		t.Fatalf("a length of %d in %d bytes, want %d", n, len(data), len(want)/2)
	}
	message := data[12 : len(data)-4]
	if got := hex.EncodeToString(message); got != want {
		t.Errorf("message\n%s, want\n%s", got, want)
	}
	if binary.LittleEndian.Uint32(data[8:]) != masked(data[:8]) || binary.LittleEndian.Uint32(data[len(data)-4:]) != masked(message) {
		t.Error("the checksums are not those of length and message")
	}
}

// TestParquetComesBack: lists of each length stay with their rows.
func TestParquetComesBack(t *testing.T) {
	type row struct {
		Z    float32 `parquet:"z"`
		List []int64 `parquet:"list,list"`
		At   int64   `parquet:"at"`
		Text string  `parquet:"text"`
	}
	rows := []row{{1.5, []int64{1, 2, 3}, 7, "ä"}, {2, nil, -1, ""}, {0, []int64{4}, 8, "b"}}
	var out bytes.Buffer
	w := NewParquet(&out, []Column{{Name: "z", Kind: Floats}, {Name: "list", Kind: Ints, List: true}, {Name: "at", Kind: Ints}, {Name: "text", Kind: Text}})
	for _, r := range rows {
		if err := w.Write([]Value{{Floats: []float32{r.Z}}, {Ints: r.List}, {Ints: []int64{r.At}}, {Text: r.Text}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := parquet.Read[row](bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) == 3 && len(got[1].List) == 0 {
		got[1].List = nil
	}
	if !reflect.DeepEqual(got, rows) {
		t.Errorf("read %v, want %v", got, rows)
	}
}
