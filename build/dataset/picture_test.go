package dataset

import (
	"context"
	"strings"
	"testing"
)

// TestPictures: a picture is a web address, of https unless it is of this
// machine, or a file below the folder of items.csv. What is changed or refused
// is said.
func TestPictures(t *testing.T) {
	const upgraded, refused = "https:// is tried in its place", "the item stays without it"
	for _, test := range []struct{ field, want, said string }{
		{"", "", ""},
		{"https://cdn.test/1.jpg", "https://cdn.test/1.jpg", ""},
		{"//cdn.test/1.jpg", "https://cdn.test/1.jpg", ""},
		{"http://cdn.test/1.jpg", "https://cdn.test/1.jpg", upgraded},
		{"HTTP://cdn.test:80/1.jpg", "https://cdn.test/1.jpg", upgraded},
		{"http://localhost:8000/1.jpg", "http://localhost:8000/1.jpg", ""},
		{"http://127.0.0.1:8000/1.jpg", "http://127.0.0.1:8000/1.jpg", ""},
		{"http://localhost.evil.test/1.jpg", "https://localhost.evil.test/1.jpg", upgraded},
		{"covers/1.jpg", "covers/1.jpg", ""},
		{"./covers//1.jpg", "covers/1.jpg", ""},
		{`covers\1.jpg`, "covers/1.jpg", ""},
		{"covers/Die Räuber #1.jpg", "covers/Die%20R%C3%A4uber%20%231.jpg", ""},
		{"covers/100%.jpg", "covers/100%25.jpg", ""},
		{"../secret.jpg", "", refused},
		{"covers/../../secret.jpg", "", refused},
		{"/covers/1.jpg", "", refused},
		{"data:image/png;base64,AAAA", "", refused},
		{"javascript:alert(1)", "", refused},
		{"ftp://cdn.test/1.jpg", "", refused},
		{"https://cdn.test/a b.jpg", "", refused},
	} {
		dir := folder(t, map[string]string{
			"items.csv":        "item_id,title,image\na,A,\"" + test.field + "\"\nb,B,https://x.test/b.jpg\n",
			"interactions.csv": "user_id,item_id,timestamp\nu,a,1\n",
		})
		d, r, err := Open(context.Background(), dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		row, _ := d.Catalog.Row("a")
		if got := d.Catalog.Images[row]; got != test.want {
			t.Errorf("image %q is read as %q, want %q", test.field, got, test.want)
		}
		said := strings.Join(append(lines(r), notes(r)...), "\n")
		if (said != "") != (test.said != "") || !strings.Contains(said, test.said) {
			t.Errorf("of image %q it says %q, want %q", test.field, said, test.said)
		}
	}
}
