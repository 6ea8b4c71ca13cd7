// Package fetch downloads the MovieLens archives that GroupLens publishes.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Names are the archives that can be fetched.
var Names = []string{"ml-latest-small", "ml-100k", "ml-1m", "ml-20m", "ml-25m", "ml-32m"}

// GroupLens is where the archives are.
const GroupLens = "https://files.grouplens.org/datasets/movielens"

// Source is a server that has the archives.
type Source struct {
	Base     string                    // address of the folder that holds NAME.zip
	SHA256   string                    // of the archive, 64 hex digits; "" for the one that is known
	Client   *http.Client              // nil for one that waits a minute for an answer to begin
	Stall    time.Duration             // without a byte for so long a transfer is cut and tried again; 0 is 30 s
	Attempts int                       // in a row that bring nothing before it gives up; 0 is 6
	Pause    func(n int) time.Duration // before the n-th attempt of them, n ≥ 1; nil is 1, 2, 4, … 30 s
	Log      func(line string)         // takes what happens, for people; nil is silence
	Progress func(done, all int64)     // bytes of the archive; nil is silence
}

// Archive downloads the archive called name and unpacks it into dir/name,
// whose path it returns. A folder that is already there is left as it is. What
// an earlier run has downloaded is continued, and nothing half-done ever has
// the final name.
func (s Source) Archive(ctx context.Context, name, dir string) (string, error) {
	if !slices.Contains(Names, name) {
		return "", fmt.Errorf("fetch: no archive is called %q; there are %s", name, strings.Join(Names, ", "))
	}
	s = s.withDefaults()
	out := filepath.Join(dir, name)
	if st, err := os.Stat(out); err == nil && st.IsDir() {
		s.Log(out + " is already there")
		return out, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("fetch: %w", err)
	}
	want := known[name]
	if s.SHA256 != "" {
		want = sha(s.SHA256)
	}
	zip, err := s.verified(ctx, name, dir, want)
	if err != nil {
		return "", fmt.Errorf("fetch: %s: %w", name, err)
	}
	if err := unpack(ctx, zip, out); err != nil {
		return "", fmt.Errorf("fetch: %s: %w", name, err)
	}
	if err := os.Remove(zip); err != nil {
		return "", fmt.Errorf("fetch: %w", err)
	}
	return out, nil
}

// verified downloads name.zip into dir and checks its sum; a file that does
// not match is fetched once more from the beginning.
func (s Source) verified(ctx context.Context, name, dir string, want sum) (string, error) {
	address := strings.TrimRight(s.Base, "/") + "/" + name + ".zip"
	zip := filepath.Join(dir, name+".zip")
	if got, err := want.of(zip); err == nil && got == want.hex { // a run that ended while it unpacked
		return zip, nil
	}
	part := zip + ".part"
	got := ""
	for try := range 2 {
		if err := s.download(ctx, address, part); err != nil {
			return "", err
		}
		var err error
		if got, err = want.of(part); err != nil {
			return "", err
		}
		if got == want.hex {
			s.Log(want.name + " " + got + " is right")
			os.Remove(part + ".tag")
			return zip, os.Rename(part, zip)
		}
		s.Log(fmt.Sprintf("%s is %s where %s is due", want.name, got, want.hex))
		if err := errors.Join(os.Remove(part), removeIfThere(part+".tag")); err != nil {
			return "", err
		}
		if try == 0 {
			s.Log("fetching it again")
		}
	}
	return "", fmt.Errorf("%s is another file than GroupLens published, twice: its %s is %s. Take it from GroupLens itself, without --base; if GroupLens has a newer one, whose SHA-256 you trust, name it with --sha256", address, want.name, got)
}

func (s Source) withDefaults() Source {
	if s.Base == "" {
		s.Base = GroupLens
	}
	if s.Client == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.ResponseHeaderTimeout = time.Minute
		s.Client = &http.Client{Transport: t}
	}
	if s.Stall == 0 {
		s.Stall = 30 * time.Second
	}
	if s.Attempts == 0 {
		s.Attempts = 6
	}
	if s.Pause == nil {
		s.Pause = func(n int) time.Duration { return min(time.Second<<(n-1), 30*time.Second) }
	}
	if s.Log == nil {
		s.Log = func(string) {}
	}
	if s.Progress == nil {
		s.Progress = func(int64, int64) {}
	}
	return s
}
