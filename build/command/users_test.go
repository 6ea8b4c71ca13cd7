package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine/enginetest"
)

// evenOdd writes a bundle of 60 items and a data set of the name, as MovieLens has it: user 2 rated items 1 to 5 and
// user 10 items 1 to 61, of which the bundle lacks the last; user 3 rated what the data set lacks.
func evenOdd(t *testing.T, name string) (input, out string) {
	t.Helper()
	data, err := bundle.Encode(enginetest.Parity(60))
	if err != nil {
		t.Fatal(err)
	}
	out = filepath.Join(t.TempDir(), "bundles")
	if _, _, err := bundledir.Write(t.Context(), out+"/", data); err != nil {
		t.Fatal(err)
	}
	input = filepath.Join(t.TempDir(), name)
	titles, ratings := "movieId,title,genres\n", "userId,movieId,rating,timestamp\n"
	for i := 1; i <= 61; i++ {
		titles += fmt.Sprintf("%d,Film %d (1990),Drama\n", i, i)
		ratings += fmt.Sprintf("10,%d,4.5,%d\n", i, 2000+i)
	}
	for i := 1; i <= 5; i++ {
		ratings += fmt.Sprintf("2,%d,%d,%d\n", i, i, 1000+i)
	}
	ratings += "3,999,5,3000\n"
	if err := os.Mkdir(input, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"movies.csv": titles, "ratings.csv": ratings} {
		if err := os.WriteFile(filepath.Join(input, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return input, out
}

// TestUsersVerb: the newest ratings of each, the newest first, and what was left out is said. latest.json names the file.
func TestUsersVerb(t *testing.T) {
	input, out := evenOdd(t, "ml-latest-small")
	said, told := call(t, "users", "--input", input, "--bundle", out, "--entries", "3", "--json")
	var f usersFigures
	if err := json.Unmarshal([]byte(said), &f); err != nil {
		t.Fatal(err)
	}
	want := usersFigures{Path: filepath.Join(out, "users.json"), Bytes: f.Bytes, Users: 2, Entries: 6, Older: 60, Unknown: 1}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, text := range []string{"60 ratings of these users, for being older", "1 rating of items that the bundle lacks", "the terms of the data: GroupLens"} {
		if !strings.Contains(told, text) {
			t.Errorf("it does not say %q but\n%s", text, told)
		}
	}
	text, err := os.ReadFile(f.Path)
	if want := `{"of":"MovieLens latest-small","users":[{"id":"2","rated":5,"since":1001,"entries":[["5",5,1005],["4",4,1004],["3",3,1003]]},` +
		`{"id":"10","rated":61,"since":2001,"entries":[["61",4.5,2061],["60",4.5,2060],["59",4.5,2059]]}]}`; err != nil || string(text) != want {
		t.Errorf("users.json is %s (%v)\nwant %s", text, err, want)
	}
	if f.Bytes != len(text) {
		t.Errorf("%d bytes are told of %d", f.Bytes, len(text))
	}
	latest, err := os.ReadFile(filepath.Join(out, "latest.json"))
	if err != nil || !strings.Contains(string(latest), `"users":"2"`) {
		t.Errorf("latest.json is %s (%v)", latest, err)
	}
	if read, first, err := bundledir.ReadUsers(out); err != nil || !bytes.Equal(read, text) || first != "2" {
		t.Errorf("read again: %.80s, %v", read, err)
	}

	_, told = call(t, "users", "--input", input, "--bundle", out, "--most", "1")
	if !strings.Contains(told, "left out: 1 user; --most N takes more") {
		t.Errorf("of --most 1 it says\n%s", told)
	}
	said, _ = call(t, "users", "--input", input, "--bundle", out, "--ids", "10,2", "--name", "Films of ours")
	if !strings.Contains(said, "2 users of Films of ours with 66 ratings") {
		t.Errorf("of --ids it says %s", said)
	}
	if text, _ = os.ReadFile(f.Path); !strings.HasPrefix(string(text), `{"of":"Films of ours","users":[{"id":"10"`) {
		t.Errorf("with --ids 10,2 users.json begins %.60s", text)
	}
}

// TestUsersAreOfPublishedData: what may be of the owner's own visitors or customers is refused before anything is written.
func TestUsersAreOfPublishedData(t *testing.T) {
	input, out := evenOdd(t, "ours")
	segments := filepath.Join(t.TempDir(), "2026-01-02")
	if err := os.Mkdir(segments, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(segments, "00-a.seg"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, want string }{
		{"--input " + input, "add --published"},
		{"--input " + segments, "what visitors did is shown to nobody"},
		{"--input " + filepath.Dir(segments) + " --published", "what visitors did is shown to nobody"},
		{"--input " + input + " --published --ids 4", `has no user "4"; it has 2 users, from "2" to "10"`},
		{"--input " + input + " --published --ids 2,10 --most 1", "--most 2 takes them"},
		{"--input " + input + " --most 0", "--most must be"},
		{"--input " + input + " --entries 501", "from 1 to 500"},
	} {
		var said, told bytes.Buffer
		args := append([]string{"users", "--bundle", out}, strings.Fields(c.args)...)
		if code := Run(context.Background(), args, &said, &told); code != exitUsage || !strings.Contains(told.String(), c.want) {
			t.Errorf("%s: exit code %d, says %q, want %q in it", c.args, code, told.String(), c.want)
		}
	}
	if text, _, err := bundledir.ReadUsers(out); text != nil || err != nil {
		t.Errorf("a refused run has written %s (%v)", text, err)
	}
	call(t, "users", "--input", input, "--bundle", out, "--published") // as the first error advises
	if text, _, err := bundledir.ReadUsers(out); !strings.HasPrefix(string(text), `{"of":"ours"`) || err != nil {
		t.Errorf("users.json is %.60s (%v)", text, err)
	}
}
