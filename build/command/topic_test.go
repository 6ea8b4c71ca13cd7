package command

import (
	"bytes"
	"strings"
	"testing"
)

// TestTopicFlags: what is wrong with the address of a topic is said before anything
// is asked of a cluster, with what to write.
func TestTopicFlags(t *testing.T) {
	folder := t.TempDir()
	for args, want := range map[string]string{
		"feedback --from kafka://localhost:9092/sparrow":                                    "--from kafka://… and --into go together",
		"feedback --from " + folder + " --into " + folder:                                   "--from kafka://… and --into go together",
		"feedback --from kafka://localhost/sparrow --into " + folder:                        "write kafka://localhost:9092/sparrow",
		"report --bundle " + folder + " --feedback kafka://localhost:9092/sparrow":          "go run ./build feedback --from kafka://localhost:9092/sparrow --into data/feedback",
		"trending --from kafka://localhost:9092/t --networks 9 --out " + folder:             "--networks must be at least 10 with a topic",
		"trending --from kafka://localhost:9092/t --network-share 1% --out " + folder:       "do nothing with a topic",
		"report --bundle " + folder + " --feedback kafka://localhost:9092/sparrow --days 7": "a topic is read into a folder first",
	} {
		var out, said bytes.Buffer
		if code := Run(t.Context(), strings.Fields(args), &out, &said); code != exitUsage || !strings.Contains(said.String(), want) {
			t.Errorf("build %s: exit code %d, says %q, want %q", args, code, said.String(), want)
		}
	}
}
