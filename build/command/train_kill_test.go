package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"sparrow/build/bundledir"
)

// trains has the flags of train with which a test starts this program again, with spaces between.
const trains = "SPARROW_TEST_TRAINS"

func TestMain(m *testing.M) {
	if flags := os.Getenv(trains); flags != "" {
		os.Exit(Run(context.Background(), append([]string{"train", "--checkpoint", "0s"}, strings.Fields(flags)...), os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// TestTrainIsKilled: a training that SIGKILL ends three times, in the middle of its passes, goes on
// from what it kept and ends with the bundle of one that is left alone.
func TestTrainIsKilled(t *testing.T) {
	dir := t.TempDir()
	orderedLog(t, dir)
	var bundles [2][]byte
	for i, kills := range []int{0, 3} {
		work := filepath.Join(dir, fmt.Sprint("work", i))
		call(t, "prepare", "--input", dir, "--work", work)
		trainKilled(t, kills, "--work "+work+" --retrieval sequence --epochs 3 --ship measured", filepath.Join(work, "train-retrieval-state-1.gob"))
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

// TestTrainOnShards: of shards the model of sequences makes vectors in which items that follow one
// another are near, the same ones after three kills, and import makes a bundle of them.
func TestTrainOnShards(t *testing.T) {
	dir := t.TempDir()
	orderedLog(t, dir)
	features := filepath.Join(dir, "features")
	call(t, "prepare", "--input", dir, "--out", features, "--shards", "3")
	var vectors [2][]byte
	for i, kills := range []int{0, 3} {
		work := filepath.Join(dir, fmt.Sprint("work", i))
		said := trainKilled(t, kills, "--shards "+features+" --work "+work+" --epochs 60", filepath.Join(work, "train-shards-state-1.gob"))
		if !strings.Contains(said, "vectors.npy and ids.txt of 60 of 60 items, trained on 3 shards") {
			t.Errorf("train --shards says %s", said)
		}
		var err error
		if vectors[i], err = os.ReadFile(filepath.Join(work, "vectors.npy")); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(vectors[0], vectors[1]) {
		t.Error("after three kills the vectors have other bytes")
	}
	work, out := filepath.Join(dir, "work0"), filepath.Join(dir, "bundle")+"/"
	call(t, "import", "--vectors", filepath.Join(work, "vectors.npy"), "--ids", filepath.Join(work, "ids.txt"), "--items", dir, "--out", out)
	near := 0
	for item := range 60 {
		said, _ := call(t, "similar", "--bundle", out, "--item", fmt.Sprint(item), "--k", "5", "--json")
		var list []struct {
			ID string `json:"item_id"`
		}
		if err := json.Unmarshal([]byte(said), &list); err != nil || len(list) != 5 {
			t.Fatalf("similar says %s (%v)", said, err)
		}
		for _, one := range list {
			id, err := strconv.Atoi(one.ID)
			if err != nil {
				t.Fatal(err)
			}
			if d := (id - item + 60) % 60; d <= 6 || d >= 54 {
				near++
			}
		}
	}
	if near < 150 { // by chance 61
		t.Errorf("of 300 similar items %d are near", near)
	}
	var says bytes.Buffer
	code := Run(t.Context(), []string{"train", "--shards", features, "--work", work, "--mix", "next", "--ship", "measured"}, io.Discard, &says)
	if code != 2 || !strings.Contains(says.String(), "has no use for --mix, --ship") {
		t.Errorf("train --shards with other flags ends with %d and says %s", code, says.String())
	}
}

// trainKilled trains in processes of their own, which are killed so many times when the state has been kept
// four times, and returns what the last one said.
func trainKilled(t *testing.T, kills int, flags, state string) string {
	t.Helper()
	for kill := range kills {
		said, ended := trainUntil(t, flags, state)
		if ended || kill > 0 && !strings.Contains(said, "the training goes on behind ") {
			t.Errorf("kill %d: it ended by itself %t, and says %s", kill, ended, said)
		}
	}
	said, _ := trainUntil(t, flags, "")
	if goes := strings.Contains(said, "the training goes on behind "); goes != (kills > 0) {
		t.Errorf("after %d kills it says %s", kills, said)
	}
	if _, err := os.Stat(state); !os.IsNotExist(err) {
		t.Errorf("the state of a training that has ended is left: %v", err)
	}
	return said
}

// trainUntil trains until there were four states; without a name of the state up to the end.
func trainUntil(t *testing.T, flags, state string) (said string, ended bool) {
	t.Helper()
	var out bytes.Buffer
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), trains+"="+flags), &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	var last os.FileInfo
	for states := 0; states < 4; time.Sleep(time.Millisecond) {
		select {
		case err := <-done:
			if err != nil {
				t.Fatalf("train %s: %v\n%s", flags, err, out.String())
			}
			return out.String(), true
		default:
		}
		if info, err := os.Stat(state); err == nil && (last == nil || !os.SameFile(info, last)) {
			last = info
			states++
		}
	}
	cmd.Process.Kill()
	<-done
	return out.String(), false
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
