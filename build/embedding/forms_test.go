package embedding

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"sparrow/wasm/quant"
)

// put writes a file into a folder of the test and returns its path.
func put(t testing.TB, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// npy returns a file as numpy.save writes it, with numbers of a type.
func npy(descr, shape string, order binary.AppendByteOrder, numbers any) string {
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, shape)
	header += strings.Repeat(" ", 117-len(header)) + "\n"
	body := binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(header)))
	body, err := binary.Append(append(body, header...), order.(binary.ByteOrder), numbers)
	if err != nil {
		panic(err)
	}
	return string(body)
}

// tensors returns a safetensors file with that header.
func tensors(header string, numbers any) string {
	body := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	body, err := binary.Append(append(body, header...), binary.LittleEndian, numbers)
	if err != nil {
		panic(err)
	}
	return string(body)
}

// parquetOf writes rows to a Parquet file.
func parquetOf[T any](t testing.TB, rows []T, o ...parquet.WriterOption) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "emb.parquet")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := parquet.NewGenericWriter[T](f, o...)
	for i := range rows {
		if _, err := w.Write(rows[i : i+1]); err != nil {
			t.Fatal(err)
		}
		if i%2 == 1 {
			if err := w.Flush(); err != nil { // a group of rows of its own
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

type listed struct {
	Item   string    `parquet:"item_id"`
	Price  float64   `parquet:"price"`
	Vector []float32 `parquet:"embedding,list"`
}

type plainList struct {
	ID     int64     `parquet:"id"`
	Vector []float64 `parquet:"v"`
}

// TestForms reads the same two vectors of the items 7 and 8 from every form.
func TestForms(t *testing.T) {
	ids := put(t, "ids.txt", "7\r\n8\n")
	wide, narrow := []float64{1, -2, 0.5, 3, 0, -0.25}, []float32{1, -2, 0.5, 3, 0, -0.25}
	halves := []uint16{0x3c00, 0xc000, 0x3800, 0x4200, 0, 0xb400}
	brains := []uint16{0x3f80, 0xc000, 0x3f00, 0x4040, 0, 0xbe80}
	item := `{"emb":{"dtype":"%s","shape":[2,3],"data_offsets":[0,%d]}}`
	for _, c := range []struct {
		name, path string
		o          Options
	}{
		{"npy float32", put(t, "a.npy", npy("<f4", "(2, 3)", binary.LittleEndian, narrow)), Options{IDs: ids}},
		{"npy float64", put(t, "a.npy", npy("<f8", "(2, 3)", binary.LittleEndian, wide)), Options{IDs: ids}},
		{"npy float16", put(t, "a.npy", npy("<f2", "(2, 3)", binary.LittleEndian, halves)), Options{IDs: ids}},
		{"npy big endian", put(t, "a.npy", npy(">f4", "(2, 3)", binary.BigEndian, narrow)), Options{IDs: ids}},
		{"ids with a head", put(t, "a.npy", npy("<f4", "(2, 3)", binary.LittleEndian, narrow)), Options{IDs: put(t, "ids.csv", "\ufeffitem_id\n7\n8")}},
		{"safetensors F32", put(t, "a.safetensors", tensors(fmt.Sprintf(item, "F32", 24), narrow)), Options{IDs: ids}},
		{"safetensors F16", put(t, "a.safetensors", tensors(fmt.Sprintf(item, "F16", 12), halves)), Options{IDs: ids}},
		{"safetensors BF16", put(t, "a.safetensors", tensors(fmt.Sprintf(item, "BF16", 12), brains)), Options{IDs: ids}},
		{"safetensors of several", put(t, "a.safetensors", tensors(`{"__metadata__":{"format":"pt"},"bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},`+
			`"b":{"dtype":"F32","shape":[2,3],"data_offsets":[4,28]},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}`, append([]float32{9}, narrow...))), Options{IDs: ids, Column: "b"}},
		{"word2vec", put(t, "a.txt", "2 3\n7 1 -2 0.5\n8 3 0 -0.25\n"), Options{}},
		{"fastText", put(t, "a.vec", "2 3\n7 1 -2 0.5 \n8 3 0 -2.5e-1 \n"), Options{}},
		{"GloVe", put(t, "a.txt", "7 1 -2 0.5\n8 3 0 -0.25"), Options{}},
		{"Parquet", parquetOf(t, []listed{{"7", 1, narrow[:3]}, {"8", 2, narrow[3:]}}), Options{}},
		{"Parquet, old lists, numbers for ids", parquetOf(t, []plainList{{7, wide[:3]}, {8, wide[3:]}}, parquet.Compression(&parquet.Zstd)), Options{Column: "v", IDColumn: "id"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Open(c.path, c.o)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // a file can be read again
				var got []string
				err = f.read(func(at int, id string, v []float32, why string) error {
					got = append(got, fmt.Sprint(id, v, why))
					return nil
				})
				if want := "7[1 -2 0.5] 8[3 0 -0.25]"; err != nil || strings.Join(got, " ") != want {
					t.Errorf("read = %v, %v, want %s", got, err, want)
				}
			}
		})
	}
}

// TestSpacesInIDs: what stands before the numbers is the id.
func TestSpacesInIDs(t *testing.T) {
	f, err := Open(put(t, "a.vec", "2 2\nBlade Runner 2049 1 2\nHeat 3 4\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = f.read(func(_ int, id string, v []float32, _ string) error { got = append(got, id); return nil })
	if err != nil || len(got) != 2 || got[0] != "Blade Runner 2049" || got[1] != "Heat" {
		t.Errorf("ids %q, %v", got, err)
	}
}

// TestRefusals: what cannot be read is said with what to do.
func TestRefusals(t *testing.T) {
	ids := put(t, "ids.txt", "7\n8\n")
	for _, c := range []struct {
		name, path string
		o          Options
		want       string
	}{
		{"no ids", put(t, "a.npy", npy("<f4", "(1, 1)", binary.LittleEndian, []float32{1})), Options{}, "--ids"},
		{"other ids", put(t, "a.npy", npy("<f4", "(1, 1)", binary.LittleEndian, []float32{1})), Options{IDs: ids}, "1 row, and ids.txt 2 ids"},
		{"one dimension", put(t, "a.npy", npy("<f4", "(2,)", binary.LittleEndian, []float32{1, 2})), Options{IDs: ids}, "two dimensions"},
		{"whole numbers", put(t, "a.npy", npy("<i8", "(1, 1)", binary.LittleEndian, []int64{1})), Options{IDs: ids}, "astype('float32')"},
		{"cut short", put(t, "a.npy", npy("<f4", "(3, 2)", binary.LittleEndian, []float32{1, 2, 3, 4, 5})), Options{IDs: ids}, "announces 3 × 2 numbers of 4 bytes, and has 20 bytes"},
		{"a shape beyond any memory", put(t, "a.npy", npy("<f8", "(4611686018427387904, 4)", binary.LittleEndian, []float32{1})), Options{IDs: ids}, "announces"},
		{"too wide", put(t, "a.npy", npy("<f4", "(1, 5000)", binary.LittleEndian, []float32{1})), Options{IDs: ids}, "1 to 4096"},
		{"a damaged header", put(t, "a.npy", "\x93NUMPY\x02\x00\xff\xff\xff\xff"), Options{IDs: ids}, "its header has"},
		{"two tables", put(t, "a.safetensors", tensors(`{"b":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}`, []float32{1})), Options{IDs: ids}, "a, b: name that of the items with --column"},
		{"a tensor outside", put(t, "a.safetensors", tensors(`{"b":{"dtype":"F32","shape":[1,1],"data_offsets":[400,404]}}`, []float32{1})), Options{IDs: ids}, "outside"},
		{"a tensor of another length", put(t, "a.safetensors", tensors(`{"b":{"dtype":"F32","shape":[2,1],"data_offsets":[0,4]}}`, []float32{1, 2})), Options{IDs: ids}, "announces"},
		{"text with ids", put(t, "a.vec", "1 2\n7 1 2\n"), Options{IDs: ids}, "leave --ids out"},
		{"text cut short", put(t, "a.vec", "3 2\n7 1 2\n8 1 2\n"), Options{}, "promises 3 vectors, and there are 2"},
		{"word2vec's binary form", put(t, "a.bin", "1 2\n7 \x00\xff\x80\x3f\n"), Options{}, "binary=False"},
		{"prose", put(t, "a.txt", "hello\n"), Options{}, "what can be read is"},
		{"gzip", put(t, "a.vec.gz", "\x1f\x8b\x08"), Options{}, "unpack"},
		{"nothing", put(t, "a.npy", ""), Options{IDs: ids}, "empty"},
		{"Parquet without vectors", parquetOf(t, []struct {
			ID int64 `parquet:"id"`
		}{{7}}), Options{}, "no column of vectors: there are id"},
		{"Parquet without ids", parquetOf(t, []struct {
			Key string    `parquet:"key"`
			V   []float32 `parquet:"v,list"`
			W   string    `parquet:"w"`
		}{{"7", []float32{1}, ""}}), Options{}, "--id-column"},
		{"Parquet, another name", parquetOf(t, []listed{{"7", 1, []float32{1}}}), Options{Column: "vectors"}, `called vectors: there are item_id, price, embedding (lists)`},
		{"Parquet cut short", put(t, "a.parquet", "PAR1 and no more"), Options{}, "a.parquet"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Open(c.path, c.o)
			if err == nil {
				err = f.read(func(int, string, []float32, string) error { return nil })
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Open = %v, want %q", err, c.want)
			}
		})
	}
}

// TestHalf compares with numbers of the standard, IEEE 754 binary16.
func TestHalf(t *testing.T) {
	for bits, want := range map[uint16]float32{0x0000: 0, 0x3c00: 1, 0xc000: -2, 0x3555: 0.33325195, 0x7bff: 65504, 0x0001: 5.9604645e-08, 0x0400: 6.1035156e-05, 0x7c00: float32(math.Inf(1)), 0xfc00: float32(math.Inf(-1))} {
		if got := half(bits); got != want {
			t.Errorf("half(%#04x) = %v, want %v", bits, got, want)
		}
	}
	if got := half(0x7e00); got == got {
		t.Errorf("half(0x7e00) = %v, want NaN", got)
	}
}

// TestWriteNPY: what is written is read.
func TestWriteNPY(t *testing.T) {
	m := quant.Quantize([]float32{127, -64, 1, 0, 254, 2}, 2, 3)
	var b strings.Builder
	if err := WriteNPY(&b, m.Rows, m.Cols, m.Dequantize); err != nil {
		t.Fatal(err)
	}
	if at := strings.IndexByte(b.String(), '\n') + 1; at%64 != 0 {
		t.Errorf("the numbers begin at %d", at)
	}
	f, err := Open(put(t, "a.npy", b.String()), Options{IDs: put(t, "ids.txt", "7\n8\n")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	f.read(func(_ int, id string, v []float32, _ string) error { got = append(got, fmt.Sprint(id, v)); return nil })
	if want := "[7[127 -64 1] 8[0 254 2]]"; fmt.Sprint(got) != want {
		t.Errorf("read %v, want %s", got, want)
	}
}

// FuzzOpen: whatever the bytes, a file is read to its end or refused, without a panic.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(npy("<f4", "(1, 2)", binary.LittleEndian, []float32{1, 2})))
	f.Add([]byte(tensors(`{"b":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}`, []float32{1})))
	f.Add([]byte("1 2\n7 1 2\n"))
	parquetFile, err := os.ReadFile(parquetOf(f, []listed{{"7", 1, []float32{1, 2}}}))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(parquetFile)
	ids := put(f, "ids.txt", "7\n")
	f.Fuzz(func(t *testing.T, data []byte) {
		path := put(t, "a", string(data))
		for _, o := range []Options{{}, {IDs: ids}} {
			file, err := Open(path, o)
			if err != nil {
				continue
			}
			rows := 0
			file.read(func(_ int, _ string, v []float32, why string) error {
				if rows++; (v == nil) == (why == "") || len(v) > MaxWidth || rows > len(data) {
					t.Fatalf("row %d has %d numbers and %q", rows, len(v), why)
				}
				return nil
			})
		}
	})
}
