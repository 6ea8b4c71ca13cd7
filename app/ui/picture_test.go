package ui

import "testing"

func TestPicture(t *testing.T) {
	base = "/shop"
	defer func() { base = "" }()
	for image, want := range map[string]string{
		"": "", "https://cdn.test/1.jpg": "https://cdn.test/1.jpg", "http://cdn.test/1.jpg": "https://cdn.test/1.jpg",
		"http://localhost:80/1.jpg": "http://localhost:80/1.jpg", "http://127.0.0.1:80/1.jpg": "http://127.0.0.1:80/1.jpg", "http://localhost.evil.test/1.jpg": "https://localhost.evil.test/1.jpg",
		"covers/1.jpg": "/shop/pictures/covers/1.jpg", "//cdn.test/1.jpg": "", "javascript:alert(1)": "", "data:image/png,x": "", `a\b.jpg`: "",
	} {
		if got := Picture(image); got != want {
			t.Errorf("Picture(%q) = %q, want %q", image, got, want)
		}
	}
}
