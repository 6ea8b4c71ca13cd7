package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"sparrow/wasm/event"
)

// remembers starts an edge on much feedback, half of it in one segment as edges
// before wrote them, has many visitors ask to be forgotten at once, and starts it
// again three times. Memory is that of the whole process at its highest.
func (t *tools) remembers(ctx context.Context, megabytes, wishes int) ([]Figure, error) {
	folder := filepath.Join(t.work, "much")
	everyone := make([]*device, 20*wishes)
	for i := range everyone {
		everyone[i] = newDevice()
	}
	begun := time.Now()
	if err := store(folder, int64(megabytes)<<20, everyone); err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "memory: %d MB of feedback written in %.0f s\n", megabytes, time.Since(begun).Seconds())
	gone, asking := event.NewForgotten(), everyone[:wishes]
	for _, d := range asking {
		d.wishing = true
		gone.Add(d.visitor, 1)
	}
	peak, failed := 0.0, 0
	swept := 0.0
	for start := range 4 {
		edge, err := t.startEdge(ctx, folder)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			failed++
			continue
		}
		if start == 0 {
			begun = time.Now()
			if err := ask(edge.url, asking); err != nil {
				edge.kill()
				return nil, err
			}
			err = await(5*time.Minute, func() (bool, error) {
				left, err := holding(folder, gone)
				return left == 0, err
			})
			swept = time.Since(begun).Seconds()
		} else {
			time.Sleep(5 * time.Second) // in which it reads everything once
			if status(edge.url+"/healthz") != http.StatusOK {
				failed++
			}
		}
		high, failure := highest(edge)
		edge.kill()
		if err = errors.Join(err, failure); err != nil {
			return nil, err
		}
		peak = max(peak, high)
	}
	runs := fmt.Sprintf("%d MB, %d wishes", megabytes, wishes)
	return []Figure{
		{Name: "memory of the native edge at its highest", Unit: "MB", Bar: 64, Measured: peak, Runs: runs},
		{Name: "… until all who asked are off the disk", Unit: "s", Bar: 120, Measured: swept, Runs: runs},
		{Name: "… starts on it that failed", Unit: "times", Measured: float64(failed), Runs: "4"},
	}, nil
}

// highest returns the most memory that a running process had, in MB of 2²⁰
// bytes. What the system counts for the process when it has ended is no use on
// Linux: it begins with the memory of the one that started it.
func highest(e *running) (float64, error) {
	if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", e.cmd.Process.Pid)); err == nil {
		_, rest, _ := strings.Cut(string(status), "VmHWM:")
		kilobytes := 0.0
		if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
			return 0, fmt.Errorf("memory of the edge: %w", err)
		}
		return kilobytes / 1024, nil
	}
	e.kill()
	peak := float64(e.cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / (1 << 20)
	if runtime.GOOS != "darwin" { // which counts bytes; the others count KiB
		peak *= 1024
	}
	return peak, nil
}

// await asks every second whether something holds, for so long at most.
func await(patience time.Duration, holds func() (bool, error)) error {
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Second) {
		if held, err := holds(); held || err != nil {
			return err
		}
		if time.Now().After(deadline) {
			return errors.New("visitors who asked to be forgotten are still on the disk")
		}
	}
}

// store writes so many bytes of segments: a batch of each visitor in turns, the
// same whenever it is their turn.
func store(folder string, bytes int64, visitors []*device) error {
	const ordinary = 32 << 20
	now := time.Now().Add(-24 * time.Hour)
	day := filepath.Join(folder, "events", now.UTC().Format(time.DateOnly))
	if err := os.MkdirAll(day, 0o755); err != nil {
		return err
	}
	frames := make([][]byte, len(visitors))
	for i, d := range visitors {
		frames[i] = d.record(now.UnixMilli())
	}
	next := 0
	for n := 0; bytes > 0; n++ {
		size := min(bytes, ordinary)
		if n == 0 {
			size = bytes / 2
		}
		file, err := os.Create(filepath.Join(day, fmt.Sprintf("%02d-%03d.seg", n%24, n)))
		if err != nil {
			return err
		}
		out := bufio.NewWriterSize(file, 1<<20)
		for written := int64(0); written < size; next++ {
			k, err := out.Write(frames[next%len(frames)])
			if err != nil {
				return err
			}
			written += int64(k)
		}
		if err := errors.Join(out.Flush(), file.Close()); err != nil {
			return err
		}
		bytes -= size
	}
	return nil
}

// record is a batch of the device as the edge stores it.
func (d *device) record(at int64) []byte {
	r := event.Record{Site: "self", Received: at, Sent: at}
	r.Events, _ = d.events(at)
	return event.AppendSegment(nil, r.Append(nil))
}

// ask has the devices ask to be forgotten, 16 at a time.
func ask(url string, devices []*device) error {
	var group sync.WaitGroup
	errs := make(chan error, 16)
	for i := range 16 {
		group.Go(func() {
			client := &http.Client{Timeout: time.Minute}
			for k := i; k < len(devices); k += 16 {
				devices[k].client = client
				if status := devices[k].send(url); status != http.StatusAccepted {
					errs <- fmt.Errorf("a wish to be forgotten is answered with %d", status)
					return
				}
			}
		})
	}
	group.Wait()
	close(errs)
	return <-errs
}

// holding counts the records below a folder that hold something of the
// visitors, besides their wishes.
func holding(folder string, gone *event.Forgotten) (n int, err error) {
	err = filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".seg") {
			return err
		}
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		frames := event.NewFrames(file)
		var raw []byte
		for {
			if raw, err = frames.Next(raw); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
			if _, theirs := gone.Strip(raw); theirs {
				n++
			}
		}
	})
	return n, err
}
