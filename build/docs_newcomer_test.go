package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// person follows a document in a clone of their own.
type person struct {
	root    string // an empty folder that stands for the machine's /
	clone   string // the repository in it
	folder  string // where the shell is
	env     []string
	edge    string // address of the server that runs
	stop    func()
	trained string // the folder that a command trained into last
}

// toolbox is a folder in PATH whose go takes programs of the repository that were
// built once, and whose make leaves out what builds for the browser unless -slow.
type toolbox string

// buildTools writes those two, the programs that most commands want, and B.
func buildTools(t *testing.T) toolbox {
	t.Helper()
	folder := t.TempDir()
	tree, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	real := map[string]string{}
	for _, name := range []string{"go", "make"} {
		if real[name], err = exec.LookPath(name); err != nil {
			t.Fatal(err)
		}
	}
	old := "-o site-files" // its files stand there already
	if *slow {
		old = ""
	}
	write(t, filepath.Join(folder, "go"), fmt.Sprintf(`#!/usr/bin/env bash
set -eu
if [ "${1-}" = run ] && [[ "${2-}" == ./* ]]; then
  program="%[1]s/$(basename "$2").${2//\//_}"
  [ -x "$program" ] || (cd "%[2]s" && env -u GOOS -u GOARCH "%[3]s" build -o "$program" "$2")
  shift 2
  exec "$program" "$@"
fi
if [ -n "%[4]s" ] && [ "${1-} ${2-}" = "build -o" ] && [ "${4-}" = ./edge ]; then
  exec cp "%[1]s/edge.._edge" "$3"
fi
exec "%[3]s" "$@"
`, folder, tree, real["go"], old))
	write(t, filepath.Join(folder, "make"), fmt.Sprintf("#!/bin/sh\nexec %q %s \"$@\"\n", real["make"], old))
	for _, name := range []string{"go", "make"} {
		if err := os.Chmod(filepath.Join(folder, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("bash", "-ec", "./go run ./build --help && ./go run ./edge --help && ./go run ./build bundle --input B/data --out B/ --epochs 1 && rm -r B/data")
	cmd.Dir = folder
	movieLens(t, filepath.Join(folder, "B/data"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return toolbox(folder)
}

// newcomer returns a person with a fresh clone and what the documents ask them to
// bring: catalogs under the names that they use, a file of histories, a bundle B.
func newcomer(t *testing.T, bin toolbox) *person {
	t.Helper()
	p := &person{root: t.TempDir(), stop: func() {}}
	p.clone = filepath.Join(p.root, "sparrow")
	p.folder = p.clone
	p.env = append(os.Environ(), "PATH="+string(bin)+":"+os.Getenv("PATH"), "ADDR=127.0.0.1:0", "HOME="+home(t))
	t.Cleanup(func() { p.stop() })
	for _, name := range files(t) {
		body, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(p.clone, name)
		write(t, to, string(body))
		if err := os.Chmod(to, info.Mode()); err != nil {
			t.Fatal(err)
		}
	}
	if !*slow {
		write(t, filepath.Join(p.clone, ".build/site/index.html"), "<!doctype html><title>Home</title>")
	}
	for _, name := range []string{"mine", "my-shop", "DATA"} {
		ownCatalog(t, filepath.Join(p.clone, name))
	}
	for _, name := range []string{"DIR", "data/ml-latest-small"} {
		movieLens(t, filepath.Join(p.clone, name))
	}
	ownVectors(t, p.clone)
	write(t, filepath.Join(p.clone, "H.csv"), "user_id,item_id,timestamp,rating\nann,1,1700000000,5\nann,4,1700000100,4.5\nbob,2,1700000000,4\n")
	if err := os.CopyFS(filepath.Join(p.clone, "B"), os.DirFS(filepath.Join(string(bin), "B"))); err != nil {
		t.Fatal(err)
	}
	return p
}

// home is the real one, where Go keeps what it has compiled.
func home(t *testing.T) string {
	name, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// visits calls add for what 60 people of three tastes chose among 60 items: item i
// is of kind i mod 3, person u likes the kind u mod 3.
func visits(add func(user, item, at int, stars float64)) {
	r := rand.New(rand.NewPCG(14, 1))
	for u := range 60 {
		for i, n := range r.Perm(20)[:12] {
			item := 3*n + u%3
			stars := 3.5 + 0.5*float64(r.IntN(4))
			if i%5 == u%5 {
				item, stars = r.IntN(60), 1+0.5*float64(r.IntN(4))
			}
			add(u, item, 1_700_000_000+10_000*u+100*i, stars)
		}
	}
}

var kinds = []string{"Crime", "Poetry", "Travel"}

// ownCatalog writes items.csv and interactions.csv of a bookshop.
func ownCatalog(t *testing.T, folder string) {
	var items, log strings.Builder
	items.WriteString("item_id,title,year,genres\n")
	for i := range 60 {
		fmt.Fprintf(&items, "B%02d,Book %d,%d,%s\n", i, i, 1990+i%30, kinds[i%3])
	}
	log.WriteString("user_id,item_id,timestamp,rating\n")
	visits(func(user, item, at int, stars float64) { fmt.Fprintf(&log, "u%d,B%02d,%d,%g\n", user, item, at, stars) })
	write(t, filepath.Join(folder, "items.csv"), items.String())
	write(t, filepath.Join(folder, "interactions.csv"), log.String())
}

// ownVectors writes emb.npy and ids.txt of these books, a kind a direction, a ranking model
// of five numbers, and two towers.
func ownVectors(t *testing.T, folder string) {
	var ids strings.Builder
	numbers, tower := make([]float32, 3*60), make([]float32, 4*60)
	for i := range 60 {
		fmt.Fprintf(&ids, "B%02d\n", i)
		numbers[3*i+i%3], numbers[3*i+(i+1)%3] = 1, float32(i)/100
		tower[4*i+i%3], tower[4*i+3] = 1, float32(i)/100
	}
	for name, table := range map[string][]float32{"emb.npy": numbers, "tower.npy": tower} {
		header := fmt.Sprintf("%-117s\n", fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (60, %d)}", len(table)/60))
		vectors, err := binary.Append([]byte("\x93NUMPY\x01\x00\x76\x00"+header), binary.LittleEndian, table)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, name), string(vectors))
	}
	write(t, filepath.Join(folder, "ids.txt"), ids.String())
	for name, from := range map[string]string{"ranker.onnx": "sklearn-linear.onnx", "user.onnx": "towers/sklearn.onnx"} {
		model, err := os.ReadFile("onnx/testdata/" + from)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, name), string(model))
	}
	write(t, filepath.Join(folder, "user.json"), `{"name": "Two towers", "output": "add_result1", "inputs": {"X": {"vectors": "mean", "slots": 5}}}`)
	write(t, filepath.Join(folder, "bind.json"), `{"name": "Ours", "inputs": {"X": [{"feature": "movieRatingCount"}, {"feature": "movieAvgRating"}, {"feature": "userAvgRating"}, {"feature": "movieTrend"}, {"feature": "releaseYear"}]}}`)
}

// movieLens writes the files of MovieLens latest.
func movieLens(t *testing.T, folder string) {
	var items, log strings.Builder
	items.WriteString("movieId,title,genres\n")
	for i := range 60 {
		fmt.Fprintf(&items, "%d,Film %d (%d),%s\n", i+1, i, 1990+i%30, kinds[i%3])
	}
	log.WriteString("userId,movieId,rating,timestamp\n")
	visits(func(user, item, at int, stars float64) { fmt.Fprintf(&log, "%d,%d,%g,%d\n", user+1, item+1, stars, at) })
	write(t, filepath.Join(folder, "movies.csv"), items.String())
	write(t, filepath.Join(folder, "ratings.csv"), log.String())
	write(t, filepath.Join(folder, "tags.csv"), "userId,movieId,tag,timestamp\n1,1,heist,1700000000\n")
	write(t, filepath.Join(folder, "links.csv"), "movieId,imdbId,tmdbId\n1,1,1\n")
}

// write makes a file and the folders above it.
func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// command is a command of the shell, of a process group of its own.
func (p *person) command(ctx context.Context, text string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", text)
	cmd.Dir, cmd.Env = p.folder, p.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// shell runs a command to its end.
func (p *person) shell(t *testing.T, line int, text string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	begun := time.Now()
	out, err := p.command(ctx, text).CombinedOutput()
	t.Logf("%5.1f s  %s", time.Since(begun).Seconds(), text)
	if err != nil {
		t.Errorf("line %d: %s\n%v\n%s", line, text, err, out)
	}
}

var listening = regexp.MustCompile(`http://(?:localhost|127\.0\.0\.1):\d+`)

// serve starts a server in place of the one that runs and waits until it says
// where it is. After a training it has to serve what was trained.
func (p *person) serve(t *testing.T, line int, text string) {
	t.Helper()
	p.stop()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := p.command(ctx, text)
	out, in := io.Pipe()
	cmd.Stdout, cmd.Stderr = in, in
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); in.Close(); close(ended) }()
	p.stop = func() { cancel(); <-ended; p.stop = func() {} }
	var said strings.Builder
	lines := bufio.NewScanner(out)
	p.edge = ""
	for p.edge == "" && lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		p.edge = listening.FindString(lines.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if p.edge == "" {
		t.Fatalf("line %d: %s: it ended:\n%s", line, text, said.String())
	}
	if p.trained != "" {
		p.servesWhatWasTrained(t, line, text)
	}
}

// servesWhatWasTrained compares the newest model of the server with that of the
// folder that was trained last.
func (p *person) servesWhatWasTrained(t *testing.T, line int, text string) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join(p.trained, "latest.json"))
	if err != nil {
		t.Error(err)
		return
	}
	answer, err := http.Get(p.edge + "/v1/latest.json")
	if err != nil {
		t.Error(err)
		return
	}
	defer answer.Body.Close()
	if got, err := io.ReadAll(answer.Body); err != nil || !bytes.Equal(got, want) {
		t.Errorf("line %d: %s: it serves %s, and %s was trained: %s (%v)", line, text, got, p.trained, want, err)
	}
}
