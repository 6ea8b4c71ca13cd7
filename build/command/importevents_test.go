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
)

// TestImportEvents: what it writes, bundle reads.
func TestImportEvents(t *testing.T) {
	dir := t.TempDir()
	var events strings.Builder
	events.WriteString("timestamp,visitorid,event,itemid,transactionid\n")
	for u := range 40 {
		at := 1_433_221_332_117 + int64(u)*86_400_000
		fmt.Fprintf(&events, "%d,%d,view,%d,\n%d,%d,transaction,%d,%d\n%d,%d,transaction,%d,%d\n", at, u, u%8, at+1000, u, u%8, u, at+1000, u, (u+1)%8, u)
	}
	events.WriteString("1433221332117,1,gaze,1,\n")
	in := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	properties := "timestamp,itemid,property,value\n"
	for r := range 8 {
		properties += fmt.Sprintf("1433221332117,%d,categoryid,%d\n", r, r%2)
	}
	out, said := call(t, "import-events", "--format", "retailrocket", in("events.csv", events.String()), "--out", filepath.Join(dir, "interactions.csv"),
		"--properties", in("item_properties.csv", properties), "--items", filepath.Join(dir, "items.csv"), "--json")
	var f importedEvents
	if err := json.Unmarshal([]byte(out), &f); err != nil || f.Events.Rows != 120 || f.Items.Items != 8 {
		t.Fatalf("%v in %s", err, out)
	}
	if !strings.Contains(said, `120 rows of 121 events: purchase 80, view 40`) || !strings.Contains(said, `event "gaze" is not known; the table in build/README.md has those that are: 1 (events.csv:122)`) {
		t.Errorf("said %q", said)
	}
	if _, said = call(t, "bundle", "--input", dir, "--out", filepath.Join(dir, "b.bundle"), "--ship", "measured"); !strings.Contains(said, "events purchase: count in full") {
		t.Errorf("the bundle of it said %q", said)
	}
	for args, want := range map[string]string{
		"--format ga4 events.csv --out x.csv":                                                "no event says what anyone did",
		"--format ga4 events.csv --out x.csv --items y.csv":                                  "go together",
		"--format ga4 events.csv --out x.csv --items y.csv --properties item_properties.csv": "are of --format retailrocket",
		"--format ga4 events.csv --out - --json":                                             "would mix",
		"--format csv events.csv --out x.csv":                                                "must be one of",
		"--format retailrocket none.csv --out x.csv":                                         "no such file",
		"--format retailrocket bad.csv --out x.csv":                                          "nothing is written",
	} {
		t.Chdir(dir)
		in("bad.csv", "timestamp,visitorid,event,itemid\n1433221332117,1,view,1\n"+strings.Repeat("soon,1,view,1\n", 11))
		var o, e bytes.Buffer
		if code := Run(context.Background(), append([]string{"import-events"}, strings.Fields(args)...), &o, &e); code == 0 || !strings.Contains(e.String(), want) {
			t.Errorf("%s: exit code %d, says %q, want %q", args, code, e.String(), want)
		}
		if _, err := os.Stat(filepath.Join(dir, "x.csv")); err == nil {
			t.Fatalf("%s: a file was written", args)
		}
	}
}
