package dataset

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sparrow/wasm/catalog"
)

func TestStore(t *testing.T) {
	d := Synthetic(Shape{Seed: 3, Users: 5, Items: 12, Interactions: 25, Groups: 2}).WithoutLast(1)
	d.Licence, d.Citation = "licence", "citation"
	d.Catalog.URLs = make([]string, 12)
	d.Interactions[1].Part, d.Interactions[2].Confidence = 64, 51234
	d.Catalog.URLs[3] = "https://x.test/"
	var b bytes.Buffer
	if err := d.Store(&b); err != nil {
		t.Fatal(err)
	}
	got, err := Load(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, got, cmp.AllowUnexported(catalog.Catalog{})); diff != "" {
		t.Errorf("stored and loaded differ (-stored +loaded):\n%s", diff)
	}
	if _, err := Load(bytes.NewReader(b.Bytes()[:b.Len()-1])); err == nil {
		t.Error("Load took a file that is cut short")
	}
	if _, err := Load(bytes.NewReader([]byte("something else"))); err == nil {
		t.Error("Load took another file")
	}
}
