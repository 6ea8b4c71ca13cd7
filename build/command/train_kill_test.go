package command

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sparrow/build/bundledir"
)

// trainsIn names the work folder that this program, started again by a test, trains in.
const trainsIn = "SPARROW_TEST_TRAINS_IN"

// TestTrainIsKilled: a training that SIGKILL ends three times, in the middle of its passes, goes on
// from what it kept and ends with the bundle of one that is left alone.
func TestTrainIsKilled(t *testing.T) {
	if work := os.Getenv(trainsIn); work != "" {
		os.Exit(Run(context.Background(), []string{"train", "--work", work, "--retrieval", "sequence", "--epochs", "3", "--ship", "measured", "--checkpoint", "0s"}, os.Stdout, os.Stderr))
	}
	dir := t.TempDir()
	orderedLog(t, dir)
	var bundles [2][]byte
	for i, kills := range []int{0, 3} {
		work := filepath.Join(dir, fmt.Sprint("work", i))
		call(t, "prepare", "--input", dir, "--work", work)
		state := filepath.Join(work, "train-retrieval-state-1.gob")
		for kill := range kills {
			trainUntil(t, work, state, kill > 0)
		}
		said := trainUntil(t, work, "", false)
		if goes := strings.Contains(said, "the training goes on behind "); goes != (kills > 0) {
			t.Errorf("after %d kills it says %s", kills, said)
		}
		if _, err := os.Stat(state); !os.IsNotExist(err) {
			t.Errorf("the state of a training that has ended is left: %v", err)
		}
		out := filepath.Join(dir, fmt.Sprint("bundle", i)) + "/"
		call(t, "pack", "--work", work, "--out", out)
		var err error
		if bundles[i], _, err = bundledir.Read(out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(bundles[0], bundles[1]) {
		t.Error("after three kills the bundle has other bytes")
	}
}

// trainUntil trains in a process of its own, which is killed when the state has been kept three times;
// without a state it is left alone. It returns what the process said, which before and after a kill must have gone on.
func trainUntil(t *testing.T, work, state string, goesOn bool) string {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestTrainIsKilled$")
	cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), trainsIn+"="+work), &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var last os.FileInfo
	for news := 0; news < 4; time.Sleep(time.Millisecond) {
		select {
		case err := <-ended:
			if err != nil || state != "" {
				t.Fatalf("the training ended by itself: %v\n%s", err, said.String())
			}
			return said.String()
		default:
		}
		if info, err := os.Stat(state); err == nil && (last == nil || !os.SameFile(info, last)) {
			last = info
			news++
		}
	}
	cmd.Process.Kill()
	<-ended
	if goesOn && !strings.Contains(said.String(), "the training goes on behind ") {
		t.Errorf("after a kill it says %s", said.String())
	}
	return said.String()
}

// orderedLog writes a small data set in which the next item tells much.
func orderedLog(t *testing.T, dir string) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 8))
	var items, log strings.Builder
	items.WriteString("item_id,title,genres\n")
	for i := range 60 {
		fmt.Fprintf(&items, "%d,Item %d,G%d\n", i, i, i%4)
	}
	log.WriteString("user_id,item_id,timestamp\n")
	for u := range 80 {
		item, met := rng.IntN(60), map[int]bool{}
		for k := 0; len(met) < 9; k++ {
			if !met[item] {
				met[item] = true
				fmt.Fprintf(&log, "%d,%d,%d\n", u, item, 1_500_000_000+u*977+k*3600)
			}
			item = (item + 1 + rng.IntN(3)) % 60
		}
	}
	for name, text := range map[string]string{"items.csv": items.String(), "interactions.csv": log.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
