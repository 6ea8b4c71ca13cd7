package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sparrow/app/ui/uitest"
	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
)

// illustrated writes the demo's bundle with other pictures into dir, the first of
// its items having those of images, and returns its bytes.
func illustrated(t *testing.T, dir string, images ...string) []byte {
	t.Helper()
	b, _, err := bundledir.Open("../../data/demo")
	if err != nil {
		t.Fatal(err)
	}
	b.Catalog.Images = make([]string, b.Catalog.Len())
	copy(b.Catalog.Images, images)
	data, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := bundledir.Write(t.Context(), dir, data); err != nil {
		t.Fatal(err)
	}
	return data
}

// TestPicturesInPolicy: the policy of a site names the hosts of the pictures of
// every bundle in the folder, and never one of plain http but this machine; files
// are copied from the folder that holds them, and from nowhere else.
func TestPicturesInPolicy(t *testing.T) {
	bundles, folder := t.TempDir(), t.TempDir()
	illustrated(t, bundles, "https://old.test/1.jpg")
	newest := illustrated(t, bundles, "https://b.test/1.jpg", "https://a.test:8443/2.jpg", "http://c.test/3.jpg", "http://localhost:99/4.jpg", "https://b.test/5.jpg",
		"covers/6%20six.jpg", "covers/7.jpg", "covers/8.html", "covers/link.jpg", "javascript:alert(1)", "https://x.test;script-src */1.jpg")
	for name, text := range map[string]string{"covers/6 six.jpg": "six", "covers/8.html": "<script>", "covers/unnamed.jpg": "no"} {
		os.MkdirAll(filepath.Join(folder, "covers"), 0o755)
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(folder, "covers", "link.jpg")); err != nil {
		t.Fatal(err)
	}
	p := picturesOf(bundles, newest)
	if want := []string{"http://localhost:99", "https://a.test:8443", "https://b.test", "https://c.test", "https://old.test"}; !slices.Equal(p.sources, want) {
		t.Fatalf("sources %q, want %q", p.sources, want)
	}
	if !strings.Contains(strings.Join(p.said, "\n"), "1 pictures have addresses of http://") {
		t.Errorf("it says %q", p.said)
	}
	s := exportedOf(t, uitest.Planted(40), exportCommand{Items: 1, Pictures: folder, pictures: p})
	headers := string(s.File("/_headers"))
	if want := "img-src 'self' data: blob: http://localhost:99 https://a.test:8443 https://b.test https://c.test https://old.test; connect-src"; !strings.Contains(headers, want) || !strings.Contains(string(s.File("/sw.js")), want) {
		t.Errorf("the headers lack %s:\n%s", want, headers)
	}
	var copied []string
	for _, path := range s.Paths() {
		if strings.HasPrefix(path, "/pictures/") {
			copied = append(copied, path+"="+string(s.File(path)))
		}
	}
	if want := []string{"/pictures/covers/6 six.jpg=six"}; !slices.Equal(copied, want) {
		t.Errorf("copied %q, want %q", copied, want)
	}
	bare := picturesOf(bundles, newest)
	if err := bare.put(s, "", ""); err != nil || !strings.Contains(strings.Join(bare.said, "\n"), "4 pictures are files") {
		t.Errorf("without a folder: %v, %q", err, bare.said)
	}
	if err := bare.put(s, folder, ""); err != nil || !strings.Contains(strings.Join(bare.said, "\n"), "2 pictures cannot be read") || !strings.Contains(strings.Join(bare.said, "\n"), `1 pictures do not end in`) {
		t.Errorf("with the folder: %v, %q", err, bare.said)
	}
}

// TestPicturesOfManyHosts: beyond a bound the policy allows https: as a whole.
func TestPicturesOfManyHosts(t *testing.T) {
	dir := t.TempDir()
	var images []string
	for i := range mostSources + 1 {
		images = append(images, fmt.Sprintf("https://h%d.test/1.jpg", i))
	}
	if p := picturesOf(dir, illustrated(t, dir, append(images, "http://localhost:1/1.jpg")...)); !slices.Equal(p.sources, []string{"https:", "http://localhost:1"}) || len(p.said) == 0 {
		t.Errorf("sources %q, said %q", p.sources, p.said)
	}
}

// TestPicturesStayOverTheNight: the next site has the pictures of the last one
// where no folder was named, or one without them; a folder that has one wins.
func TestPicturesStayOverTheNight(t *testing.T) {
	last, given := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{"pictures/1.jpg": "one", "pictures/2.jpg": "two"} {
		os.MkdirAll(filepath.Join(last, "pictures"), 0o755)
		if err := os.WriteFile(filepath.Join(last, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(given, "2.jpg"), []byte("new"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		folder   string
		keep     int
		one, two string
		said     string
	}{
		{"", 8, "one", "two", "2 pictures stay"},
		{given, 8, "one", "new", "1 pictures stay"},
		{"", 0, "", "", "3 pictures are files"}, // perhaps another catalog's site
	} {
		c := exportCommand{Items: 1, Out: last, Pictures: test.folder, Keep: test.keep, pictures: pictures{files: []string{"1.jpg", "2.jpg", "3.jpg"}}}
		s := buildOf(t, uitest.Planted(40), &c)
		if one, two := string(s.File("/pictures/1.jpg")), string(s.File("/pictures/2.jpg")); one != test.one || two != test.two {
			t.Errorf("folder %q, %d days: %q and %q, want %q and %q", test.folder, test.keep, one, two, test.one, test.two)
		}
		if !strings.Contains(strings.Join(c.pictures.said, "\n"), test.said) {
			t.Errorf("folder %q, %d days: it says %q", test.folder, test.keep, c.pictures.said)
		}
	}
}
