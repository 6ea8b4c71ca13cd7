//go:build cluster

package cluster

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

const kafkaVersion = "4.3.1"

const kafkaPom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>sparrow</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>` + kafkaVersion + `</version></dependency></dependencies>
</project>
`

// kafkaLib installs Kafka and returns the folder of its archives.
func kafkaLib(t testing.TB) string {
	t.Helper()
	folder := installed(t, "kafka-"+kafkaVersion)
	lib := filepath.Join(folder, "lib")
	if _, err := os.Stat(filepath.Join(folder, "whole")); err == nil {
		return lib
	}
	write(t, filepath.Join(folder, "pom.xml"), kafkaPom)
	run(t, folder, "mvn", "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies", "-DoutputDirectory=lib")
	write(t, filepath.Join(folder, "whole"), "")
	return lib
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// broker is a Kafka of one broker, which may be killed and started again.
type broker struct {
	lib, folder, address string
	process              *process
}

// newBroker starts a broker without topics.
func newBroker(t testing.TB) *broker {
	t.Helper()
	b := &broker{lib: kafkaLib(t), folder: t.TempDir(), address: fmt.Sprintf("127.0.0.1:%d", port(t))}
	controller := fmt.Sprintf("127.0.0.1:%d", port(t))
	write(t, filepath.Join(b.folder, "server.properties"), fmt.Sprintf(`process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://%s,CONTROLLER://%s
advertised.listeners=PLAINTEXT://%s
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers=%s
log.dirs=%s
auto.create.topics.enable=false
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
`, b.address, controller, b.address, controller, filepath.Join(b.folder, "log")))
	run(t, b.folder, "java", "-cp", filepath.Join(b.lib, "*"), "kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", "server.properties", "--standalone")
	b.start(t)
	return b
}

// start starts the broker and waits until it answers.
func (b *broker) start(t testing.TB) {
	t.Helper()
	b.process = start(t, b.folder, nil, "java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", filepath.Join(b.lib, "*"), "kafka.Kafka", "server.properties")
	client := b.client(t)
	defer client.Close()
	wait(t, 2*time.Minute, "Kafka", func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		return client.Ping(ctx) == nil
	}, b.process)
}

func (b *broker) client(t testing.TB) *kgo.Client {
	t.Helper()
	client, err := kgo.NewClient(kgo.SeedBrokers(b.address), kgo.DialTimeout(time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// topic makes a topic, with settings as name=value, and returns its address for our
// programs.
func (b *broker) topic(t testing.TB, name string, partitions int32, settings ...string) string {
	t.Helper()
	client := b.client(t)
	defer client.Close()
	request := kmsg.NewPtrCreateTopicsRequest()
	wanted := kmsg.NewCreateTopicsRequestTopic()
	wanted.Topic, wanted.NumPartitions, wanted.ReplicationFactor = name, partitions, 1
	for _, setting := range settings {
		one := kmsg.NewCreateTopicsRequestTopicConfig()
		key, value, _ := strings.Cut(setting, "=")
		one.Name, one.Value = key, &value
		wanted.Configs = append(wanted.Configs, one)
	}
	request.Topics, request.TimeoutMillis = append(request.Topics, wanted), 30_000
	answer, err := request.RequestWith(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	for _, made := range answer.Topics {
		if err := kerr.ErrorForCode(made.ErrorCode); err != nil {
			t.Fatalf("making the topic %s: %v", name, err)
		}
	}
	return "kafka://" + b.address + "/" + name
}
