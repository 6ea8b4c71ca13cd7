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

// Rows reads a compacted topic up to what is there when it begins: by key, the
// value that came last. A key whose last message has no value is no row. More than
// 10,000 rows, or one of more than 4 KB, are an error.
func Rows(ctx context.Context, address topic.Address) (map[string][]byte, error) {
	k, err := newKafka(address)
	if err != nil {
		return nil, fmt.Errorf("consumer: %w", err)
	}
	defer k.client.Close()
	all, err := rows(ctx, k)
	if err != nil {
		return nil, fmt.Errorf("consumer: %s: %w", address, err)
	}
	return all, nil
}

func rows(ctx context.Context, s source) (map[string][]byte, error) {
	_, wanted, err := s.spans(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[string][]byte)
	wanted = slices.DeleteFunc(wanted, func(s span) bool { return s.first >= s.next })
	if len(wanted) == 0 {
		return all, nil
	}
	err = s.read(ctx, wanted, func(m message) error {
		switch {
		case len(m.key) == 0:
			return fmt.Errorf("partition %d, offset %d has no key: this is no topic of rows; name the one that Flink writes", m.partition, m.offset)
		case len(m.value) == 0:
			delete(all, string(m.key))
			return nil
		case len(m.key)+len(m.value) > maxRowBytes:
			return fmt.Errorf("partition %d, offset %d has %d bytes, a row at most %d: name the topic that Flink writes", m.partition, m.offset, len(m.key)+len(m.value), maxRowBytes)
		}
		all[string(m.key)] = m.value
		if len(all) > maxRows {
			return fmt.Errorf("more than %d keys: this is no topic of rows; name the one that Flink writes", maxRows)
		}
		return nil
	})
	return all, err
}
