// Package consumer reads feedback out of a topic of Kafka into a folder of segments.
package consumer

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sparrow/build/plural"
	"sparrow/edge/durable"
	"sparrow/edge/topic"
)

// Options steer [Pull].
type Options struct {
	Progress func(done, all int64) // messages; called often; nil for no one
	Lines    func(line string)     // takes a line for each thing that is not in the folder, for the first [mostLines] of a kind; nil for no one
}

// mostLines is how many messages that cannot be read are named one by one.
const mostLines = 20

// Report is what [Pull] did.
type Report struct {
	Partitions int
	Messages   int64 // that were read
	Events     int64 // of these, as often as they came
	Dead       int64
	Erasures   int64
	Unreadable int64 // not of the topic's format
	Expired    int64 // offsets that Kafka had deleted before they were read
	Segments   int   // that were written
}

// String is the report in one line.
func (r *Report) String() string {
	return fmt.Sprintf("%s of %s: %s, %s, %s, %d unreadable, %d expired before they were read; %s written",
		plural.Of(int(r.Messages), "message"), plural.Of(r.Partitions, "partition"), plural.Of(int(r.Events), "event"), plural.Of(int(r.Dead), "dead letter"),
		plural.Of(int(r.Erasures), "erasure"), r.Unreadable, r.Expired, plural.Of(r.Segments, "segment"))
}

// span is what is to be read of one partition.
type span struct {
	partition   int32
	first, next int64 // offsets: the first, and the one behind the last
}

// source is a topic.
type source interface {
	// spans returns the id of the topic, which a topic of the same name that is
	// made later does not have, and all there is in it now, by partition.
	spans(ctx context.Context) (id [16]byte, all []span, err error)
	// read calls take for each message, those of a partition in their order.
	read(ctx context.Context, wanted []span, take func(m message) error) error
}

// message is one of a topic.
type message struct {
	partition  int32
	offset     int64
	key, value []byte // nil where there is none
}

// Pull reads what came into the topic since the last call with the same folder, up
// to what is there when it begins, and writes it below events in the folder as
// segments of the day on which each record came, which package feedback reads.
// How far it read stands in the folder, too, so that each message is there once,
// wherever Pull is interrupted. Its heap has some 100 MB, however much is in the topic.
func Pull(ctx context.Context, address topic.Address, folder string, o Options) (*Report, error) {
	k, err := newKafka(address)
	if err != nil {
		return nil, fmt.Errorf("consumer: %w", err)
	}
	defer k.client.Close()
	r, err := pull(ctx, k, folder, o)
	if err != nil {
		return nil, fmt.Errorf("consumer: %s: %w", address, err)
	}
	return r, nil
}

func pull(ctx context.Context, s source, folder string, o Options) (*Report, error) {
	if err := os.MkdirAll(filepath.Join(folder, "events"), 0o700); err != nil {
		return nil, err
	}
	lock, err := durable.Lock(filepath.Join(folder, "consumer.lock"), time.Second)
	if err != nil {
		return nil, fmt.Errorf("%s: does another program read a topic into it? %w", folder, err)
	}
	defer lock.Close()
	id, all, err := s.spans(ctx)
	if err != nil {
		return nil, err
	}
	at, err := openState(folder, id)
	if err != nil {
		return nil, err
	}
	if o.Lines == nil {
		o.Lines = func(string) {}
	}
	if o.Progress == nil {
		o.Progress = func(int64, int64) {}
	}
	p := &puller{o: o, at: at, chunk: newChunk(), report: Report{Partitions: len(all)}}
	wanted, err := p.since(all)
	if err != nil || len(wanted) == 0 {
		return &p.report, err
	}
	err = s.read(ctx, wanted, func(m message) error { return p.take(ctx, m) })
	if err == nil {
		err = p.commit(ctx)
	}
	return &p.report, err
}

// puller reads messages into a folder.
type puller struct {
	o      Options
	at     *state
	chunk  *chunk
	report Report
	all    int64 // messages that are to be read, at most
}

// since returns what was not read yet.
func (p *puller) since(all []span) (wanted []span, err error) {
	for _, s := range all {
		next, known := p.at.Next[s.partition]
		switch {
		case known && next > s.next:
			return nil, fmt.Errorf("partition %d was read up to offset %d and ends at %d: its brokers have lost messages. To read it from its beginning delete %s: events that are in the folder already count once", s.partition, next, s.next, p.at.path)
		case s.first > next:
			p.report.Expired += s.first - next
			if known || s.first < s.next {
				p.o.Lines(fmt.Sprintf("partition %d: the offsets %d to %d were deleted before they were read: read more often, or give the topic a longer retention.ms", s.partition, next, s.first-1))
			}
		default:
			s.first = next
		}
		if s.first < s.next {
			wanted = append(wanted, s)
			p.all += s.next - s.first
		}
	}
	return wanted, nil
}

// take adds a message to the chunk, which is written when it is full.
func (p *puller) take(ctx context.Context, m message) error {
	r, err := topic.Read(m.value)
	switch p.report.Messages++; {
	case err != nil:
		if p.report.Unreadable++; p.report.Unreadable <= mostLines {
			p.o.Lines(fmt.Sprintf("partition %d, offset %d is left out: %v", m.partition, m.offset, err))
		}
	case r.Erase != nil:
		p.report.Erasures++
	case len(r.Dead) > 0:
		p.report.Dead++
	default:
		p.report.Events++
	}
	if err == nil {
		p.chunk.add(r)
	}
	p.chunk.next[m.partition] = m.offset + 1
	p.o.Progress(p.report.Messages, p.all)
	if p.chunk.size < perChunk {
		return nil
	}
	return p.commit(ctx)
}

// commit writes the chunk and begins the next.
func (p *puller) commit(ctx context.Context) error {
	n, err := p.at.commit(ctx, p.chunk)
	p.report.Segments += n
	p.chunk = newChunk()
	return err
}
