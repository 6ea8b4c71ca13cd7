package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"time"
)

// running is an edge on loopback with a feedback folder of its own.
type running struct {
	url  string
	cmd  *exec.Cmd
	said bytes.Buffer
}

// startEdge starts the edge and waits until it answers.
func (t *tools) startEdge(ctx context.Context, folder string, flags ...string) (*running, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	l.Close()
	e := &running{url: "http://" + address}
	arguments := append([]string{"--addr", address, "--feedback", folder, "--rate", "0"}, flags...)
	if t.limit == "" {
		e.cmd = exec.CommandContext(ctx, t.edge, arguments...)
	} else {
		e.cmd = exec.CommandContext(ctx, "sh", append([]string{"-c", t.limit + ` && exec "$0" "$@"`, t.edge}, arguments...)...)
	}
	e.cmd.Stdout, e.cmd.Stderr = &e.said, &e.said
	if err := e.cmd.Start(); err != nil {
		return nil, err
	}
	for range 200 {
		if p, err := http.Get(e.url + "/healthz"); err == nil {
			p.Body.Close()
			return e, nil
		}
		time.Sleep(25 * time.Millisecond)
	}
	e.cmd.Process.Kill()
	e.cmd.Wait()
	return nil, fmt.Errorf("the edge does not answer at %s: %s", e.url, e.said.String())
}

// kill ends the edge as a power cut would: what it has answered must be on disk.
func (e *running) kill() {
	e.cmd.Process.Kill()
	e.cmd.Wait()
}
