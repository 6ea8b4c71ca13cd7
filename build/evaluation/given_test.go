package evaluation

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadAnswers(t *testing.T) {
	d := three().WithoutLast(1) // user 0 has items a and b, 1 has d, 2 nothing
	got, strangers, err := ReadAnswers(strings.NewReader("\ufeffUser_ID,timestamp, item_id\r\n1,9,b\r\nann,9,a\n\"0\",,c\n1,9,e\n"), "T.csv", d, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []Case{
		{1, History(d.Of(1)), list{1, 4}},
		{3, nil, list{0}},
		{0, History(d.Of(0)), list{2}},
	}
	if diff := cmp.Diff(want, got); diff != "" || strangers != 1 {
		t.Errorf("ReadAnswers: %d strangers, cases (-want +got):\n%s", strangers, diff)
	}
	for _, tt := range []struct{ text, want string }{
		{"", "T.csv is empty; its first row must name the columns user_id, item_id"},
		{"user,item_id\n", "T.csv:1: no column user_id"},
		{"user_id,item_id\n", "T.csv: no answers"},
		{"user_id,item_id\n0,c\n\n1,x\n", `T.csv:4: item "x" is not in the catalog`},
		{"user_id,item_id\n0,c\n,c\n", "T.csv:3: no user id"},
		{"user_id,item_id\n0,c\n1,b\n0,c\n", `T.csv:4: user "0" and item "c" again, as in line 2`},
		{"user_id,item_id\n0,b\n", `T.csv:2: user "0" has item "b" in their history`},
		{"user_id,item_id\n0,c,7\n", "T.csv:2: wrong number of fields"},
		{"user_id,item_id\n0,\"c\n", "T.csv:2: "},
		{"user_id,item_id\n0,e\n", `T.csv:2: item "e" is not in the file of items`},
	} {
		if _, _, err := ReadAnswers(strings.NewReader(tt.text), "T.csv", d, list{0, 1, 2}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ReadAnswers(%q): error %v, want %q", tt.text, err, tt.want)
		}
	}
}

func TestReadItems(t *testing.T) {
	c := three().Catalog
	got, err := ReadItems(strings.NewReader("title,item_id\nx,d\n\"y, z\",b\n"), "I.csv", c)
	if err != nil || !slices.Equal(got, list{1, 3}) {
		t.Errorf("ReadItems = %v, error %v, want rows 1 and 3", got, err)
	}
	for _, tt := range []struct{ text, want string }{
		{"item_id\nd\nq\n", `I.csv:3: item "q" is not in the catalog`},
		{"item_id\nd\nd\n", `I.csv:3: item "d" again, as in line 2`},
		{"item_id\n", "I.csv: no items"},
		{"id\nd\n", "I.csv:1: no column item_id"},
	} {
		if _, err := ReadItems(strings.NewReader(tt.text), "I.csv", c); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ReadItems(%q): error %v, want %q", tt.text, err, tt.want)
		}
	}
}
