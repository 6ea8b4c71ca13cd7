package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine/enginetest"
)

func TestLinksAreWrittenBesideTheBundle(t *testing.T) {
	data, err := bundle.Encode(enginetest.Parity(60))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, _, err := bundledir.Write(t.Context(), dir, data); err != nil {
		t.Fatal(err)
	}
	table := filepath.Join(dir, "numbers.csv")
	for _, test := range []struct {
		name, text string
		code       int
		says       string
	}{
		{"as MovieLens has them", "\ufeffmovieId,imdbId,tmdbId\n1,0114709,862\n2,0113497,\n900,1,1\n", 0, "2 with a number at IMDb, 1 at TMDB, 1 lines of other items"},
		{"by other names", "tmdb_id,item_id\n862,1\nnone,2\n", 0, `line 3: "none" is no number`},
		{"without an id", "imdb,tmdb\n1,2\n", 1, "needed are item_id and one of imdb_id and tmdb_id"},
		{"empty", "", 1, "EOF"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := os.WriteFile(table, []byte(test.text), 0o644); err != nil {
				t.Fatal(err)
			}
			var out, said strings.Builder
			code := Run(t.Context(), []string{"links", "--links", table, "--bundle", dir}, &out, &said)
			if text := out.String() + said.String(); code != test.code || !strings.Contains(text, test.says) {
				t.Errorf("exit code %d, %q; want %d and %q", code, text, test.code, test.says)
			}
		})
	}
	if links, _, err := bundledir.Links(dir); err != nil || links == nil {
		t.Errorf("Links() = %v, %v", links, err)
	}
}
