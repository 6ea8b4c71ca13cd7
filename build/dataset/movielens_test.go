package dataset

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
)

// folder writes files into a new folder and returns it.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// movie is a row of a catalog in words.
type item struct {
	ID     catalog.ID
	Title  string
	Year   int16
	Genres []string
	Tags   []string
	URL    string
}

func items(c *catalog.Catalog) []item {
	var all []item
	for r, id := range c.IDs {
		m := item{ID: id, Title: c.Titles[r], Year: c.Years[r]}
		for _, g := range c.Genres[r] {
			m.Genres = append(m.Genres, c.GenreNames[g])
		}
		for _, t := range c.Tags[r] {
			m.Tags = append(m.Tags, c.TagNames[t])
		}
		if c.URLs != nil {
			m.URL = c.URLs[r]
		}
		all = append(all, m)
	}
	return all
}

// histories are the interactions of each user by name.
func histories(d *Dataset) map[string][]Interaction {
	all := make(map[string][]Interaction)
	for u, name := range d.Users {
		all[name] = d.Of(u)
	}
	return all
}

func lines(r *Report) []string {
	var all []string
	for _, d := range r.Drops {
		all = append(all, d.Lines...)
	}
	return all
}

func notes(r *Report) []string {
	var all []string
	for _, n := range r.Notes {
		all = append(all, n.String())
	}
	return all
}

func TestMovieLensCSV(t *testing.T) {
	dir := folder(t, map[string]string{
		"movies.csv": "\ufeffmovieId,title,genres\r\n" +
			"1,Toy Story (1995),Adventure|Animation\r\n" +
			"50,\"Usual Suspects, The (1995)\",Crime|Crime\r\n" +
			"7,\"Say \"\"Hi\"\", A (1980)\",(no genres listed)\r\n" +
			"1,Toy Story again (1996),Drama\r\n",
		"links.csv": "movieId,imdbId,tmdbId\r\n1,114709,862\r\n50,0114814,629\r\n7,,\r\n8,1,1\r\n",
		"tags.csv": "userId,movieId,tag,timestamp\r\n" +
			"1,1, Pixar ,1\r\n2,1,pixar,2\r\n1,1,fun,3\r\n1,50,fun,3\r\n1,50,lonely,3\r\n",
		"ratings.csv": "userId,movieId,rating,timestamp\r\n" +
			"9,50,4.0,200\r\n9,1,0.5,100\r\n9,7,5.0,200\r\n3,1,3.5,50\r\n3,1,4.5,40\r\n" +
			"3,404,4.0,1\r\n3,7,6.0,1\r\n3,7,x,1\r\n3,7,4.0,-1\r\n3,7,4.0\r\n3,7,4,1.5e12\r\n,7,4,1\r\n",
	})
	d, r, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantMovies := []item{
		{"1", "Toy Story", 1995, []string{"Adventure", "Animation"}, []string{"pixar", "fun"}, "https://www.imdb.com/title/tt0114709/"},
		{"50", "The Usual Suspects", 1995, []string{"Crime"}, []string{"fun"}, "https://www.imdb.com/title/tt0114814/"},
		{"7", `A Say "Hi"`, 1980, nil, nil, ""},
	}
	if diff := cmp.Diff(wantMovies, items(d.Catalog)); diff != "" {
		t.Errorf("catalog (-want +got):\n%s", diff)
	}
	// Equal times are in the order of a hash; of a repeated pair the newest stays.
	want := map[string][]Interaction{
		"9": {{0, 100, 1, 0, 0}, {2, 200, 10, 0, 0}, {1, 200, 8, 0, 0}},
		"3": {{0, 50, 7, 0, 0}, {2, 1500000000, 8, 0, 0}},
	}
	if diff := cmp.Diff(want, histories(d)); diff != "" {
		t.Errorf("interactions (-want +got):\n%s", diff)
	}
	wantLines := []string{
		"movies.csv:5: item id occurs again; the first one stays: 1",
		"links.csv:4: no IMDb number; the movie stays without an address: 7",
		"links.csv:5: unknown item: 8",
		"tags.csv: tag used once only: lonely",
		"ratings.csv:7: unknown item: 404",
		"ratings.csv:9: rating is not a number: x",
		"ratings.csv:10: time before 1970: -1",
		"ratings.csv:11: wrong number of fields: 3 fields where 4 are due",
		"ratings.csv:13: no user id",
		"ratings.csv:8: rating outside the scale of 0.5 to 5 (--rating-scale sets another): 6",
		"ratings.csv: same user and item again; the latest one stays: user 3, item 1",
	}
	if diff := cmp.Diff(wantLines, lines(r)); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	if rows, bad := r.Rows(); rows != 4+4+5+12 || bad != 6 {
		t.Errorf("Rows() = %d, %d; want 25, 6", rows, bad)
	}
	if r.Check(0.23) == nil || r.Check(0.24) != nil {
		t.Error("6 bad rows of 25 must fail at 23 % and pass at 24 %")
	}
}

func TestMovieLens1M(t *testing.T) {
	dir := folder(t, map[string]string{
		"movies.dat":  "1::Toy Story (1995)::Animation|Comedy\n73::Mis\xe9rables, Les (1995)::Drama\n9::Bad row\n",
		"ratings.dat": "1::73::5::300\n1::1::3::200\n2::1::0::1\n",
		"README":      "GroupLens ... ml-1m.zip",
	})
	d, r, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []item{
		{ID: "1", Title: "Toy Story", Year: 1995, Genres: []string{"Animation", "Comedy"}},
		{ID: "73", Title: "Les Misérables", Year: 1995, Genres: []string{"Drama"}},
	}
	if diff := cmp.Diff(want, items(d.Catalog)); diff != "" {
		t.Errorf("catalog (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string][]Interaction{"1": {{0, 200, 6, 0, 0}, {1, 300, 10, 0, 0}}, "2": {}}, histories(d)); diff != "" {
		t.Errorf("interactions (-want +got):\n%s", diff)
	}
	wantLines := []string{
		"movies.dat:3: wrong number of fields: 2 fields where 3 are due",
		"ratings.dat:3: rating outside the scale of 0.5 to 5 (--rating-scale sets another): 0",
	}
	if diff := cmp.Diff(wantLines, lines(r)); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	if d.Name != "MovieLens 1M" || d.Citation == "" || d.Licence == "" {
		t.Errorf("named %q, licence %q, citation %q", d.Name, d.Licence, d.Citation)
	}
}

func TestMovieLens100K(t *testing.T) {
	dir := folder(t, map[string]string{
		"u.genre": "unknown|0\nAction|1\nDrama|2\n\n",
		"u.item": "1|Cit\xe9 des enfants perdus, La (1995)|01-Jan-1995||http://us.imdb.com/M/title-exact?x|0|1|1\n" +
			"2|Nowhere (1997) (V)|||not an address|1|0|0\n",
		"u.data": "196\t2\t3\t881250949\n186\t1\t4\t891717742\n",
	})
	d, r, err := Open(context.Background(), dir, Options{Name: "mine", Licence: "none"})
	if err != nil {
		t.Fatal(err)
	}
	want := []item{
		{ID: "1", Title: "La Cité des enfants perdus", Year: 1995, Genres: []string{"Action", "Drama"}, URL: "http://us.imdb.com/M/title-exact?x"},
		{ID: "2", Title: "Nowhere", Year: 1997},
	}
	if diff := cmp.Diff(want, items(d.Catalog)); diff != "" {
		t.Errorf("catalog (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string][]Interaction{"196": {{1, 881250949, 6, 0, 0}}, "186": {{0, 891717742, 8, 0, 0}}}, histories(d)); diff != "" {
		t.Errorf("interactions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"u.item:2: url is not a usable address; the item stays without it"}, lines(r)); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	if d.Name != "mine" || d.Licence != "none" {
		t.Errorf("named %q, licence %q", d.Name, d.Licence)
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct {
		in, want string
		year     int16
	}{
		{"Usual Suspects, The (1995)", "The Usual Suspects", 1995},
		{"Enfer, L' (1994)", "L'Enfer", 1994},
		{"Postman, The (Postino, Il) (1994)", "The Postman (Il Postino)", 1994},
		{"Seven (a.k.a. Se7en) (1995)", "Seven (a.k.a. Se7en)", 1995},
		{"Hunt, The (a.k.a. Jagten, Der) (2012)", "The Hunt (a.k.a. Der Jagten)", 2012},
		{"Supercop (Story 3, The) (Jing cha) (1992) ", "Supercop (The Story 3) (Jing cha)", 1992},
		{"Cry, the Beloved Country (1995)", "Cry, the Beloved Country", 1995},
		{"Good, the Bad and the Ugly, The (Buono, il brutto, il cattivo, Il) (1966)", "The Good, the Bad and the Ugly (Il Buono, il brutto, il cattivo)", 1966},
		{"Death Note (2006–2007)", "Death Note", 2006},
		{"Fawlty Towers (1975-1979)", "Fawlty Towers", 1975},
		{"(500) Days of Summer (2009)", "(500) Days of Summer", 2009},
		{"2001: A Space Odyssey (1968)", "2001: A Space Odyssey", 1968},
		{"1984", "1984", 0},
		{"(1995)", "(1995)", 0},
		{"Airport (12345)", "Airport (12345)", 0},
		{"Babylon 5", "Babylon 5", 0},
		{"Half open (1995", "Half open (1995", 0},
		{"", "", 0},
	} {
		if got, year := title(c.in); got != c.want || year != c.year {
			t.Errorf("title(%q) = %q, %d; want %q, %d", c.in, got, year, c.want, c.year)
		}
	}
}
