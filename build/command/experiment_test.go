package command

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sparrow/build/abtest"
	"sparrow/build/replay"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
	"sparrow/wasm/experiment"
)

// trial is a file of one layer of two arms, which ended on 2026-11-11.
const trial = `{"version": 1, "layers": [{"name": "mix", "salt": "s", "share": 0.8,
  "start": "2026-11-01T00:00:00Z", "end": "2026-11-11T00:00:00Z",
  "arms": [{"name": "control", "weight": 1}, {"name": "other", "weight": 1, "variety": 0.5}]}]}`

// writeTrial writes the file and a folder with the feedback of n visitors. Each
// was shown a list of ten items of small, drawn evenly; those of the second arm
// click twice as often; whom drop names never reaches the edge.
func writeTrial(t *testing.T, n int, drop func(arm string, i int) bool) (file, folder string) {
	t.Helper()
	dir := t.TempDir()
	file, folder = filepath.Join(dir, "experiments.json"), filepath.Join(dir, "events")
	f, err := abtest.Parse([]byte(trial))
	if err != nil {
		t.Fatal(err)
	}
	var segment []byte
	for i := range n {
		if r, ok := visitOf(&f.Layers[0], i, drop); ok {
			segment = event.AppendSegment(segment, r.Append(nil))
		}
	}
	for _, err := range []error{
		os.WriteFile(file, []byte(trial), 0o644), os.Mkdir(folder, 0o755), os.WriteFile(filepath.Join(folder, "a.seg"), segment, 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return file, folder
}

// visitOf returns what the edge stores of visitor i, and false when they are in no arm or dropped.
func visitOf(l *experiment.Layer, i int, drop func(arm string, i int) bool) (r event.Record, ok bool) {
	var v event.Visitor
	binary.BigEndian.PutUint64(v[:], uint64(i+1))
	at, in := l.Assign(v)
	if !in || drop(l.Arms[at].Name, i) {
		return r, false
	}
	chance := rand.New(rand.NewPCG(uint64(i), 1))
	now := int64(l.Start)*1000 + int64(i%10)*86400_000 + 7
	r = event.Record{Site: "self", Received: now + 1000, Sent: now + 1000}
	id := func(seq int) (u event.ID) { // a UUIDv7
		binary.BigEndian.PutUint64(u[8:], 1<<63|uint64(i)<<16|uint64(seq))
		u[6] = 0x70
		return u
	}
	add := func(e event.Event) {
		e.ID, e.At, e.Visitor, e.Session, e.Seq = id(len(r.Events)), now, v, id(9999), uint32(len(r.Events))
		e.Arms = []event.Arm{{Layer: l.Name, Name: l.Arms[at].Name}}
		r.Events = append(r.Events, e.Append(nil))
	}
	add(event.Event{Kind: event.Exposure, Layer: l.Name})
	for k, m := range chance.Perm(small.Items)[:10] {
		p := &event.Place{List: "for-you", Position: uint16(k + 1), Source: "taste", Propensity: 1 / float32(small.Items-k)}
		item := catalog.ID(strconv.Itoa(m + 1))
		add(event.Event{Kind: event.Impression, Item: item, Place: p})
		if chance.Float64() < 0.1*float64(1+at) {
			add(event.Event{Kind: event.Click, Item: item, Place: p})
		}
	}
	return r, true
}

func nobody(string, int) bool { return false }

func TestExperimentReport(t *testing.T) {
	file, folder := writeTrial(t, 1200, nobody)
	page := filepath.Join(t.TempDir(), "page.html")
	out, _ := call(t, "experiment", "report", "--experiments", file, "--feedback", folder, "--json", "--html", page)
	var reports []abtest.Report
	if err := json.Unmarshal([]byte(out), &reports); err != nil || len(reports) != 1 {
		t.Fatalf("%v in %s", err, out)
	}
	r := &reports[0]
	c := r.Get("ctr", "other")
	if c == nil || !c.Found || c.Difference.Low > 0.1 || c.Difference.High < 0.1 {
		t.Errorf("clicks per impression of other: %+v, want the 0.1 that was planted found", c)
	}
	if n := r.Arms[0].Visitors + r.Arms[1].Visitors; n < 900 || n > 1020 || r.Arms[0].Impressions != float64(10*r.Arms[0].Visitors) {
		t.Errorf("arms %+v, want 0.8 of 1200 visitors with 10 impressions each", r.Arms)
	}
	if text, err := os.ReadFile(page); err != nil || !bytes.Contains(text, []byte("<svg")) {
		t.Errorf("the page has no plot (%v)", err)
	}
	table, _ := call(t, "experiment", "report", "--experiments", file, "--feedback", folder, "--layer", "mix", "--list", "for-you")
	if !strings.Contains(table, "other has more clicks per impression than control") {
		t.Errorf("the table does not say what was found:\n%s", table)
	}
	if none, _ := call(t, "experiment", "report", "--experiments", file, "--feedback", folder, "--list", "search"); !strings.Contains(none, "too few visitors") {
		t.Errorf("clicks on a list that nobody saw:\n%s", none)
	}
}

// TestExperimentReportRefuses loses a third of one arm's visitors.
func TestExperimentReportRefuses(t *testing.T) {
	file, folder := writeTrial(t, 1500, func(arm string, i int) bool { return arm == "other" && i%3 == 0 })
	for _, c := range []struct {
		args  []string
		shown bool
	}{{nil, false}, {[]string{"--force"}, true}} {
		var out, said bytes.Buffer
		args := append([]string{"experiment", "report", "--experiments", file, "--feedback", folder}, c.args...)
		if code := Run(context.Background(), args, &out, &said); code != exitRefused {
			t.Errorf("%q: exit code %d, want %d; says %s", c.args, code, exitRefused, said.String())
		}
		if shown := strings.Contains(out.String(), "every look"); shown != c.shown || !strings.Contains(out.String(), "do not have the visitors") {
			t.Errorf("%q: figures shown %v, want %v:\n%s", c.args, shown, c.shown, out.String())
		}
	}
}

func TestExperimentCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "experiments.json")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(trial)
	out, _ := call(t, "experiment", "check", path, "--rate", "10%", "--effect", "20%", "--impressions", "10", "--json")
	var list []checked
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 1 {
		t.Fatalf("%v in %s", err, out)
	}
	// (1.959964 + 0.841621)² · (.1·.9 + .12·.88)/.02² = 7.848880 · .1956/.0004 = 3838.10 impressions an
	// arm; twice that over 10 impressions a visitor for two arms: 1535.2. Over 0.8 of them and 10 days: 191.9.
	if l := list[0]; l.Needed != 1536 || l.PerDay != 192 || l.Arms[1].Share != 0.4 || l.Arms[1].Changes[0] != "variety 0.5" {
		t.Errorf("check: %+v, want 1536 visitors, 192 a day, two arms of 0.4", l)
	}
	if out, _ := call(t, "experiment", "check", path); !strings.Contains(out, "40.0 %") || !strings.Contains(out, "visitors in the layer") {
		t.Errorf("check says\n%s", out)
	}
	write(`{"version":1,"layers":[]}`)
	if out, _ := call(t, "experiment", "check", path); !strings.Contains(out, "no layers") {
		t.Errorf("check of no layers says\n%s", out)
	}
	write(strings.Replace(trial, `"share"`, `"portion"`, 1))
	var said bytes.Buffer
	if code := Run(context.Background(), []string{"experiment", "check", path}, &said, &said); code != exitFailure || !strings.Contains(said.String(), "experiments.json: line 1: layers[0].portion") {
		t.Errorf("check of an unknown name: exit code %d, says %s", code, said.String())
	}
	if code := Run(context.Background(), []string{"experiment", "check", path, "--rate", "0%"}, &said, &said); code != exitUsage {
		t.Errorf("check --rate 0%%: exit code %d, want %d", code, exitUsage)
	}
}

func TestReplay(t *testing.T) {
	_, folder := writeTrial(t, 300, nobody)
	b := trainedSmall(t)
	out, _ := call(t, "replay", "--bundle", b, "--feedback", folder, "--json", "--explore", "3")
	var r replay.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil || r.Lists < 200 || len(r.All) != 5 {
		t.Fatalf("%v in %s", err, out)
	}
	// Clicks do not depend on the item: every policy earns the same.
	if d := r.Get("doubly robust"); d.Low > 0.15 || d.High < 0.15 || r.Gain.Low > 0 || r.Gain.High < 0 {
		t.Errorf("doubly robust %+v, gain %+v, want 0.15 and no gain", d, r.Gain)
	}
	if out, _ := call(t, "replay", "--bundle", b, "--feedback", folder, "--explore", "3"); !strings.Contains(out, "effective sample size") {
		t.Errorf("the table says\n%s", out)
	}
	var said bytes.Buffer
	empty := t.TempDir()
	if code := Run(context.Background(), []string{"replay", "--bundle", b, "--feedback", empty}, &said, &said); code != exitFailure || !strings.Contains(said.String(), "run an experiment with an arm that explores") {
		t.Errorf("replay of nothing: exit code %d, says %s", code, said.String())
	}
	if code := Run(context.Background(), []string{"replay", "--bundle", b, "--feedback", empty, "--explore", "0"}, &said, &said); code != exitUsage {
		t.Errorf("replay --explore 0: exit code %d, want %d", code, exitUsage)
	}
}

func TestExperimentHelp(t *testing.T) {
	for _, verb := range []string{"experiment check", "experiment report", "replay"} {
		if out, _ := call(t, append(strings.Fields(verb), "--help")...); !strings.Contains(out, "go run ./build "+verb) {
			t.Errorf("%s --help shows no example:\n%s", verb, out)
		}
	}
}
