package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/app/site"
	"sparrow/app/ui/uitest"
)

// shotsOf returns the screenshots of a site's manifest.
func shotsOf(t *testing.T, out *site.Site, path string) []screenshot {
	t.Helper()
	var m struct{ Screenshots []screenshot }
	if err := json.Unmarshal(out.File(path), &m); err != nil {
		t.Fatal(err)
	}
	return m.Screenshots
}

// TestScreenshotsOfTheDemo: both manifests have one for phones and one for wide screens, of at most 60 KB, whose files
// are what the manifest says; the service worker does not fetch them beforehand.
func TestScreenshotsOfTheDemo(t *testing.T) {
	c := exportCommand{Bundle: "../../data/demo", Items: 1, Base: "/repo"}
	out := buildOf(t, uitest.Planted(12), &c)
	for _, path := range []string{"/manifest.webmanifest", "/zh/manifest.webmanifest"} {
		shots := shotsOf(t, out, path)
		if len(shots) != 2 || shots[0].Form != "narrow" || shots[1].Form != "wide" || strings.Contains(path, "zh") != strings.Contains(shots[0].Label, "手机") {
			t.Fatalf("%s has %+v, want one for phones and one for wide screens", path, shots)
		}
		for _, shot := range shots {
			body := out.File(strings.TrimPrefix(shot.Src, "/repo"))
			size, kind, err := image.DecodeConfig(bytes.NewReader(body))
			if err != nil || shot.Type != "image/"+kind || shot.Sizes != fmt.Sprintf("%dx%d", size.Width, size.Height) || len(body) > 60000 {
				t.Errorf("%+v is a file of %d bytes, %s, %v, %v", shot, len(body), kind, size, err)
			}
			if bytes.Contains(out.File("/sw.js"), []byte(shot.Src)) {
				t.Errorf("the service worker fetches %s beforehand", shot.Src)
			}
		}
	}
	for _, said := range c.said {
		if strings.Contains(said, "screenshots") {
			t.Errorf("the export says %q", said)
		}
	}
}

// TestScreenshotsThatAreNone: a catalog without such a folder has none, and what of a folder is not used is named.
func TestScreenshotsThatAreNone(t *testing.T) {
	dir := t.TempDir()
	c := exportCommand{Bundle: filepath.Join(dir, "a.bundle"), Items: 1}
	out := buildOf(t, uitest.Planted(12), &c)
	if bytes.Contains(out.File("/manifest.webmanifest"), []byte("screenshots")) {
		t.Error("a catalog without screenshots has some")
	}
	folder := filepath.Join(dir, "screenshots")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name string, width, height int) {
		var b bytes.Buffer
		picture := image.NewGray(image.Rect(0, 0, width, height))
		err := png.Encode(&b, picture)
		if strings.HasSuffix(name, ".jpg") {
			b.Reset()
			err = jpeg.Encode(&b, picture, nil)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), b.Bytes(), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	write("narrow-en.jpg", 400, 800)
	write("narrow-en.png", 400, 800)
	write("narrow-zh.png", 800, 400)
	write("wide-zh.png", 1000, 400)
	write("old.png", 400, 800)
	if err := os.WriteFile(filepath.Join(folder, "wide-en.webp"), []byte("RIFF"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(folder, "wide-en.png")); err != nil {
		t.Fatal(err)
	}
	c = exportCommand{Bundle: filepath.Join(dir, "a.bundle"), Items: 1}
	out = buildOf(t, uitest.Planted(12), &c)
	shots := shotsOf(t, out, "/manifest.webmanifest")
	if len(shots) != 1 || shots[0].Sizes != "400x800" || shots[0].Type != "image/jpeg" || len(shotsOf(t, out, "/zh/manifest.webmanifest")) != 0 {
		t.Errorf("screenshots %+v, want the first for phones alone", shots)
	}
	said := strings.Join(c.said, "\n")
	for _, want := range []string{
		"narrow-en.png is left out: narrow-en.jpg is there, too", "narrow-zh.png is left out: it has 800×400 pixels, which is not what its name says",
		"wide-zh.png is left out: it has 1000×400 pixels, and the longer side", "wide-en.webp is left out: it is no WebP, PNG or JPEG",
		"wide-en.png is left out: it cannot be read", "old.png is left out: screenshots are called",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("the export does not say %q:\n%s", want, said)
		}
	}
}
