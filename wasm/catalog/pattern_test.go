package catalog

import "testing"

func TestAPatternIsATextAnItem(t *testing.T) {
	ids := []ID{"lamp", "7", "chair"}
	for name, c := range map[string]struct {
		pattern Pattern
		want    [3]string
	}{
		"of ids":             {Pattern{Prefix: "/p/", Suffix: ".html"}, [3]string{"/p/lamp.html", "/p/7.html", "/p/chair.html"}},
		"of numbers":         {Pattern{Prefix: "/p/", Suffix: "/", Numbers: []byte{1, 0, 11}}, [3]string{"/p/0/", "", "/p/10/"}},
		"of two bytes":       {Pattern{Numbers: []byte{1, 0, 2, 0, 2, 255}}, [3]string{"255", "1", "766"}},
		"of four digits":     {Pattern{Prefix: "tt", Digits: 4, Numbers: []byte{0, 0x27, 0x30, 8, 0x10, 0x3a}}, [3]string{"tt0007", "tt9999", "tt12345"}},
		"of the most digits": {Pattern{Digits: MostDigits, Numbers: []byte{1, 2, 0}}, [3]string{"00000000000000000000", "00000000000000000001", ""}},
		"of eight bytes": {
			Pattern{Numbers: []byte{255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 1, 0}},
			[3]string{"18446744073709551614", "0", ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			of := &Catalog{IDs: ids, URLPattern: &c.pattern}
			for r, want := range c.want {
				if got := of.URL(Row(r)); got != want {
					t.Errorf("the address of item %d is %q, want %q", r, got, want)
				}
				if got := of.Image(Row(r)); got != "" {
					t.Errorf("the picture of item %d is %q, want none", r, got)
				}
			}
			of = &Catalog{IDs: ids, Images: c.want[:], ImagePattern: nil}
			for r, want := range c.want {
				if got := of.Image(Row(r)); got != want {
					t.Errorf("of lines, the picture of item %d is %q, want %q", r, got, want)
				}
			}
		})
	}
}
