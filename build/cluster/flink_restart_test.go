//go:build cluster

package cluster

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// TestFlinkRestart kills all of Flink by SIGKILL again and again while events come, and starts it
// from its last checkpoint as the README of build/flink says. What was read before the first kill is
// deleted from the topic: only the checkpoint knows it. In the end the rows are those of build
// trending, which has read every event once.
func TestFlinkRestart(t *testing.T) {
	b, dir := newBroker(t), t.TempDir()
	address := b.topic(t, "sparrow", 2)
	b.topic(t, "trending-restart", 1, "cleanup.policy=compact")
	bundles, checkpoints := smallBundle(t, dir), t.TempDir()
	c := newCrowd(t, b)
	c.come()
	before := trendingOfGo(t, dir, address, bundles)
	begin := func(set ...string) *process {
		return flinkTrending(t, b, "stream.sql", "trending-restart", append(set, "SET 'execution.checkpointing.dir' = 'file://"+checkpoints+"';")...)
	}
	p := begin()
	b.becomes(t, "trending-restart", before, 2*time.Minute, p)
	last := nextCheckpoint(t, checkpoints, nextCheckpoint(t, checkpoints, "", p), p) // one that began after the rows were there
	p.kill()
	b.empty(t, "sparrow", 2)

	again := func() (*process, string) {
		p := begin("SET 'execution.state-recovery.path' = 'file://" + last + "';")
		return p, nextCheckpoint(t, checkpoints, last, p)
	}
	begun := time.Now()
	p, last = again()
	c.change()
	p.kill() // none, some or all of what came is in no checkpoint
	p, last = again()
	p.kill() // it is in one
	p, last = again()
	c.change()
	time.Sleep(2500 * time.Millisecond) // rows are being written
	p.kill()
	after := trendingOfGo(t, dir, address, bundles)
	if cmp.Equal(before, after) {
		t.Error("what came changes nothing")
	}
	p, _ = again()
	b.becomes(t, "trending-restart", after, 2*time.Minute, p)
	t.Logf("4 kills; %.0f s for the last three and what came meanwhile", time.Since(begun).Seconds())
}

// nextCheckpoint waits for a whole checkpoint that is newer than one, or for any, and returns its folder.
func nextCheckpoint(t *testing.T, folder, than string, of *process) (newest string) {
	t.Helper()
	wait(t, 2*time.Minute, "a checkpoint", func() bool {
		found, _ := filepath.Glob(filepath.Join(folder, "*", "chk-*", "_metadata"))
		var at time.Time
		for _, file := range found {
			if info, err := os.Stat(file); err == nil && info.Size() > 0 && info.ModTime().After(at) {
				newest, at = filepath.Dir(file), info.ModTime()
			}
		}
		return newest != "" && newest != than
	}, of)
	return newest
}

// empty deletes all messages of a topic's partitions.
func (b *broker) empty(t *testing.T, name string, partitions int32) {
	t.Helper()
	client := b.client(t)
	defer client.Close()
	request := kmsg.NewPtrDeleteRecordsRequest()
	of := kmsg.NewDeleteRecordsRequestTopic()
	of.Topic = name
	for p := range partitions {
		one := kmsg.NewDeleteRecordsRequestTopicPartition()
		one.Partition, one.Offset = p, -1 // up to the last
		of.Partitions = append(of.Partitions, one)
	}
	request.Topics, request.TimeoutMillis = append(request.Topics, of), 30_000
	for _, shard := range client.RequestSharded(t.Context(), request) {
		if shard.Err != nil {
			t.Fatal(shard.Err)
		}
		for _, topic := range shard.Resp.(*kmsg.DeleteRecordsResponse).Topics {
			for _, p := range topic.Partitions {
				if err := kerr.ErrorForCode(p.ErrorCode); err != nil || p.LowWatermark == 0 {
					t.Fatalf("partition %d of %s begins at %d: %v", p.Partition, topic.Topic, p.LowWatermark, err)
				}
			}
		}
	}
}

// quickly has a job make checkpoints each second, so that a test sees some.
func quickly(sql string) string {
	return strings.Replace(sql, "'execution.checkpointing.interval' = '30 s'", "'execution.checkpointing.interval' = '1 s'", 1)
}
