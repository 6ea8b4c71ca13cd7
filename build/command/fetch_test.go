package command

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/dataset"
)

// TestFetch downloads an archive from a mirror and reads what is in it.
func TestFetch(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"ml-latest-small/movies.csv":  "movieId,title,genres\n1,Heat (1995),Crime\n",
		"ml-latest-small/ratings.csv": "userId,movieId,rating,timestamp\n1,1,4.0,5\n",
	} {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(f, text)
	}
	w.Close()
	mirror := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/m/ml-latest-small.zip":
			w.Write(b.Bytes())
		default:
			http.NotFound(w, r)
		}
	}))
	defer mirror.Close()
	dir := t.TempDir()
	_, said := call(t, "fetch", "ml-latest-small", "--out", dir, "--base", mirror.URL+"/m/", "--sha256", fmt.Sprintf("%x", sha256.Sum256(b.Bytes())))
	if !strings.Contains(said, "SHA-256") || !strings.Contains(said, "next: go run ./build bundle") {
		t.Errorf("fetch says %q", said)
	}
	d, _, err := dataset.Open(t.Context(), filepath.Join(dir, "ml-latest-small"), dataset.Options{})
	if err != nil || len(d.Interactions) != 1 || d.Name != "MovieLens latest-small" {
		t.Errorf("Open = %+v, %v", d, err)
	}
}
