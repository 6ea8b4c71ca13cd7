package consumer

import (
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
			all, err := rows(t.Context(), test.m)
			if test.says != "" {
				if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "name the") {
					t.Errorf("rows: %v, want %q and what to do", err, test.says)
				}
				return
			}
			got := make(map[string]string)
			for key, value := range all {
				got[key] = string(value)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("rows: %v (-want +got):\n%s", err, diff)
			}
		})
	}
}
