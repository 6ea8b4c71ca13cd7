package command

import (
	"context"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sparrow/build/dataset"
	"sparrow/build/pipeline"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// tiny is the data set of the planted test; group g of its items has four
// newcomers that no one has seen, of no genre: 61+g, 64+g, 67+g, 70+g.
var tiny = dataset.Shape{Seed: 2, Users: 90, Items: 60, Interactions: 1800, Groups: 3}

const newcomers = 12

// planted writes the data set and the newcomers.
func planted(t *testing.T) string {
	t.Helper()
	dir := written(t, tiny)
	f, err := os.OpenFile(filepath.Join(dir, "items.csv"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for n := range newcomers {
		if _, err := f.WriteString(item(tiny.Items+n) + ",Newcomer,,\n"); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// item is the id of the item at a row.
func item(row int) string { return strconv.Itoa(row + 1) }

// request is a visitor's events as the edge keeps them, a minute apart.
func request(of int, received int64, events ...event.Event) []byte {
	r := event.Record{Site: "self", Received: received, Sent: received}
	for i, e := range events {
		binary.BigEndian.PutUint32(e.ID[10:], uint32(of))
		binary.BigEndian.PutUint16(e.ID[14:], uint16(i))
		e.ID[6], e.ID[8] = 0x70, 0x80
		binary.BigEndian.PutUint32(e.Visitor[:], uint32(of)+1)
		e.Session = e.ID
		e.Session[15], e.Seq, e.At = 255, uint32(i), received-int64(len(events)-i)*60_000
		r.Events = append(r.Events, e.Append(nil))
	}
	return event.AppendSegment(nil, r.Append(nil))
}

// friends makes a folder of feedback: of 120 visitors each likes four items of
// a group and clicks three of its newcomers and an old one in between.
func friends(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "events", "2026-11-24")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	var b []byte
	for v := range 120 {
		group := v % tiny.Groups
		var events []event.Event
		for k := range 4 {
			liked, clicked := (v/3+5*k)%20, 20+(v/3+k)%4
			if k == v%4 {
				clicked = (v/3 + 7) % 20
			}
			events = append(events,
				event.Event{Kind: event.Like, Item: catalog.ID(item(group + tiny.Groups*liked))},
				event.Event{Kind: event.Click, Item: catalog.ID(item(group + tiny.Groups*clicked)), Place: &event.Place{List: "new", Position: uint16(k + 1)}})
		}
		b = append(b, request(v, 1_764_000_000_000+int64(v)*1000, events...)...)
		if v == 50 {
			b = append(b, request(v, 1_764_000_000_000, events...)...) // sent again
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "12-a.seg"), b, 0o644); err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(filepath.Dir(dir))
}

// strangers asks for all items for three strangers, of whom number g likes
// group g, an item every so many seconds, and returns the mean rank of each group's
// newcomers for each.
func strangers(t *testing.T, b string, seconds int) (mean [3][3]float64) {
	t.Helper()
	dir := t.TempDir()
	h := "user_id,item_id,timestamp,rating\n"
	for g := range mean {
		for k := range 4 {
			h += strconv.Itoa(g) + "," + item(g+tiny.Groups*(3*k+1)) + "," + strconv.Itoa(k*seconds) + ",5\n"
		}
	}
	histories, out := filepath.Join(dir, "H.csv"), filepath.Join(dir, "R.csv")
	if err := os.WriteFile(histories, []byte(h), 0o644); err != nil {
		t.Fatal(err)
	}
	call(t, "recommend", "--bundle", b, "--histories", histories, "--k", "100", "--out", out)
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		if row := atoi(r[2]) - 1; row >= tiny.Items {
			mean[atoi(r[0])][row%tiny.Groups] += float64(atoi(r[1])) * float64(tiny.Groups) / newcomers
		}
	}
	return mean
}

// TestFeedbackTeaches walks from segments to answers: what friends of a group
// clicked must come up for a stranger who likes that group, and more than for
// others; by less where the likes are of one sitting, since then what many like
// together counts, and newcomers are not among that yet.
func TestFeedbackTeaches(t *testing.T) {
	in, from, dir := planted(t), friends(t), t.TempDir()
	before, after := filepath.Join(dir, "before.bundle"), filepath.Join(dir, "after.bundle")
	call(t, "bundle", "--ship", "measured", "--input", in, "--out", before)
	out, said := call(t, "bundle", "--ship", "measured", "--input", in, "--feedback", from, "--out", after, "--json")
	var p pipeline.Packed
	if err := json.Unmarshal([]byte(out), &p); err != nil || p.Data.Feedback == nil {
		t.Fatalf("no figures of the feedback (%v) in %s", err, out)
	}
	if read, used := p.Data.Feedback.Read, p.Data.Feedback.Used; read.Duplicates != 8 || used.Visitors != 120 || used.Opinions != 480 || used.Clicks != 480 {
		t.Errorf("read %+v, used %+v; want 8 duplicates, 120 visitors, 480 opinions, 480 clicks", read, used)
	}
	if p.Data.Users != tiny.Users+120 || !strings.Contains(said, "clicks and views  480") {
		t.Errorf("%d users, and the report says:\n%s", p.Data.Users, said)
	}
	for _, c := range []struct {
		seconds int
		lead    float64
	}{{86_400, 10}, {1, 5}} {
		was, is := strangers(t, before, c.seconds), strangers(t, after, c.seconds)
		for g := range is {
			for other := range is {
				if is[g][g] > was[g][g]-15 || other != g && is[g][g] > is[g][other]-c.lead {
					t.Errorf("of %d items the newcomers of each group stand at %.0f for the stranger of group %d who likes one every %d s, at %.0f without the clicks: want their own 15 higher than that, and %.0f higher than others",
						tiny.Items+newcomers-4, is[g], g, c.seconds, was[g], c.lead)
					break
				}
			}
		}
	}

	// In steps: the same bytes, and again when the feedback has grown.
	work := filepath.Join(dir, "work")
	steps := func() string {
		_, said := call(t, "prepare", "--input", in, "--work", work, "--feedback", from)
		return said
	}
	steps()
	call(t, "train", "--ship", "measured", "--work", work)
	out, _ = call(t, "pack", "--work", work, "--out", filepath.Join(dir, "steps.bundle"), "--json")
	var q pipeline.Packed
	if err := json.Unmarshal([]byte(out), &q); err != nil || q.SHA256 != p.SHA256 || q.Data.Feedback == nil {
		t.Errorf("in steps the bundle is %s (%v), want %s", q.SHA256, err, p.SHA256)
	}
	if said := steps(); !strings.Contains(said, "not run again") {
		t.Errorf("prepare ran again though the feedback had not changed:\n%s", said)
	}
	more := request(500, 1_764_000_000_000, event.Event{Kind: event.Like, Item: "1"})
	if err := os.WriteFile(filepath.Join(from, "more.seg"), more, 0o644); err != nil {
		t.Fatal(err)
	}
	if said := steps(); strings.Contains(said, "not run again") {
		t.Errorf("prepare did not run again though there was more feedback:\n%s", said)
	}
}

// TestFeedbackVerb reads a folder with a dead letter and a torn tail.
func TestFeedbackVerb(t *testing.T) {
	dir := t.TempDir()
	r := event.Record{Site: "self", Received: 1_764_000_000_000, Sent: 1_764_000_000_000, Dead: []event.DeadLetter{{Reason: "no item", Raw: []byte{1, 0xab}}}}
	whole := append(request(1, 1_764_000_000_000, event.Event{Kind: event.Like, Item: "1"}), event.AppendSegment(nil, r.Append(nil))...)
	if err := os.WriteFile(filepath.Join(dir, "a.seg"), append(whole, 0xc4, 9), 0o644); err != nil {
		t.Fatal(err)
	}
	out, said := call(t, "feedback", "--from", dir)
	if !strings.Contains(out, "  like              1\n") || !strings.Contains(out, "  no item           1\n") || !strings.Contains(said, "a.seg: byte "+strconv.Itoa(len(whole))) {
		t.Errorf("feedback says\n%s\n%s", out, said)
	}
	out, _ = call(t, "feedback", "--from", dir, "--dead")
	if want := "2025-11-24T16:00:00Z\tself\tno item\t01ab\n"; out != want {
		t.Errorf("dead letters %q, want %q", out, want)
	}
	out, _ = call(t, "feedback", "--from", dir, "--dead", "--json")
	if want := `{"received":"2025-11-24T16:00:00Z","site":"self","reason":"no item","raw":"01ab"}` + "\n"; out != want {
		t.Errorf("dead letters %q, want %q", out, want)
	}
	days := t.TempDir()
	_, said = call(t, "feedback", "--from", dir, "--parquet", days)
	if _, err := os.Stat(filepath.Join(days, "2025-11-24.parquet")); err != nil || !strings.Contains(said, "1 event added, 0 taken out") {
		t.Errorf("feedback --parquet: %v, says %s", err, said)
	}
	compact := filepath.Join(t.TempDir(), "c.seg")
	call(t, "feedback", "--from", dir, "--out", compact)
	var report struct{ Segments, Events, Duplicates int }
	out, _ = call(t, "feedback", "--from", compact, "--json")
	if err := json.Unmarshal([]byte(out), &report); err != nil || report.Segments != 1 || report.Events != 1 {
		t.Errorf("the compacted segment holds %+v (%v), want one event", report, err)
	}
	if code := Run(context.Background(), []string{"feedback", "--from", filepath.Join(dir, "b.seg")}, new(strings.Builder), new(strings.Builder)); code != exitUsage {
		t.Errorf("feedback of nothing: exit code %d, want %d", code, exitUsage)
	}
}
