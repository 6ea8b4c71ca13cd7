package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// mounted is the first line of a process that could mount a file system.
const mounted = "mounted\n"

// full fills the disk under an edge: a file system of its own in memory, in a
// process that may mount one. Where none may, a limit on the length of files
// stands for it, and full says so.
func (t *tools) full(ctx context.Context) ([]Figure, error) {
	folder := filepath.Join(t.work, "full")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "unshare", "--mount", "--map-root-user", self, "edge", "--program", t.edge, "--mounted", folder)
	cmd.Stderr = os.Stderr
	said, err := cmd.Output()
	said, could := bytes.CutPrefix(said, []byte(mounted))
	if !could && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "disk: SKIPPED: a file system in memory may not be mounted here; files of no length at all stand for a full disk instead")
		return t.unwritable(ctx, folder)
	}
	if err != nil {
		return nil, err
	}
	var figures []Figure
	return figures, json.Unmarshal(said, &figures)
}

// fill mounts a file system of 6 MB, fills it through an edge, makes it larger
// and prints the figures as JSON. It runs in a process of its own.
func (t *tools) fill(ctx context.Context, folder string) error {
	if err := exec.CommandContext(ctx, "mount", "-t", "tmpfs", "-o", "size=6m", "none", folder).Run(); err != nil {
		return fmt.Errorf("mount: %w", err)
	}
	defer exec.Command("umount", "-l", folder).Run()
	fmt.Print(mounted)
	more := func() error {
		return exec.CommandContext(ctx, "mount", "-o", "remount,size=64m", folder).Run()
	}
	figures, err := t.overflow(ctx, folder, more)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(figures)
}

// unwritable is full where nothing can be mounted: not a byte can be written,
// and the edge that comes after has no limit.
func (t *tools) unwritable(ctx context.Context, folder string) ([]Figure, error) {
	limited := *t
	limited.limit = "ulimit -f 0"
	return limited.overflow(ctx, folder, nil)
}

// overflow sends to an edge until the disk is full and for two seconds after,
// makes room with more, if given, and waits until the edge takes feedback again.
func (t *tools) overflow(ctx context.Context, folder string, more func() error) ([]Figure, error) {
	edge, err := t.startEdge(ctx, folder)
	if err != nil {
		return nil, err
	}
	defer edge.kill()
	var devices []*device
	for range 8 {
		devices = append(devices, newDevice())
	}
	all(devices, func(d *device) {
		for begun := time.Now(); time.Since(begun) < 30*time.Second && d.send(edge.url) != http.StatusServiceUnavailable; {
		}
	})
	end := time.Now().Add(2 * time.Second)
	all(devices, func(d *device) {
		for time.Now().Before(end) {
			d.send(edge.url)
		}
	})
	alive, ready := status(edge.url+"/healthz"), status(edge.url+"/readyz")
	refusals := 0
	for _, d := range devices {
		refusals += d.answers[http.StatusServiceUnavailable]
	}
	litter, err := empty(folder)
	if err != nil {
		return nil, err
	}
	back := 0.0
	if more != nil {
		if err := more(); err != nil {
			return nil, err
		}
		begun := time.Now()
		for ; status(edge.url+"/readyz") != http.StatusOK && time.Since(begun) < 30*time.Second; time.Sleep(50 * time.Millisecond) {
		}
		back = time.Since(begun).Seconds()
		all(devices, func(d *device) {
			for range 20 {
				d.send(edge.url)
			}
		})
	}
	b, _, err := weigh(ctx, folder, devices)
	if err != nil {
		return nil, err
	}
	edge.kill()
	lines := strings.Count(edge.said.String(), "store:")
	rows := []Figure{
		{Name: "batches refused with 503 on a full disk", Unit: "batches", Bar: 100, AtLeast: true, Measured: float64(refusals)},
		{Name: "… empty files left behind", Unit: "files", Measured: float64(litter)},
		{Name: "… lines in the log", Unit: "lines", Bar: 1, Measured: float64(lines)},
		{Name: "… /healthz", Unit: "HTTP", Bar: 200, Measured: float64(alive)},
		{Name: "… /readyz", Unit: "HTTP", Bar: 503, AtLeast: true, Measured: float64(ready)},
	}
	if more != nil {
		rows = append(rows, Figure{Name: "… until it takes feedback again, with room", Unit: "s", Bar: 15, Measured: back})
	}
	for i := range rows {
		rows[i].Runs = "1"
	}
	of := b.figures("around a full disk", "1")
	if more == nil {
		of = of[1:] // nothing could be
	}
	return append(rows, of...), nil
}

// status returns that of a GET, 0 for none.
func status(url string) int {
	p, err := http.Get(url)
	if err != nil {
		return 0
	}
	p.Body.Close()
	return p.StatusCode
}

// empty counts the segments below a folder that hold nothing.
func empty(folder string) (n int, err error) {
	err = filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".seg") {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Size() == 0 {
			n++
		}
		return err
	})
	return n, err
}
