package command

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
)

// TestTrendsOfRows: the rows with the newest asOf of items that are known, the highest first.
func TestTrendsOfRows(t *testing.T) {
	row := func(score float64, networks int, asOf int64) []byte {
		return fmt.Appendf(nil, `{"score":%g,"visitors":12,"networks":%d,"asOf":%d}`, score, networks, asOf)
	}
	known := func(item catalog.ID) bool { return item != "gone" }
	got, figures, err := trendsOf(map[string][]byte{"b": row(2, 12, 900), "a": row(2, 12, 900), "c": row(7.25, 12, 900), "gone": row(9, 12, 900), "few": row(8, 10, 900), "old": row(9, 12, 300)}, 11, known)
	want := feedback.Trends{At: 900, Few: 1, Items: []feedback.Trend{{Item: "c", Score: 7.25, Visitors: 12}, {Item: "a", Score: 2, Visitors: 12}, {Item: "b", Score: 2, Visitors: 12}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("trendsOf: %v (-want +got):\n%s", err, diff)
	}
	if want := (rowFigures{Rows: 6, Older: 1, Unknown: 1}); *figures != want {
		t.Errorf("trendsOf counts %+v, want %+v", *figures, want)
	}
	many := make(map[string][]byte)
	for i := range 205 {
		many[fmt.Sprint(i)] = row(float64(1+i), 12, 900)
	}
	many["0"] = row(1, 12, 890)
	got, figures, err = trendsOf(many, 10, known)
	if err != nil || len(got.Items) != feedback.MaxTrending || got.Items[0].Item != "204" || figures.Beyond != 4 || !figures.moving {
		t.Errorf("of 205 rows %d stay, the first %v, %+v, %v", len(got.Items), got.Items[0], *figures, err)
	}
	if got, _, err := trendsOf(nil, 10, known); err != nil || got.At != 0 || len(got.Items) > 0 {
		t.Errorf("of no rows: %v, %v", got, err)
	}
}

// TestRowsThatAreNone: what another program writes is not published.
func TestRowsThatAreNone(t *testing.T) {
	for text, says := range map[string]string{
		"":                     "EOF",
		"nil":                  "invalid character",
		`{"v":1,"received":5}`: "unknown field",
		`{"score":3,"visitors":12,"networks":12,"asOf":9} {}`:   "more than one value",
		`{"score":1e400,"visitors":12,"networks":12,"asOf":9}`:  "1e400",
		`{"score":3,"visitors":9,"networks":12,"asOf":9}`:       "a score of 3 of 9 visitors",
		`{"score":-3,"visitors":12,"networks":12,"asOf":9}`:     "a score of -3",
		`{"score":3,"visitors":12,"networks":12}`:               "as of 0 is not published",
		`{"score":3,"visitors":12,"networks":12,"asOf":9e15}`:   "9e15",
		`{"score":3,"visitors":12,"networks":0,"asOf":1700000}`: "0 networks",
	} {
		_, _, err := trendsOf(map[string][]byte{"i": []byte(text)}, 10, func(catalog.ID) bool { return true })
		if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "name the topic that build/flink/trending.sql writes") {
			t.Errorf("%s: %v, want %q and what to do", text, err, says)
		}
	}
}

// FuzzReadTrend: whatever a topic holds, what is read may be published.
func FuzzReadTrend(f *testing.F) {
	f.Add([]byte(`{"score":3.5,"visitors":12,"networks":12,"asOf":1700000000}`))
	f.Add([]byte(`{"score":null}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if r, err := readTrend(text); err == nil && (!(r.Score > 0) || r.Visitors < feedback.MinVisitors || r.AsOf < 1) {
			t.Errorf("%q is read as %+v", text, r)
		}
	})
}
