package consumer

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sparrow/build/feedback"
	"sparrow/edge/durable"
	"sparrow/edge/topic"
	"sparrow/wasm/event"
)

// memTopic is a topic in memory, a list of messages for each partition.
type memTopic struct {
	id    [16]byte
	first int64 // offset of what is still there
	have  [][][]byte
	keys  [][][]byte // of the messages; nil where they do not matter
	fail  int        // the message of a read that cannot be read, from 1; 0 for none
}

func (m *memTopic) spans(context.Context) (id [16]byte, all []span, err error) {
	for i, list := range m.have {
		all = append(all, span{int32(i), min(m.first, int64(len(list))), int64(len(list))})
	}
	return m.id, all, nil
}

var errBroken = errors.New("the connection broke")

func (m *memTopic) read(_ context.Context, wanted []span, take func(message) error) error {
	n := 0
	for _, s := range wanted {
		for offset := s.first; offset < s.next; offset++ {
			if n++; n == m.fail {
				return errBroken
			}
			one := message{partition: s.partition, offset: offset, value: m.have[s.partition][offset]}
			if m.keys != nil {
				one.key = m.keys[s.partition][offset]
			}
			if err := take(one); err != nil {
				return err
			}
		}
	}
	return nil
}

const noon = 1764000000000

func id(n int) event.ID {
	return event.ID{1, 0x9a, 14: byte(n >> 8), 15: byte(n), 6: 0x70, 8: 0x80}
}

// request is a record of a visitor with n events, of numbers from on.
func request(visitor byte, received int64, from, n int) *event.Record {
	r := &event.Record{Site: "shop", Received: received, Sent: received, Network: event.Network{visitor}}
	for i := range n {
		e := event.Event{ID: id(from + i), Kind: event.Like, At: received - 1000, Visitor: event.Visitor{visitor}, Session: id(9999), Seq: uint32(i), Item: "318"}
		r.Events = append(r.Events, e.Append(nil))
	}
	return r
}

// put appends the messages of a record to a partition.
func (m *memTopic) put(partition int, r *event.Record) {
	for _, message := range topic.Messages(r) {
		m.have[partition] = append(m.have[partition], message.Value)
	}
}

// opened reads the folder as the builder does.
func opened(t *testing.T, folder string) (*feedback.Log, *feedback.Report) {
	t.Helper()
	log, report, err := feedback.Open(t.Context(), folder, feedback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return log, report
}

func mustPull(t *testing.T, m *memTopic, folder string) (*Report, []string) {
	t.Helper()
	var lines []string
	r, err := pull(t.Context(), m, folder, Options{Lines: func(line string) { lines = append(lines, line) }})
	if err != nil {
		t.Fatal(err)
	}
	return r, lines
}

// TestPull: requests are records again, of the day on which they came; what came
// since is all that is read the next time.
func TestPull(t *testing.T) {
	folder := t.TempDir()
	m := &memTopic{have: make([][][]byte, 2)}
	m.put(0, request(1, noon, 0, 18))
	m.put(0, request(1, noon+24*time.Hour.Milliseconds(), 100, 50))
	m.put(1, &event.Record{Site: "shop", Received: noon, Sent: noon, Dead: []event.DeadLetter{{Reason: "bad", Raw: []byte{1}}}})
	m.have[1] = append(m.have[1], []byte(`{"v":9}`))
	r, lines := mustPull(t, m, folder)
	if got, want := r.String(), "70 messages of 2 partitions: 68 events, 1 dead letter, 0 erasures, 1 unreadable, 0 expired before they were read; 2 segments written"; got != want {
		t.Errorf("Pull = %q, want %q", got, want)
	}
	if len(lines) != 1 || !strings.Contains(lines[0], "partition 1, offset 1 is left out: topic: a message of version 9") {
		t.Errorf("it says %q", lines)
	}
	log, report := opened(t, folder)
	if len(log.Events) != 68 || len(log.Letters) != 1 || report.Records != 3 || report.Duplicates != 0 || log.Events[0].Network != (event.Network{1}) {
		t.Errorf("%d events, %d letters, %d records, %d duplicates, %v", len(log.Events), len(log.Letters), report.Records, report.Duplicates, log.Events[0].Network)
	}
	days, _ := os.ReadDir(filepath.Join(folder, "events"))
	if len(days) != 2 || days[0].Name() != "2025-11-24" || days[1].Name() != "2025-11-25" {
		t.Errorf("the days are %v", days)
	}
	if r, _ := mustPull(t, m, folder); r.Messages != 0 {
		t.Errorf("the second time it reads %d messages", r.Messages)
	}
	m.put(1, request(2, noon, 200, 3))
	if r, _ := mustPull(t, m, folder); r.Messages != 3 || r.Events != 3 {
		t.Errorf("Pull = %v", r)
	}
	if log, report := opened(t, folder); len(log.Events) != 71 || report.Duplicates != 0 {
		t.Errorf("%d events, %d duplicates", len(log.Events), report.Duplicates)
	}
}

// TestPullInterrupted: wherever it ends, what the next run finds is each message
// once.
func TestPullInterrupted(t *testing.T) {
	folder := t.TempDir()
	m := &memTopic{have: make([][][]byte, 1), fail: 30}
	m.put(0, request(1, noon, 0, 40))
	if _, err := pull(t.Context(), m, folder, Options{}); !errors.Is(err, errBroken) {
		t.Fatalf("Pull = %v", err)
	}
	if log, _ := opened(t, folder); len(log.Events) != 0 {
		t.Errorf("%d events of a chunk that was not written", len(log.Events))
	}
	m.fail = 0
	// As a process that ends between its segments and its offsets leaves it.
	mustPull(t, m, folder)
	names, _ := filepath.Glob(filepath.Join(folder, "events", "*", "*.seg"))
	name, _ := filepath.Rel(folder, names[0])
	interrupted, _ := json.Marshal(state{V: stateVersion, Next: map[int32]int64{}, Pending: []string{filepath.ToSlash(name), "events/2025-11-24/topic-00000000-0000000000000000.seg"}})
	states, _ := filepath.Glob(filepath.Join(folder, "topic-*.json"))
	if err := os.WriteFile(states[0], interrupted, 0o600); err != nil {
		t.Fatal(err)
	}
	if r, _ := mustPull(t, m, folder); r.Messages != 40 {
		t.Errorf("%d messages are read again, want 40", r.Messages)
	}
	if log, report := opened(t, folder); len(log.Events) != 40 || report.Duplicates != 0 {
		t.Errorf("%d events, %d duplicates", len(log.Events), report.Duplicates)
	}
}

func TestPullOfAChangedTopic(t *testing.T) {
	folder := t.TempDir()
	m := &memTopic{have: make([][][]byte, 1)}
	m.put(0, request(1, noon, 0, 10))
	mustPull(t, m, folder)
	m.put(0, request(1, noon, 10, 10))
	m.first = 15
	r, lines := mustPull(t, m, folder)
	if r.Expired != 5 || r.Events != 5 || len(lines) != 1 || !strings.Contains(lines[0], "offsets 10 to 14 were deleted") {
		t.Errorf("Pull = %v, it says %q", r, lines)
	}
	m.first, m.have[0] = 0, m.have[0][:3]
	_, err := pull(t.Context(), m, folder, Options{})
	states, _ := filepath.Glob(filepath.Join(folder, "topic-*.json"))
	if err == nil || !strings.Contains(err.Error(), "ends at 3") || !strings.Contains(err.Error(), "delete "+states[0]) {
		t.Fatalf("Pull of a topic that lost messages: %v", err)
	}
	os.Remove(states[0]) // as it says
	if r, _ := mustPull(t, m, folder); r.Events != 3 {
		t.Errorf("Pull = %v", r)
	}
	if log, _ := opened(t, folder); len(log.Events) != 15 {
		t.Errorf("%d events, want 15", len(log.Events))
	}
	m.id[0] = 1 // another topic of the name
	if r, _ := mustPull(t, m, folder); r.Events != 3 {
		t.Errorf("Pull of another topic = %v", r)
	}
}

// TestStatesThatAreNone: a name in a state never leads out of the folder.
func TestStatesThatAreNone(t *testing.T) {
	for text, want := range map[string]string{
		`{`:       "unexpected end",
		`{"v":2}`: "is of version 2, and this program reads 1",
		`{"v":1,"next":{},"pending":["../x.seg"]}`:                                                    "no segment of this program",
		`{"v":1,"next":{},"pending":["events/../../2025-11-24/topic-00000000-0000000000000000.seg"]}`: "no segment of this program",
	} {
		folder := t.TempDir()
		m := &memTopic{have: make([][][]byte, 1)}
		m.put(0, request(1, noon, 0, 1))
		path := filepath.Join(folder, "topic-"+strings.Repeat("0", 32)+".json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := pull(t.Context(), m, folder, Options{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "delete it") {
			t.Errorf("state %s: %v, want %q", text, err, want)
		}
		os.Remove(path) // as it says
		mustPull(t, m, folder)
	}
}

// TestPullAndForget: what came of a visitor who asked to be forgotten is taken out
// of the files, unless an edge does that.
func TestPullAndForget(t *testing.T) {
	folder := t.TempDir()
	m := &memTopic{have: make([][][]byte, 1)}
	m.put(0, request(1, noon, 0, 5))
	m.put(0, request(2, noon, 10, 5))
	mustPull(t, m, folder)
	m.put(0, &event.Record{Site: "shop", Received: noon, Erase: &event.Visitor{1}})
	mustPull(t, m, folder)
	log, report := opened(t, folder)
	if report.Erased != 5 || len(log.Events) != 5 {
		t.Fatalf("%d events are left out, %d stay", report.Erased, len(log.Events))
	}
	lock, err := durable.Lock(filepath.Join(folder, "lock"), 0)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := Forget(t.Context(), folder, log.Erased); n != 0 || err != nil {
		t.Errorf("Forget beside an edge = %d, %v", n, err)
	}
	lock.Close()
	if n, err := Forget(t.Context(), folder, log.Erased); n != 1 || err != nil {
		t.Errorf("Forget = %d, %v, want 1", n, err)
	}
	if log, report := opened(t, folder); report.Erased != 0 || len(log.Events) != 5 || len(log.Erased) != 1 {
		t.Errorf("%d events are left out, %d stay, %d wishes", report.Erased, len(log.Events), len(log.Erased))
	}
}

// TestChunks: a large topic is written in parts, whose records are as long as
// requests may be.
func TestChunks(t *testing.T) {
	c := newChunk()
	for i := range 120 {
		r := request(1, noon, i, 1)
		if i == 110 {
			r.Received++
		}
		c.add(*r)
	}
	size := c.size
	c.flush()
	var lengths []int
	for r, err := range event.Segment(c.days["2025-11-24"]) {
		if err != nil {
			t.Fatal(err)
		}
		lengths = append(lengths, len(r.Events))
	}
	if want := []int{50, 50, 10, 1, 9}; !slices.Equal(lengths, want) {
		t.Errorf("records have %v events, want %v", lengths, want)
	}
	if c.size != len(c.days["2025-11-24"]) || size < c.size*9/10 {
		t.Errorf("its size is %d before and %d after flush, of %d bytes", size, c.size, len(c.days["2025-11-24"]))
	}
}
