//go:build cluster

package cluster

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"sparrow/edge/topic"
	"sparrow/wasm/event"
)

const (
	flinkVersion    = "2.3.0"
	flinkConnectors = "5.0.0-2.2" // of Kafka
)

// flinkClasses installs Flink with its SQL client and its connector of Kafka, and
// returns the class path.
func flinkClasses(t testing.TB) string {
	t.Helper()
	folder := installed(t, "flink-"+flinkVersion)
	if _, err := os.Stat(filepath.Join(folder, "whole")); err != nil {
		run(t, folder, "pip", "download", "-q", "--no-deps", "-d", ".", "apache-flink-libraries=="+flinkVersion)
		run(t, folder, "sh", "-c", "unzip -q -o *.whl 'pyflink/lib/*' 'pyflink/opt/*' && rm *.whl")
		for _, artifact := range []string{"flink-sql-gateway:" + flinkVersion, "flink-sql-connector-kafka:" + flinkConnectors} {
			run(t, folder, "mvn", "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy", "-Dartifact=org.apache.flink:"+artifact, "-DoutputDirectory=jars")
		}
		write(t, filepath.Join(folder, "whole"), "")
	}
	var parts []string
	for _, part := range []string{"pyflink/lib", "pyflink/opt", "jars"} {
		parts = append(parts, filepath.Join(folder, part, "*"))
	}
	return strings.Join(parts, ":")
}

// flinkConf runs a statement in the process of the client, up to the end of what is
// there.
const flinkConf = `execution.target: local
execution.runtime-mode: batch
sql-client.execution.result-mode: tableau
table.display.max-column-width: 300
parallelism.default: 1
taskmanager.numberOfTaskSlots: 1
env.java.opts.all: --add-opens=java.base/java.util=ALL-UNNAMED
`

// flinkRuns starts the SQL client on a file of statements in a folder with config.yaml.
func flinkRuns(t testing.TB, folder, file string) *process {
	t.Helper()
	return start(t, folder, []string{"FLINK_CONF_DIR=" + folder}, "java", "-Xmx768m", "--add-opens=java.base/java.util=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.net=ALL-UNNAMED",
		"-cp", flinkClasses(t), "org.apache.flink.table.client.SqlClient", "-hist", "history", "-f", file)
}

// ends waits until Flink has run its statements.
func ends(t testing.TB, p *process) {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(4 * time.Minute):
		t.Fatalf("Flink does not end:\n%s", p.said.String())
	}
}

// TestFlinkReadsTheTopic reads messages by the table of FORMAT.md, as it is written
// there but for the address, with each field of each kind of message.
func TestFlinkReadsTheTopic(t *testing.T) {
	b := newBroker(t)
	b.topic(t, "sparrow", 2)
	const noon = 1764000000000
	e := event.Event{ID: newID(), Kind: event.Purchase, At: noon, Visitor: event.Visitor{7}, Session: newID(), Seq: 3, Bundle: event.Bundle{1}, Item: "318", Value: 1250, Currency: [3]byte{'E', 'U', 'R'}, Count: 2,
		Cause: newID(), Arms: []event.Arm{{Layer: "mix", Name: "wide"}}, Place: &event.Place{List: "for-you", Position: 4, Source: "taste", Team: "a", Propensity: 0.25}}
	r := event.Record{Site: "shop", Received: noon + 5000, Sent: noon + 1000, Network: event.Network{1}, Events: [][]byte{e.Append(nil)},
		Dead: []event.DeadLetter{{Reason: "bad", Raw: []byte{1, 2, 3}}}, Erase: &event.Visitor{9}}
	client := b.client(t)
	defer client.Close()
	for _, m := range topic.Messages(&r) {
		if err := client.ProduceSync(t.Context(), &kgo.Record{Topic: "sparrow", Key: m.Key, Value: m.Value}).FirstErr(); err != nil {
			t.Fatal(err)
		}
	}
	format, err := os.ReadFile(filepath.Join(root, "edge", "topic", "FORMAT.md"))
	if err != nil {
		t.Fatal(err)
	}
	table := regexp.MustCompile("(?s)CREATE TABLE.*?\n\\);\n").FindString(string(format))
	table = strings.Replace(table, "localhost:9092", b.address, 1)
	table = strings.Replace(table, "'scan.startup.mode'", "'scan.bounded.mode' = 'latest-offset', 'scan.startup.mode'", 1)
	folder := t.TempDir()
	write(t, filepath.Join(folder, "config.yaml"), flinkConf)
	write(t, filepath.Join(folder, "q.sql"), table+`
SELECT CONCAT_WS('/', 'rows', CAST(COUNT(*) AS STRING), CAST(COUNT(id) AS STRING), CAST(COUNT(dead) AS STRING), CAST(COUNT(erase) AS STRING), CAST(COUNT(`+"`raw`"+`) AS STRING)) FROM feedback;
SELECT CONCAT_WS('/', 'event', site, kind, item, CAST(seq AS STRING), CAST(`+"`value`"+` AS STRING), currency, CAST(`+"`count`"+` AS STRING), list, CAST(`+"`position`"+` AS STRING), source, team, CAST(propensity AS STRING),
  arms[1].layer, arms[1].name, CAST(`+"`at`"+` AS STRING), network, visitor) FROM feedback WHERE id IS NOT NULL;
SELECT CONCAT_WS('/', 'late by', CAST(TIMESTAMPDIFF(SECOND, happened, TO_TIMESTAMP_LTZ(received, 3)) AS STRING)) FROM feedback WHERE kind = 'purchase';
`)
	begun := time.Now()
	p := flinkRuns(t, folder, "q.sql")
	ends(t, p)
	said := p.said.String()
	for _, want := range []string{"rows/3/1/1/1/2 ", "event/shop/purchase/318/3/1250/EUR/2/for-you/4/taste/a/0.25/mix/wide/1764000004000/0100000000000000/07000000000000000000000000000000", "late by/1"} {
		if !strings.Contains(said, want) {
			t.Errorf("Flink does not say %q:\n%s", want, said)
		}
	}
	t.Logf("%.0f s", time.Since(begun).Seconds())
}
