package changes

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheHistoryIsBounded(t *testing.T) {
	dir := t.TempDir()
	line := append(bytes.Repeat([]byte("x"), 1<<20-1), '\n')
	for i := range 13 {
		line[0] = byte('a' + i)
		if err := record(dir, line); err != nil {
			t.Fatal(err)
		}
	}
	f := &Folder{dir: dir}
	all, err := f.History()
	if err != nil || len(all) > 2*mostHistory || len(all) < mostHistory {
		t.Fatalf("the history has %d bytes, %v; want %d to %d", len(all), err, mostHistory, 2*mostHistory)
	}
	got := ""
	for one := range bytes.Lines(all) {
		got += string(one[0])
	}
	if got != "ijklm" {
		t.Errorf("it has the changes %q, want the last ones in their order", got)
	}
	one := append(bytes.Repeat([]byte("y"), mostHistory+9), '\n')
	if err := record(dir, one); err != nil {
		t.Fatal(err)
	}
	if all, _ = f.History(); !bytes.HasSuffix(all, one) {
		t.Error("a long change is not there whole")
	}
}

// TestATornLineIsCutOff holds that a change which a program did not live to
// write whole is not in the history, and does not spoil the next one.
func TestATornLineIsCutOff(t *testing.T) {
	f := folder(t, "")
	for i := range 2 {
		if _, err := f.Change(fmt.Appendf(nil, `{"items":{"i%d":{"stock":%d}}}`, i, i)); err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(filepath.Join(f.dir, historyName), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		file.WriteString(`{"at":"2026-11`)
		file.Close()
	}
	all, err := f.History()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(all), "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("the history is %s", all)
	}
	var last entry
	if err := json.Unmarshal([]byte(lines[1]), &last); err != nil {
		t.Fatal(err)
	}
	v, _ := f.Now()
	if string(last.Change) != `{"items":{"i1":{"stock":1}}}` || last.Makes != v.Tag || last.At != "2026-11-30T12:00:00Z" {
		t.Errorf("the last line is %s, and the overlay %s", lines[1], v.Tag)
	}
}
