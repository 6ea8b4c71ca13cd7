package consumer

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRows: the last word on each key counts, and what is no topic of rows is said.
func TestRows(t *testing.T) {
	topic := func(messages ...string) *memTopic { // key=value, or key alone to take it back
		m := &memTopic{have: make([][][]byte, 2), keys: make([][][]byte, 2)}
		for _, message := range messages {
			key, value, _ := strings.Cut(message, "=")
			m.keys[1], m.have[1] = append(m.keys[1], []byte(key)), append(m.have[1], []byte(value))
		}
		return m
	}
	many := make([]string, maxRows+1)
	for i := range many {
		many[i] = strconv.Itoa(i) + "=x"
	}
	for _, test := range []struct {
		name string
		m    *memTopic
		want map[string]string
		says string
	}{
		{"nothing", topic(), map[string]string{}, ""},
		{"the last word", topic("a=1", "b=2", "a=3", "b", "c", "d=4"), map[string]string{"a": "3", "d": "4"}, ""},
		{"no key", topic("a=1", "=2"), nil, "partition 1, offset 1 has no key"},
		{"a long row", topic("a=" + strings.Repeat("x", maxRowBytes)), nil, "partition 1, offset 0 has 4097 bytes"},
		{"many rows", topic(many...), nil, "more than 10000 keys"},
	} {
		t.Run(test.name, func(t *testing.T) {
			table := Table{name: "kafka://b/rows", of: test.m}
			changed, err := table.Refresh(t.Context())
			if test.says != "" {
				if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "name the") {
					t.Errorf("Refresh: %v, want %q and what to do", err, test.says)
				}
				return
			}
			got := make(map[string]string)
			for key, value := range table.Rows() {
				got[key] = string(value)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil || !changed {
				t.Errorf("changed %t, %v (-want +got):\n%s", changed, err, diff)
			}
		})
	}
}

// TestRefresh: only what came since is read, from where an error stopped it, and from the beginning
// where the topic was made again.
func TestRefresh(t *testing.T) {
	m := &memTopic{have: make([][][]byte, 1), keys: make([][][]byte, 1)}
	put := func(key, value string) {
		m.keys[0], m.have[0] = append(m.keys[0], []byte(key)), append(m.have[0], []byte(value))
	}
	table := Table{name: "kafka://b/rows", of: m}
	refresh := func(changed bool, fails error, want ...string) {
		t.Helper()
		got, err := table.Refresh(t.Context())
		if got != changed || !errors.Is(err, fails) {
			t.Errorf("Refresh = %t, %v, want %t, %v", got, err, changed, fails)
		}
		var rows []string
		for key, value := range table.Rows() {
			rows = append(rows, key+"="+string(value))
		}
		slices.Sort(rows)
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
	}
	refresh(true, nil) // the first time it is news that there is nothing
	put("a", "1")
	put("b", "2")
	refresh(true, nil, "a=1", "b=2")
	refresh(false, nil, "a=1", "b=2")
	m.first = 2 // what was read is compacted away
	put("b", "")
	put("c", "4")
	m.fail = 2
	refresh(false, errBroken, "a=1")
	m.fail = 0
	refresh(true, nil, "a=1", "c=4")
	*m = memTopic{id: [16]byte{1}, have: [][][]byte{{[]byte("5"), []byte("6"), []byte("7"), []byte("8")}}, keys: [][][]byte{{[]byte("d"), []byte("d"), []byte("d"), []byte("d")}}}
	refresh(true, nil, "d=8")
	m.have[0], m.keys[0] = m.have[0][:1], m.keys[0][:1] // brokers have lost messages
	refresh(true, nil, "d=5")
}
