package spark

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"sparrow/build/dataset"
	"sparrow/edge/durable"
)

//go:embed *.sql
var statements embed.FS

// Job is what Spark is to do.
type Job struct {
	Form    string  // how the log is written: the name of a file of statements, as csv.sql
	Log     string  // where Spark finds it: a path or an address
	Out     string  // folder that gets the tables; all workers must see it
	Shards  int     // 1 to MaxShards
	Bad     float64 // share of bad rows, 0 to 1, above which the run ends
	Unknown float64 // likewise of rows of unknown items
	Newest  bool    // of unrated rows of the same user and item the newest stays; else they end the run

	Master string // of Spark; "" for what its configuration says
	Submit string // path of spark-sql or spark-submit
}

// Write writes the items of d and the statements of the job as prepare.sql into its folder,
// where anyone's Spark can run them, and returns the command that does.
func (j Job) Write(ctx context.Context, d *dataset.Dataset) (command []string, err error) {
	repeats := "auto"
	if j.Newest {
		repeats = "newest"
	}
	var b bytes.Buffer
	for _, set := range [][2]string{{"out", j.Out}, {"log", j.Log}, {"shards", fmt.Sprint(j.Shards)}, {"bad", fmt.Sprint(j.Bad)},
		{"unknown", fmt.Sprint(j.Unknown)}, {"repeats", repeats}} {
		if i := strings.IndexAny(set[1], "'\"`;$\\\n\r"); i >= 0 {
			return nil, fmt.Errorf("spark: %s: a path that statements name must not hold %q: give another one", set[1], set[1][i])
		}
		fmt.Fprintf(&b, "SET sparrow.%s=%s;\n", set[0], set[1])
	}
	for _, name := range []string{j.Form, "log.sql", "statistics.sql", "features.sql", "samples.sql"} {
		text, err := statements.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("spark: %w", err)
		}
		b.WriteString("\n" + string(text))
	}
	if err := begin(ctx, d, j.Out); err != nil {
		return nil, fmt.Errorf("spark: %w", err)
	}
	path := filepath.Join(j.Out, "prepare.sql")
	err = durable.WriteFile(ctx, path, func(w io.Writer) error {
		_, err := w.Write(b.Bytes())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("spark: %w", errors.Join(err, remove(j.Out)))
	}
	command = []string{j.Submit}
	submit := strings.HasPrefix(filepath.Base(j.Submit), "spark-submit")
	if submit {
		command = append(command, "--class", "org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver")
	}
	if j.Master != "" {
		command = append(command, "--master", j.Master)
	}
	command = append(command, "--conf", "spark.sql.catalogImplementation=in-memory")
	if submit {
		command = append(command, "spark-internal")
	}
	return append(command, "-f", path), nil
}

// Run runs the command that Write returned, and calls say for each line of its results.
// Where it fails, the tables that it began are removed.
func (j Job) Run(ctx context.Context, command []string, say func(line string)) error {
	scratch, err := os.MkdirTemp("", "spark")
	if err != nil {
		return fmt.Errorf("spark: %w", err)
	}
	defer os.RemoveAll(scratch)
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir = scratch // Spark leaves files where it is started
	errs := &tail{}
	cmd.Stdout, cmd.Stderr = &lines{say: say}, errs
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("spark: %s: %w\n%s", strings.Join(command, " "), errors.Join(err, remove(j.Out)), errs)
	}
	return nil
}

// lines calls say for each whole line, of at most 1000 bytes.
type lines struct {
	say  func(string)
	rest []byte
}

func (l *lines) Write(p []byte) (int, error) {
	for _, c := range p {
		if c == '\n' {
			l.say(string(l.rest))
			l.rest = l.rest[:0]
		} else if len(l.rest) < 1000 {
			l.rest = append(l.rest, c)
		}
	}
	return len(p), nil
}

// tailBytes is how much is kept of what a failed run wrote last.
const tailBytes = 4000

// tail keeps the last bytes.
type tail struct{ text []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	if n := len(t.text); n > 2*tailBytes {
		t.text = append(t.text[:0], t.text[n-tailBytes:]...)
	}
	return len(p), nil
}

func (t *tail) String() string { return string(t.text[max(0, len(t.text)-tailBytes):]) }
