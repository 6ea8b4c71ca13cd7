package fetch

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUnpackRefuses: an archive that is the right one by its sum may still name
// files outside its folder.
func TestUnpackRefuses(t *testing.T) {
	for _, name := range []string{"../evil", "/evil", "ml-1m/../../evil", "ml-1m/../evil", "ml-1m/x/../../evil", "ml-1m/..", "ml-1m//evil", `a\..\..\evil`, `ml-1m/..\evil`} {
		t.Run(name, func(t *testing.T) {
			data := archive(t, map[string]string{"ml-1m/a": "x", name: "y"})
			s, dir := serve(t, data, nil), t.TempDir()
			out := filepath.Join(dir, "in")
			if _, err := s.source().Archive(context.Background(), "ml-1m", out); err == nil || !strings.Contains(err.Error(), "outside its folder") {
				t.Errorf("Archive: error %v, want one about a file outside", err)
			}
			wantOnly(t, dir, "in")
			wantOnly(t, out, "ml-1m.zip")
		})
	}
}

// TestAnyArchiveStaysInItsFolder packs names that are made of what is dangerous in
// one: what is unpacked lies in the folder of the archive's name, or nothing does.
func TestAnyArchiveStaysInItsFolder(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	parts := []string{"..", ".", "", "a", "ml-1m", "..\\", "C:", "~", "\x00", "é", "a:b", "CON", strings.Repeat("n", 300)}
	unpacked := 0
	for range 200 {
		files := map[string]string{"ml-1m/ratings.dat": "x"}
		for range 2 {
			var name []string
			for range 1 + rng.IntN(4) {
				name = append(name, parts[rng.IntN(len(parts))])
			}
			files[strings.Join(name, "/")] = "planted"
		}
		data := archive(t, files)
		s, outer := serve(t, data, nil), t.TempDir()
		dir := filepath.Join(outer, "deep", "in")
		if _, err := s.source().Archive(context.Background(), "ml-1m", dir); err == nil {
			unpacked++
		}
		s.Close()
		err := filepath.WalkDir(outer, func(path string, e os.DirEntry, err error) error {
			if inside, _ := filepath.Rel(dir, path); err == nil && !e.IsDir() && !strings.HasPrefix(inside, "ml-1m"+string(filepath.Separator)) && inside != "ml-1m.zip" {
				t.Errorf("%q was written by an archive of %q", path, files)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if unpacked == 0 || unpacked == 200 {
		t.Errorf("%d of 200 archives were unpacked: too few or too many to say something", unpacked)
	}
}

// TestEveryArchiveIsKnown: what can be fetched has a sum that does not come from
// the server, and a mirror's file of another one is refused.
func TestEveryArchiveIsKnown(t *testing.T) {
	for _, name := range Names {
		if want, ok := known[name]; !ok || len(want.hex) != 2*want.make().Size() {
			t.Errorf("%s: known is %+v", name, want)
		}
	}
	s, dir := serve(t, archive(t, map[string]string{"ml-1m/ratings.dat": "1::1::5::1"}), nil), t.TempDir()
	mirror := s.source()
	mirror.SHA256 = ""
	if _, err := mirror.Archive(context.Background(), "ml-1m", dir); err == nil || !strings.Contains(err.Error(), "--sha256") {
		t.Errorf("Archive from a mirror with another file: %v, want an error that names --sha256", err)
	}
	wantOnly(t, dir)
}
