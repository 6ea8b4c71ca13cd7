package main

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/app/site"
	"sparrow/wasm/vocabulary"
)

func pngOf(t *testing.T, side int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPutLogo(t *testing.T) {
	now, before := t.TempDir(), t.TempDir()
	svg := []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")
	for path, body := range map[string][]byte{
		filepath.Join(now, "brand", "logo.svg"): svg, filepath.Join(before, "old.svg"): svg,
		filepath.Join(now, "large.png"): pngOf(t, 256), filepath.Join(now, "small.png"): pngOf(t, 64), filepath.Join(now, "broken.png"): []byte("no picture"),
		filepath.Join(now, "page.svg"): []byte("<html>"), filepath.Join(now, "long.svg"): bytes.Repeat(svg, 2000),
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	inline := base64.StdEncoding.EncodeToString(svg)
	for _, c := range []struct{ logo, file, sizes, said string }{
		{"", "", "", ""},
		{"brand/logo.svg", "/pictures/brand/logo.svg", "any", ""},
		{"old.svg", "/pictures/old.svg", "any", ""}, // as the site of before has it
		{"large.png", "/pictures/large.png", "256x256", ""},
		{"small.png", "/pictures/small.png", "64x64", "has 64x64 pixels; browsers that install an app want a square of 192"},
		{"data:image/svg+xml;base64," + inline, "", "any", ""},
		{"data:image/svg+xml;base64,AAA", "", "", "logo of the vocabulary: illegal base64"},
		{"none.svg", "", "", `logo "none.svg" below "` + now + `" (--pictures, make site PICTURES=…): cannot be read; the app's own mark stays`},
		{"broken.png", "", "", "png: invalid format"},
		{"page.svg", "", "", "is no SVG"},
		{"long.svg", "", "", "has 80 KB, and the limit is 64"},
		{"../" + filepath.Base(before) + "/old.svg", "", "", "cannot be read"}, // Check refuses it before
	} {
		out := site.New("/base")
		l, said := putLogo(out, &vocabulary.Vocabulary{Logo: c.logo}, now, before)
		if text := strings.Join(said, "\n"); (text == "") != (c.said == "") || !strings.Contains(text, c.said) {
			t.Errorf("%.60s: says %q, want %q", c.logo, text, c.said)
		}
		if l.sizes != c.sizes || (l.url != "") != (c.sizes != "") || c.file != "" && out.File(c.file) == nil {
			t.Errorf("%.60s: %+v, files %v; want sizes %q and the file %s", c.logo, l, out.Paths(), c.sizes, c.file)
		}
		if l.url != "" && (!strings.HasPrefix(l.url, "/base/a/") || out.File(strings.TrimPrefix(l.url, "/base")) == nil || !strings.Contains(l.rule(), l.url)) {
			t.Errorf("%.60s: the address %s is no file of the site, or the rule %s lacks it", c.logo, l.url, l.rule())
		}
	}
}
