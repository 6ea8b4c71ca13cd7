package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReport makes a report of the friends' feedback and of a folder with all that
// a night leaves there.
func TestReport(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../data/demo")); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"live.json":        `{"version":1,"at":"2026-11-24T12:00:00Z","items":{"1":{"stock":0},"nope":{"stock":0}}}`,
		"trending.json":    `{"asOf":1764000000,"halfLifeDays":7,"items":[]}`,
		"experiments.json": `{"version":1,"layers":[]}`,
		"night.log":        "2026-11-23T03:40:00Z first\n2026-11-24T03:40:00Z the last bundle stays in service: the disk is full\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	from, page, tables := friends(t), filepath.Join(dir, "owner.html"), filepath.Join(dir, "csv")
	out, _ := call(t, "report", "--feedback", from, "--bundle", dir, "--days", "3650", "--visitors", "480", "--html", page, "--csv", tables)
	for _, want := range []string{"25.0 %", "2 changed items", "the disk is full", "480     of 1 list"} {
		if !strings.Contains(out, want) {
			t.Errorf("the report lacks %q:\n%s", want, out)
		}
	}
	text, err := os.ReadFile(page)
	if err != nil || !strings.Contains(string(text), "the disk is full") {
		t.Errorf("the page: %v, %d bytes", err, len(text))
	}
	if info, err := os.Stat(page); err == nil && info.Mode().Perm() != 0o600 {
		t.Errorf("the page may be read by others: %v", info.Mode())
	}
	rows, err := os.ReadFile(filepath.Join(tables, "positions.csv"))
	if want := "list,position,seen,clicked\nnew,1,120,120\nnew,2,120,120\nnew,3,120,120\nnew,4,120,120\n"; err != nil || string(rows) != want {
		t.Errorf("positions.csv: %v\n%s\nwant\n%s", err, rows, want)
	}
	out, _ = call(t, "report", "--feedback", from, "--bundle", dir, "--json")
	var r struct{ Visitors int }
	if err := json.Unmarshal([]byte(out), &r); err != nil || r.Visitors != 0 {
		t.Errorf("feedback of years ago is in the last 30 days: %d visitors, %v", r.Visitors, err)
	}
}
