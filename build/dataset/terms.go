package dataset

import (
	"os"
	"path/filepath"
	"strings"
)

// The paper that GroupLens asks users of its MovieLens sets to cite.
const movieLensCitation = "F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. " +
	"ACM Transactions on Interactive Intelligent Systems 5(4), article 19. https://doi.org/10.1145/2827872"

// GroupLens' terms in short; the README in each archive is what binds.
const (
	movieLensShared = "GroupLens Research, University of Minnesota: free for non-commercial use; may be passed on, also transformed, " +
		"under the same terms and with the citation; no endorsement by the university; no warranty."
	movieLensKept = "GroupLens Research, University of Minnesota: free for research; the data may not be passed on, nor used commercially, " +
		"without permission; cite it; no endorsement by the university; no warranty."
)

// known are the sets that GroupLens publishes, by the name of their folder.
var known = []struct{ folder, name, licence string }{
	{"ml-latest-small", "MovieLens latest-small", movieLensShared},
	{"ml-latest", "MovieLens latest", movieLensShared},
	{"ml-32m", "MovieLens 32M", movieLensShared},
	{"ml-25m", "MovieLens 25M", movieLensShared},
	{"ml-20m", "MovieLens 20M", movieLensShared},
	{"ml-10m", "MovieLens 10M", movieLensKept},
	{"ml-1m", "MovieLens 1M", movieLensKept},
	{"ml-100k", "MovieLens 100K", movieLensKept},
}

// readmes are the names under which the archives keep their terms.
var readmes = []string{"README.txt", "README", "README.html"}

// describe names d and its terms: as asked for, else as known by the name of
// the folder or by the name that a README in it gives, else by the folder.
func (l *loader) describe(d *Dataset) {
	dir, err := filepath.Abs(l.dir)
	if err != nil {
		dir = l.dir
	}
	base := filepath.Base(dir)
	d.Name = base
	about := strings.ToLower(base) + "\n"
	for _, n := range readmes {
		if text, err := os.ReadFile(filepath.Join(l.dir, n)); err == nil && strings.Contains(string(text), "GroupLens") {
			about += strings.ToLower(string(text))
		}
	}
	for _, k := range known {
		if strings.HasPrefix(strings.ToLower(base), k.folder) || strings.Contains(about, "("+k.folder+")") ||
			strings.Contains(about, k.folder+".zip") {
			d.Name, d.Licence, d.Citation = k.name, k.licence, movieLensCitation
			break
		}
	}
	if l.o.Name != "" {
		d.Name = l.o.Name
	}
	if l.o.Licence != "" {
		d.Licence = l.o.Licence
	}
	if l.o.Citation != "" {
		d.Citation = l.o.Citation
	}
}
