//go:build cluster

package cluster

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kgo"

	"sparrow/build/feedback"
)

// trend is a row of the topic of Flink, but for its networks, of which build trending says nothing.
type trend struct {
	Score    float64 `json:"score"`
	Visitors int     `json:"visitors"`
	AsOf     int64   `json:"asOf"`
}

// TestFlinkTrending: out of the same topic Flink and build trending make the same rows, as a job that
// ends, and as one that goes on and takes back what it said.
func TestFlinkTrending(t *testing.T) {
	b, dir := newBroker(t), t.TempDir()
	address := b.topic(t, "sparrow", 2)
	bundles := smallBundle(t, dir)
	c := newCrowd(t, b)
	c.come()

	want := trendingOfGo(t, dir, address, bundles)
	t.Run("batch", func(t *testing.T) {
		b.topic(t, "trending-batch", 1, "cleanup.policy=compact")
		begun := time.Now()
		p := flinkTrending(t, b, "batch.sql", "trending-batch")
		ends(t, p)
		t.Logf("%.0f s", time.Since(begun).Seconds())
		b.becomes(t, "trending-batch", want, 5*time.Second, p)
	})
	t.Run("stream", func(t *testing.T) {
		b.topic(t, "trending-stream", 1, "cleanup.policy=compact")
		p := flinkTrending(t, b, "stream.sql", "trending-stream")
		b.becomes(t, "trending-stream", want, 2*time.Minute, p)
		begun := time.Now()
		c.change()
		next := trendingOfGo(t, dir, address, bundles)
		if cmp.Equal(want, next) {
			t.Error("what came changes nothing")
		}
		b.becomes(t, "trending-stream", next, time.Minute, p)
		t.Run("published", func(t *testing.T) {
			path := filepath.Join(bundles, "trending.json")
			counted, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(run(t, dir, program(t, "build"), "trending", "--from", "kafka://"+b.address+"/trending-stream", "--out", bundles))
			if published, err := os.ReadFile(path); err != nil || string(published) != string(counted) {
				t.Errorf("out of the rows trending.json is %s, %v, want %s", published, err, counted)
			}
		})
		t.Logf("%.1f s from the last event to its rows, with build trending in between", time.Since(begun).Seconds())
	})
}

// flinkTrending starts Flink on the files of build/flink, with the addresses of the test, after
// settings. With settings it makes checkpoints each second.
func flinkTrending(t *testing.T, b *broker, mode, to string, set ...string) *process {
	t.Helper()
	var all strings.Builder
	for _, line := range set {
		fmt.Fprintln(&all, line)
	}
	for _, name := range []string{"feedback.sql", mode, "trending.sql"} {
		text, err := os.ReadFile(filepath.Join(root, "build", "flink", name))
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	folder := t.TempDir()
	write(t, filepath.Join(folder, "config.yaml"), strings.Replace(flinkConf, "execution.runtime-mode: batch\n", "table.dml-sync: true\n", 1)) // the job ends with the client
	sql := strings.NewReplacer("localhost:9092", b.address, "'sparrow-trending'", "'"+to+"'").Replace(all.String())
	if len(set) > 0 {
		sql = quickly(sql)
	}
	write(t, filepath.Join(folder, "q.sql"), sql)
	return flinkRuns(t, folder, "q.sql")
}

// trendingOfGo returns what build trending makes of the topic.
func trendingOfGo(t *testing.T, dir, address, bundles string) map[string]trend {
	t.Helper()
	build, from := program(t, "build"), filepath.Join(dir, "feedback")
	run(t, dir, build, "feedback", "--from", address, "--into", from)
	t.Log(lastLine(run(t, dir, build, "trending", "--from", from, "--out", bundles)))
	text, err := os.ReadFile(filepath.Join(bundles, "trending.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		AsOf  int64    `json:"asOf"`
		Items [][2]any `json:"items"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	visitors := make(map[string]int) // which the file does not have
	log, _, err := feedback.Open(t.Context(), from, feedback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	log, guarded := log.Guard(feedback.DefaultGuard)
	for _, one := range log.Trending(feedback.TrendingOptions{Guarded: guarded}).Items {
		visitors[string(one.Item)] = one.Visitors
	}
	if guarded.Left == 0 {
		t.Error("no network is crowded")
	}
	rows := make(map[string]trend)
	for _, one := range file.Items {
		item := one[0].(string)
		rows[item] = trend{one[1].(float64), visitors[item], file.AsOf}
	}
	if len(rows) < 8 {
		t.Errorf("only %d items are on the rise", len(rows))
	}
	return rows
}

// becomes waits until the topic, read from its beginning, has these rows, and besides them only such of
// items that no catalog has, of which there must be one.
func (b *broker) becomes(t *testing.T, topic string, want map[string]trend, within time.Duration, of ...*process) {
	t.Helper()
	client, err := kgo.NewClient(kgo.SeedBrokers(b.address), kgo.ConsumeTopics(topic), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	known, unknown := make(map[string]trend), make(map[string]trend)
	for end := time.Now().Add(within); ; {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		client.PollFetches(ctx).EachRecord(func(r *kgo.Record) {
			rows, item := known, string(r.Key)
			if strings.HasPrefix(item, "gone-") {
				rows = unknown
			}
			if r.Value == nil { // the row is no more
				delete(rows, item)
				return
			}
			var row trend
			if err := json.Unmarshal(r.Value, &row); err != nil {
				t.Fatalf("%s: %s: %v", item, r.Value, err)
			}
			rows[item] = row
		})
		cancel()
		if diff := cmp.Diff(want, known); diff == "" && len(unknown) > 0 {
			return
		} else if time.Now().After(end) {
			for _, p := range of {
				t.Log(p.said.String())
			}
			t.Fatalf("after %v the rows of Flink are others than those of build trending, or have no unknown item, %v (-Go +Flink):\n%s", within, unknown, diff)
		}
	}
}

// smallBundle makes a bundle of made-up items, i0 to i149, and returns its folder.
func smallBundle(t *testing.T, dir string) string {
	t.Helper()
	data, bundles := filepath.Join(dir, "data"), filepath.Join(dir, "bundles")
	if err := os.MkdirAll(data, 0o755); err != nil {
		t.Fatal(err)
	}
	items, interactions := madeUp()
	put(t, filepath.Join(data, "items.csv"), items)
	put(t, filepath.Join(data, "interactions.csv"), interactions)
	run(t, dir, program(t, "build"), "bundle", "--input", data, "--out", fmt.Sprint(bundles, "/"), "--retrieval", "pool", "--epochs", "1", "--ship", "measured")
	return bundles
}
