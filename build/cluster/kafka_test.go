//go:build cluster

package cluster

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sparrow/build/feedback"
	"sparrow/wasm/event"
)

// What TestKafkaRestarts does: so many restarts, of the broker, of one of three edges and of Redis in
// turn, while devices send so many events.
const (
	kafkaRestarts = 30
	kafkaEvents   = 100_000
	kafkaDevices  = 12
)

// edge is one of several edges; it comes back at the address that it had.
type edge struct {
	url, address, folder string
	flags                []string
	process              *process
}

func (e *edge) start(t testing.TB, topic string) {
	t.Helper()
	e.process = start(t, e.folder, nil, program(t, "edge"), append([]string{"--addr", e.address, "--feedback", e.folder, "--events", topic}, e.flags...)...)
	wait(t, time.Minute, "the edge at "+e.address, func() bool { return answers(t, e.url+"/readyz") }, e.process)
}

// restart kills the edge and starts it again.
func (e *edge) restart(t testing.TB, topic string) {
	t.Helper()
	e.process.kill()
	time.Sleep(time.Duration(rand.IntN(500)) * time.Millisecond)
	e.start(t, topic)
}

// newEdges starts edges that write to a topic.
func newEdges(t testing.TB, n int, topic string, flags ...string) (edges []*edge) {
	t.Helper()
	for range n {
		e := &edge{flags: append([]string{"--rate", "0"}, flags...), address: fmt.Sprintf("127.0.0.1:%d", port(t)), folder: t.TempDir()}
		e.url = "http://" + e.address
		e.start(t, topic)
		edges = append(edges, e)
	}
	return edges
}

// spills returns how many segments the edges hold that are not in the topic.
func spills(t testing.TB, edges []*edge) (n int) {
	t.Helper()
	for _, e := range edges {
		found, err := filepath.Glob(filepath.Join(e.folder, "spill", "events", "*", "*.seg"))
		if err != nil {
			t.Fatal(err)
		}
		n += len(found)
	}
	return n
}

// TestKafkaRestarts kills the broker, one of three edges and the Redis that they share in turn while
// devices send. What was confirmed must be read out of the topic, once. The folder that it is
// read into is filled in parts, between the restarts, and its reader is killed, too.
func TestKafkaRestarts(t *testing.T) {
	b := newBroker(t)
	topic := b.topic(t, "sparrow", 3)
	at := port(t)
	redis := redisServer(t, at)
	edges := newEdges(t, 3, topic, "--redis", fmt.Sprintf("redis://127.0.0.1:%d", at), "--rate", "10000000") // each request asks Redis
	f := &fleet{}
	for _, e := range edges {
		f.edges = append(f.edges, e.url)
	}
	var devices []*device
	var group sync.WaitGroup
	for i := range kafkaDevices {
		d := f.newDevice()
		d.leaves = i == 0
		devices = append(devices, d)
		group.Go(func() { d.run(kafkaEvents) })
	}
	folder, spilled, more := t.TempDir(), 0, 0
	begun := time.Now()
	for i := range kafkaRestarts {
		f.allowed.Store(int64(i+1) * kafkaEvents / kafkaRestarts)
		time.Sleep(time.Duration(20+rand.IntN(200)) * time.Millisecond)
		switch i % 3 {
		case 0:
			b.process.kill()
			time.Sleep(time.Duration(rand.IntN(6000)) * time.Millisecond)
			if i%2 == 0 { // an edge that has a spill and starts without Kafka
				edges[i/6%len(edges)].restart(t, topic)
				more++
			}
			b.start(t)
		case 1:
			edges[i/3%len(edges)].restart(t, topic)
		case 2:
			redis.kill()
			time.Sleep(time.Duration(rand.IntN(3000)) * time.Millisecond)
			redis = redisServer(t, at)
		}
		spilled = max(spilled, spills(t, edges))
		if i%10 == 5 {
			reader := start(t, folder, nil, program(t, "build"), "feedback", "--from", topic, "--into", folder)
			time.Sleep(time.Duration(100+rand.IntN(300)) * time.Millisecond)
			reader.kill()
			run(t, folder, program(t, "build"), "feedback", "--from", topic, "--into", folder)
		}
		wait(t, 3*time.Minute, "the events of a round", func() bool { return f.kept.Load() >= f.allowed.Load() }, b.process)
	}
	group.Wait()
	gone := devices[0]
	gone.insist("/v1/erase", gone.secret[:])
	wait(t, 2*time.Minute, "the replay of what the edges kept", func() bool { return spills(t, edges) == 0 }, edges[0].process, edges[1].process, edges[2].process)
	t.Log(run(t, folder, program(t, "build"), "feedback", "--from", topic, "--into", folder))
	log, report, err := feedback.Open(t.Context(), folder, feedback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	read := map[event.ID]int{}
	for _, e := range log.Events {
		read[e.ID]++
	}
	lost, doubled, foreign, confirmed := 0, 0, len(read), 0
	for _, d := range devices {
		for _, id := range d.sent {
			foreign -= min(1, read[id])
		}
		for _, id := range d.kept {
			doubled += max(0, read[id]-1)
			if d != gone {
				confirmed++
				lost += 1 - min(1, read[id])
			} else if read[id] > 0 {
				t.Fatal("an event is read of a visitor who asked to be forgotten")
			}
		}
	}
	t.Logf("%d restarts and %d of edges without Kafka in %.0f s, %d events confirmed: %d lost, %d doubled, %d foreign; %d stood in the topic twice, %d requests were sent again, %d segments in spills at most, %d events confirmed of the visitor who was forgotten",
		kafkaRestarts, more, time.Since(begun).Seconds(), confirmed, lost, doubled, foreign, report.Duplicates, f.resent.Load(), spilled, len(gone.kept))
	if lost+doubled+foreign > 0 || report.Erased > 0 || f.kept.Load() < kafkaEvents || len(report.Torn)+len(report.Damaged) > 0 {
		t.Errorf("%d lost, %d doubled, %d foreign, %d of the forgotten still in files, %d confirmed, torn %v, damaged %v", lost, doubled, foreign, report.Erased, f.kept.Load(), report.Torn, report.Damaged)
	}
	alone := 0
	for _, e := range edges {
		alone += strings.Count(e.process.said.String(), "redis answers again")
	}
	if alone == 0 {
		t.Error("no edge was ever without Redis")
	}
	if spilled == 0 || f.resent.Load() == 0 {
		t.Error("nothing was ever kept on a disk, or nothing sent again: the restarts came when no one sent")
	}
}

// TestKafkaSettings: the edge names what is wrong with a topic, and serves all the
// same.
func TestKafkaSettings(t *testing.T) {
	b := newBroker(t)
	topic := b.topic(t, "for-ever", 1, "retention.ms=-1")
	e := newEdges(t, 1, topic)[0]
	e.process.says(t, "for-ever: its retention.ms is -1", time.Minute)
	missing := newEdges(t, 1, "kafka://"+b.address+"/none")[0]
	f := &fleet{edges: []string{missing.url}}
	d := f.newDevice()
	body, _ := d.batch()
	if status := d.post(missing.url, "/v1/events", body); status != 202 {
		t.Errorf("an edge whose topic is missing answers %d, want 202: its disk takes records", status)
	}
	missing.process.says(t, "kafka-topics.sh --create --topic none", time.Minute)
	b.topic(t, "none", 1) // as it says
	wait(t, time.Minute, "the replay", func() bool { return spills(t, []*edge{missing}) == 0 }, missing.process)
	for _, e := range []*edge{e, missing} {
		if e.process.stop(); e.process.cmd.ProcessState.ExitCode() != 0 {
			t.Errorf("an edge that is asked to end: %v\n%s", e.process.cmd.ProcessState, e.process.said.String())
		}
	}
}
