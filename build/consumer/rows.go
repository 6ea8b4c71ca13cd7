package consumer

import (
	"context"
	"fmt"
	"slices"

	"sparrow/edge/topic"
)

const (
	maxRows     = 10_000 // of a topic of rows
	maxRowBytes = 4096   // of a key and its value
)

// Table is what a compacted topic says now: by key, the value that came last. A key
// whose last message has no value is no row.
type Table struct {
	name string
	of   source
	end  func()
	id   [16]byte        // of the topic
	next map[int32]int64 // by partition, the offset behind the last message that was read
	rows map[string][]byte
}

// OpenTable returns the table of a topic, without a row: nothing is asked for before
// the first [Table.Refresh].
func OpenTable(address topic.Address) (*Table, error) {
	k, err := newKafka(address)
	if err != nil {
		return nil, fmt.Errorf("consumer: %w", err)
	}
	return &Table{name: address.String(), of: k, end: k.client.Close}, nil
}

// Close ends the connections.
func (t *Table) Close() { t.end() }

// Rows returns the rows as of the last refresh. The caller must not change them.
func (t *Table) Rows() map[string][]byte { return t.rows }

// Refresh reads what came since the last one, up to what is there when it begins, and reports
// whether anything did. A topic that was made again meanwhile is read from its beginning. More
// than 10,000 rows, or one of more than 4 KB, are an error; after one the rows may be those of any moment
// since the last refresh, and the next one begins where it stopped.
func (t *Table) Refresh(ctx context.Context) (changed bool, err error) {
	id, all, err := t.of.spans(ctx)
	if err != nil {
		return false, fmt.Errorf("consumer: %s: %w", t.name, err)
	}
	again := t.rows == nil || id != t.id || slices.ContainsFunc(all, func(s span) bool { return t.next[s.partition] > s.next })
	if again {
		t.id, t.next, t.rows = id, make(map[int32]int64), make(map[string][]byte)
	}
	var wanted []span
	for _, s := range all {
		s.first = max(s.first, t.next[s.partition])
		if s.first < s.next {
			wanted = append(wanted, s)
		}
	}
	if len(wanted) == 0 {
		return again, nil
	}
	if err := t.of.read(ctx, wanted, t.take); err != nil {
		return false, fmt.Errorf("consumer: %s: %w", t.name, err)
	}
	for _, s := range wanted { // the last may be a mark of a transaction, which is no message
		t.next[s.partition] = s.next
	}
	return true, nil
}

// take puts a message into the rows.
func (t *Table) take(m message) error {
	switch {
	case len(m.key) == 0:
		return fmt.Errorf("partition %d, offset %d has no key: this is no topic of rows; name the one that Flink writes", m.partition, m.offset)
	case len(m.key)+len(m.value) > maxRowBytes:
		return fmt.Errorf("partition %d, offset %d has %d bytes, a row at most %d: name the topic that Flink writes", m.partition, m.offset, len(m.key)+len(m.value), maxRowBytes)
	case len(m.value) == 0:
		delete(t.rows, string(m.key))
	case t.rows[string(m.key)] == nil && len(t.rows) == maxRows:
		return fmt.Errorf("more than %d keys: this is no topic of rows; name the one that Flink writes", maxRows)
	default:
		t.rows[string(m.key)] = m.value
	}
	t.next[m.partition] = m.offset + 1
	return nil
}
