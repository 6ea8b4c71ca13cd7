package command

import (
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sparrow/build/abtest"
	"sparrow/build/bundledir"
	"sparrow/wasm/event"
)

// tagged gives the records of a folder's one segment networks: network names
// that of record i.
func tagged(t *testing.T, file string, network func(i int) uint32) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var segment []byte
	i := 0
	for record, err := range event.Segment(b) {
		if err != nil {
			t.Fatal(err)
		}
		binary.BigEndian.PutUint32(record.Network[:], network(i))
		segment = event.AppendSegment(segment, record.Append(nil))
		i++
	}
	if err := os.WriteFile(file, segment, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestTrendingNeedsNetworks publishes what a hundred visitors like, of one network
// and of a hundred, and says what to do where nothing is published.
func TestTrendingNeedsNetworks(t *testing.T) {
	data, err := makeSmall()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "bundles")
	if _, _, err := bundledir.Write(t.Context(), out+"/", data); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "a.seg")
	publish := func(network func(int) uint32, flags ...string) (f trendingFigures, said string) {
		t.Helper()
		var b []byte
		for v := range 100 {
			b = append(b, request(v, time.Now().UnixMilli(), event.Event{Kind: event.Like, Item: "3"})...)
		}
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		tagged(t, file, network)
		text, said := call(t, append([]string{"trending", "--from", file, "--out", out, "--json"}, flags...)...)
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			t.Fatal(err)
		}
		return f, said
	}
	one, own := func(int) uint32 { return 7 }, func(i int) uint32 { return uint32(1 + i) }
	if f, said := publish(own); f.Items != 1 || said != "" {
		t.Errorf("a hundred networks: %d items, says %q", f.Items, said)
	}
	if f, said := publish(one); f.Items != 0 || f.Read.Guarded.Left != 97 || !strings.Contains(said, "left out: 97 of 100 visitors") {
		t.Errorf("one network: %d items, left out %+v, says %q", f.Items, f.Read.Guarded, said)
	}
	if f, said := publish(one, "--network-visitors", "100"); f.Items != 0 || f.Few != 1 || !strings.Contains(said, "--networks N") {
		t.Errorf("one network, all of whose visitors count: %d items, %d with few networks, says %q", f.Items, f.Few, said)
	}
	if f, _ := publish(one, "--network-visitors", "100", "--networks", "1"); f.Items != 1 {
		t.Errorf("one network that is enough: %d items, want 1", f.Items)
	}
	if f, said := publish(func(int) uint32 { return 0 }); f.Items != 1 || !strings.Contains(said, "of an unknown network: 100 of 100 visitors") || !strings.Contains(said, "build simulate") {
		t.Errorf("unknown networks: %d items, says %q; want them counted and named", f.Items, said)
	}
}

// TestReportNamesTheGuard: the report of visitors who half come from one network
// names how many it left out, why, and what to do, in words, as JSON and in the page.
func TestReportNamesTheGuard(t *testing.T) {
	file, folder := writeTrial(t, 1200, nobody)
	tagged(t, filepath.Join(folder, "a.seg"), func(i int) uint32 { return uint32(1 + i%2*i) })
	page := filepath.Join(t.TempDir(), "page.html")
	text, _ := call(t, "experiment", "report", "--experiments", file, "--feedback", folder, "--html", page)
	html, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for where, text := range map[string]string{"the table": text, "the page": string(html)} {
		if text = strings.Join(strings.Fields(text), " "); !strings.Contains(text, "left out: ") || !strings.Contains(text, "--network-visitors N") {
			t.Errorf("%s does not name who was left out:\n%s", where, text)
		}
	}
	read := func(flags ...string) abtest.Report {
		text, _ := call(t, append([]string{"experiment", "report", "--experiments", file, "--feedback", folder, "--json"}, flags...)...)
		var reports []abtest.Report
		if err := json.Unmarshal([]byte(text), &reports); err != nil {
			t.Fatal(err)
		}
		return reports[0]
	}
	guarded, open := read(), read("--network-visitors", "0")
	// Ten days, on five of which the network of the even visitors comes: one of each day's stays.
	if g := guarded.Guarded; g.Left != open.Arms[0].Visitors+open.Arms[1].Visitors-guarded.Arms[0].Visitors-guarded.Arms[1].Visitors || g.Left < 400 || g.Unknown != 0 {
		t.Errorf("the guard says %+v; %+v take part, without it %+v", g, guarded.Arms, open.Arms)
	}
}
