//go:build !js

package assets

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/wasm/wire"
)

// firstOf returns the beginning of a bundle whose second file is supplement.
func firstOf(supplement string) []byte {
	sum := sha256.Sum256([]byte(supplement))
	var w wire.Writer
	w.Map(2)
	w.Str("sparrow")
	w.Uint(2)
	w.Str("meta")
	w.Map(2)
	w.Str("name")
	w.Str("a name")
	w.Str("supplement")
	w.Array(2)
	w.Bin(sum[:])
	w.Uint(uint64(len(supplement)))
	return w.Buf
}

// TestASecondFileThatIsNotThereIsSaid: at the start, when latest.json changes
// and when a page asks for it, each once for the files as they are.
func TestASecondFileThatIsNotThereIsSaid(t *testing.T) {
	for _, below := range []string{"", "a"} { // the builder's layout, and the exporter's
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, below), 0o755); err != nil {
			t.Fatal(err)
		}
		write := func(name, body string) {
			t.Helper()
			if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		const good, damaged = "what comes later", "what comes  lat"
		path := func(hash, kind string) string { return filepath.Join(below, hash+kind) }
		write(path(first, ".bundle"), string(firstOf(good)))
		write(path(second, ".bundle"), string(firstOf(good)))
		write("latest.json", `{"bundle":"`+first+`"}`)
		var said []string
		b := NewBundles(dir)
		b.Failed = func(err error) { said = append(said, err.Error()) }
		s := Serve(nil, b)
		says := func(when string, want ...string) {
			t.Helper()
			if len(said) != min(1, len(want)) {
				t.Errorf("%s: %q is said", when, said)
			}
			for _, w := range want {
				if len(said) == 1 && !strings.Contains(said[0], w) {
					t.Errorf("%s: %q is said, want %q", when, said[0], w)
				}
			}
			said = nil
		}
		b.Check()
		says("at the start", filepath.Join(dir, path(first, ".supplement")), "is missing", "make the bundle again")
		for range 3 {
			get(s, "/v1/latest.json")
			get(s, "/v1/a/"+first+".supplement")
			b.Check()
		}
		says("once more")

		write("latest.json", `{"bundle":"`+second+`", "bytes":1}`)
		if w := get(s, "/v1/latest.json"); w.Code != 200 || w.Body.String() != `{"bundle":"`+second+`", "bytes":1}` {
			t.Errorf("latest.json = %d %s", w.Code, w.Body)
		}
		says("a new latest.json", second+".supplement", "is missing")

		for name, body := range map[string]string{"another content": strings.ToUpper(good), "a shorter one": damaged, "a longer one": good + "!", "nothing": ""} {
			write(path(first, ".supplement"), body)
			get(s, "/v1/a/"+first+".supplement")
			says(name, first+".supplement is not the second file that "+first+".bundle names", "copy it there again")
			if err := os.Remove(filepath.Join(dir, path(first, ".supplement"))); err != nil {
				t.Fatal(err)
			}
			get(s, "/v1/a/"+first+".supplement")
			says(name+", taken away", "is missing")
		}
		write(path(first, ".supplement"), good)
		if w := get(s, "/v1/a/"+first+".supplement"); w.Code != 200 || w.Body.String() != good {
			t.Errorf("the right one = %d %s", w.Code, w.Body)
		}
		says("the right one")
		get(s, "/v1/a/"+strings.Repeat("f", 64)+".supplement")
		says("one of no bundle")
		if len(b.supplements.known) != 2 {
			t.Errorf("%d bundles are known, want the two that are there", len(b.supplements.known))
		}
	}
}

// TestTheDemoIsWhole: the bundle that the builder writes is read, and nothing
// is said.
func TestTheDemoIsWhole(t *testing.T) {
	all, err := filepath.Glob("../../data/demo/*.bundle")
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	if _, size, err := namedBy(all[0]); size == 0 || err != nil {
		t.Errorf("%s names a second file of %d bytes, %v", all[0], size, err)
	}
	b := NewBundles("../../data/demo")
	b.Failed = func(err error) { t.Error(err) }
	b.Check()
	if len(b.supplements.known) != 1 {
		t.Error("nothing was compared")
	}
}

// FuzzSupplementIn reads the beginning of any file: a name that is found is of
// 32 bytes of it.
func FuzzSupplementIn(f *testing.F) {
	f.Add(firstOf("more"))
	f.Add([]byte("\x82\xa7sparrow\x02\xa4meta\xdf\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, head []byte) {
		sum, size := supplementIn(head)
		if (sum == nil) != (size == 0) || sum != nil && len(sum) != sha256.Size || size < 0 || !bytes.Contains(head, sum) {
			t.Errorf("supplementIn = %x, %d", sum, size)
		}
	})
}
