//go:build !js

package delta

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// versions returns a program of n bytes and its next version: one function is
// 200 bytes longer, and every 5,000th byte, as an address, is one more.
func versions(n int) (before, after []byte) {
	r := rand.New(rand.NewPCG(1, 2))
	before = make([]byte, n)
	for i := range before {
		before[i] = byte(r.Uint32() >> 24)
	}
	after = bytes.Clone(before[:n/2])
	for range 200 {
		after = append(after, byte(r.Uint32()))
	}
	after = append(after, before[n/2:]...)
	for i := 2500; i < len(after); i += 5000 {
		after[i]++
	}
	return before, after
}

// TestMakeOfTheNextVersion makes deltas of programs that no compression makes
// shorter, one of them longer than the window that every browser has.
func TestMakeOfTheNextVersion(t *testing.T) {
	for _, n := range []int{1 << 17, 9 << 20} {
		before, after := versions(n)
		packed, err := Make(before, after)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(before)
		if head := append([]byte("\x5e\x2a\x4d\x18\x20\x00\x00\x00"), sum[:]...); !bytes.HasPrefix(packed, head) {
			t.Errorf("%d bytes: begins with %x, want %x", n, packed[:min(40, len(packed))], head)
		}
		if most := 1000 + n/200; len(packed) > most {
			t.Errorf("%d bytes: the delta is %d, want at most %d", n, len(packed), most)
		}
		if back, err := Apply(before, packed, len(after)); err != nil || !bytes.Equal(back, after) {
			t.Errorf("%d bytes: Apply = %d bytes, %v", n, len(back), err)
		}
		again, err := Make(before, after)
		if err != nil || !bytes.Equal(again, packed) {
			t.Errorf("%d bytes: made again it differs (%v)", n, err)
		}
	}
}

func TestMakeNothingOfNoUse(t *testing.T) {
	before, after := versions(1 << 17)
	other, _ := versions(9<<20 + 1)
	for _, c := range []struct {
		name             string
		dictionary, file []byte
	}{
		{"no dictionary", nil, after},
		{"no file", before, nil},
		{"files without anything in common", other[:1<<17], append(bytes.Clone(other[1<<18:1<<19]), 1)},
		{"one letter again and again, which needs no dictionary", make([]byte, 1<<17), make([]byte, 1<<17)},
		{"a file longer than a browser's window", other[:1<<20], other},
	} {
		if packed, err := Make(c.dictionary, c.file); packed != nil || err != nil {
			t.Errorf("%s: %d bytes, %v; want none", c.name, len(packed), err)
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	before, after := versions(1 << 17)
	packed, err := Make(before, after)
	if err != nil {
		t.Fatal(err)
	}
	flip := func(at int) []byte {
		b := bytes.Clone(packed)
		b[at] ^= 1
		return b
	}
	damaged := bytes.Clone(before)
	damaged[77] ^= 1
	for _, c := range []struct {
		name               string
		dictionary, packed []byte
		most               int
		want               string
	}{
		{"nothing", before, nil, 1 << 20, "does not begin"},
		{"another kind of file", before, after, 1 << 20, "does not begin"},
		{"another dictionary", after, packed, 1 << 20, "another dictionary"},
		{"the hash alone", before, packed[:40], 1 << 20, "EOF"},
		{"half of it", before, packed[:len(packed)/2], 1 << 20, "EOF"},
		{"more bytes than are wanted", before, packed, len(after) - 1, "at most"},
		{"a wrong bit", before, flip(len(packed) - 1), 1 << 20, "CRC"},
	} {
		if _, err := Apply(c.dictionary, c.packed, c.most); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", c.name, err, c.want)
		}
	}
	// What a browser's dictionary is, it took the hash of when it came: later damage
	// is found by the frame's own checksum.
	sum := sha256.Sum256(damaged)
	copy(packed[8:], sum[:])
	if _, err := Apply(damaged, packed, 1<<20); err == nil || !strings.Contains(err.Error(), "CRC") {
		t.Errorf("a damaged dictionary: %v, want an error of the checksum", err)
	}
}

func TestNames(t *testing.T) {
	hash := strings.Repeat("0123456789abcdef", 4)
	var sum [sha256.Size]byte
	for i := range sum {
		sum[i] = []byte{0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}[i%8]
	}
	name := "0123456789abcdef.app.wasm." + hash + ".dcz"
	if got := Name("0123456789abcdef.app.wasm", sum); got != name {
		t.Errorf("Name = %s, want %s", got, name)
	}
	for name, want := range map[string]string{
		name: "0123456789abcdef.app.wasm", "a." + hash + ".dcz": "a",
		"." + hash + ".dcz": "", hash + ".dcz": "", "a." + hash[1:] + ".dcz": "", "a." + strings.ToUpper(hash) + ".dcz": "", "a." + hash: "", "": "", ".dcz": "",
	} {
		if got := Of(name); got != want {
			t.Errorf("Of(%s) = %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"0123456789abcdef.app.wasm": "app.wasm", "0123456789abcdef.home.zh.txt": "home.zh.txt", hash + ".bundle": "bundle", "0123456789abcdef.icon-192.png": "icon-192.png",
		"0123456789abcde.app.wasm": "", "0123456789abcdeg.app.wasm": "", "0123456789abcdef": "", "app.wasm": "", "0123456789abcdef.a*b": "", "0123456789abcdef.a(b": "",
		"0123456789abcdef.a:b": "", `0123456789abcdef.a"b`: "", "0123456789abcdef.ä": "", "0123456789abcdef.a/b": "", "": "",
	} {
		if got := Family(name); got != want {
			t.Errorf("Family(%s) = %q, want %q", name, got, want)
		}
	}
	if got, want := Match("app.wasm"), `match="*.app.wasm"`; got != want {
		t.Errorf("Match = %s, want %s", got, want)
	}
}

func TestAsked(t *testing.T) {
	sum := sha256.Sum256([]byte("a dictionary"))
	text := base64.StdEncoding.EncodeToString(sum[:])
	if got, ok := Asked(":" + text + ":"); !ok || got != sum {
		t.Errorf("Asked = %x, %t, want %x", got, ok, sum)
	}
	for _, header := range []string{
		"", ":", "::", text, ":" + text, text + ":", " :" + text + ":", ":" + text + ": ", ":" + text + ":;a=1", ":" + text + ":, :" + text + ":",
		":" + text[:43] + ":", ":" + text[:42] + "==:", ":" + text[:40] + "\n\n\n=:", ":" + strings.Repeat("A", 44) + ":", ":" + strings.Repeat("=", 44) + ":",
		":" + strings.Repeat("A", 42) + "B=:", ":../../../../../../../../etc/passwd/././././.=:", ":" + strings.Repeat("A", 1<<16) + ":", `"` + text + `"`,
	} {
		if got, ok := Asked(header); ok {
			t.Errorf("Asked(%.60q) = %x, want none", header, got)
		}
	}
}

// FuzzAsked holds that a header which is accepted is the only spelling of its
// hash, and names a file without a path.
func FuzzAsked(f *testing.F) {
	f.Add(":" + base64.StdEncoding.EncodeToString(make([]byte, 32)) + ":")
	f.Add("::")
	f.Fuzz(func(t *testing.T, header string) {
		sum, ok := Asked(header)
		if !ok {
			return
		}
		if again := ":" + base64.StdEncoding.EncodeToString(sum[:]) + ":"; again != header {
			t.Errorf("Asked(%q) is also spelled %q", header, again)
		}
		if name := Name("a", sum); Of(name) != "a" || strings.ContainsAny(name, `/\`) {
			t.Errorf("Asked(%q) names %q", header, name)
		}
	})
}

// FuzzApply applies any bytes: no panic, no more bytes than are allowed, and no
// memory beyond 64 × those and what a reader takes by itself.
func FuzzApply(f *testing.F) {
	before, after := versions(1 << 12)
	if packed, err := Make(before, after); err != nil || packed == nil {
		f.Fatal(err)
	} else {
		f.Add(packed[40:])
		f.Add(packed[40:100])
	}
	f.Add([]byte("\x28\xb5\x2f\xfd\xe0\xff\xff\xff\xff\xff\xff\xff\x7f"))
	sum := sha256.Sum256(before)
	head := append(bytes.Clone(magic), sum[:]...)
	const most = 1 << 16
	f.Fuzz(func(t *testing.T, frame []byte) {
		var start, end runtime.MemStats
		runtime.ReadMemStats(&start)
		file, err := Apply(before, append(bytes.Clone(head), frame...), most)
		runtime.ReadMemStats(&end)
		if err == nil && len(file) > most {
			t.Errorf("makes %d bytes, want at most %d", len(file), most)
		}
		if got := end.TotalAlloc - start.TotalAlloc; got > 64*most+16<<20 {
			t.Errorf("takes %d bytes of memory", got)
		}
	})
}
