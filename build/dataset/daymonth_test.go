package dataset

import (
	"context"
	"slices"
	"testing"
	"time"
)

// TestDaysAndMonths: a day after the 12th decides for its file what comes first, for
// the rows before it too.
func TestDaysAndMonths(t *testing.T) {
	for _, c := range []struct{ a, b, c, note string }{
		{"01.02.2024 13:05", "21.09.2024 00:10", "03.10.2024 23:59", "dates with the day first, as some have a day after the 12th"},
		{"1/2/2024, 13:05:00", "21/9/2024 00:10", "3-10-2024 11:59 pm", "dates with the day first, as some have a day after the 12th"},
		{"2/1/2024 1:05 PM", "9/21/2024 12:10 AM", "10/3/2024 11:59PM", "dates with the month first, as some have a day after the 12th"},
	} {
		d, r, err := Open(context.Background(), folder(t, map[string]string{
			"items.csv":        "item_id,title\na,A\nb,B\nc,C\n",
			"interactions.csv": "user_id,item_id,timestamp\nu,a,\"" + c.a + "\"\nu,b," + c.b + "\nu,c," + c.c + "\n",
		}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"2024-02-01 13:05", "2024-09-21 00:10", "2024-10-03 23:59"} {
			if got := time.Unix(int64(d.Of(0)[i].At), 0).UTC().Format("2006-01-02 15:04"); got != want {
				t.Errorf("%q: moment %d is %s, want %s", c.a, i, got, want)
			}
		}
		if !slices.Contains(notes(r), "interactions.csv: "+c.note) {
			t.Errorf("%q: said %q", c.a, notes(r))
		}
	}
	for _, text := range []string{"31.02.2024", "32.01.2024", "13.13.2024", "1.2.24", "1/2/2024 later", "1/2/20245", "+1.2.2024", "0/0/2024", "1//2024"} {
		if at, reason := new(times).parse([]byte(text)); reason == "" {
			t.Errorf("%q is read as %d", text, at)
		}
	}
}
