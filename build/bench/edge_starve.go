package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// starved takes an edge's descriptors away with connections that ask for
// nothing, and asks over some that were there before: what is on the disk may be
// refused, and never is as if it did not exist.
func (t *tools) starved(ctx context.Context) ([]Figure, error) {
	bundles := filepath.Join(t.work, "bundles")
	if err := os.MkdirAll(bundles, 0o755); err != nil {
		return nil, err
	}
	for _, name := range []string{"latest.json", "experiments.json", "trending.json", "popular.json"} {
		if err := os.WriteFile(filepath.Join(bundles, name), []byte(`{"version":1,"there":true}`), 0o644); err != nil {
			return nil, err
		}
	}
	limited := *t
	limited.limit = "ulimit -n 64"
	folder := filepath.Join(t.work, "starved")
	edge, err := limited.startEdge(ctx, folder, "--bundles", bundles)
	if err != nil {
		return nil, err
	}
	defer edge.kill()
	var devices []*device
	for range 4 {
		devices = append(devices, newDevice())
	}
	look := func(d *device) (refused, wrong int) {
		for _, name := range []string{"latest.json", "experiments.json", "trending.json", "popular.json"} {
			switch p, err := d.client.Get(edge.url + "/v1/" + name); {
			case err != nil:
				wrong++
			default:
				io.Copy(io.Discard, p.Body) // or the connection is given up
				p.Body.Close()
				if p.StatusCode == http.StatusServiceUnavailable && p.Header.Get("Cache-Control") == "no-store" {
					refused++
				} else if p.StatusCode != http.StatusOK || p.ContentLength != 26 {
					wrong++
				}
			}
		}
		return refused, wrong
	}
	for _, d := range devices { // each has its connection from now on
		if _, wrong := look(d); wrong > 0 || d.send(edge.url) != http.StatusAccepted {
			return nil, errors.New("an edge with descriptors answers wrongly")
		}
	}
	address, err := url.Parse(edge.url)
	if err != nil {
		return nil, err
	}
	var idle []net.Conn
	for range 128 {
		if c, err := net.DialTimeout("tcp", address.Host, time.Second); err == nil {
			idle = append(idle, c)
		}
	}
	time.Sleep(200 * time.Millisecond)
	refused, wrong := 0, 0
	for range 20 {
		for _, d := range devices {
			r, w := look(d)
			refused, wrong = refused+r, wrong+w
			if s := d.send(edge.url); s != http.StatusAccepted && s != http.StatusServiceUnavailable {
				wrong++
			}
		}
	}
	for _, c := range idle {
		c.Close()
	}
	begun := time.Now()
	for ; time.Since(begun) < 20*time.Second; time.Sleep(50 * time.Millisecond) {
		if r, w := look(devices[0]); r+w == 0 && status(edge.url+"/readyz") == http.StatusOK {
			break
		}
	}
	back := time.Since(begun).Seconds()
	for _, d := range devices {
		for range 20 {
			d.send(edge.url)
		}
	}
	b, _, err := weigh(ctx, folder, devices)
	if err != nil {
		return nil, err
	}
	rows := []Figure{
		{Name: "files refused with 503 without descriptors", Unit: "answers", Bar: 100, AtLeast: true, Measured: float64(refused), Runs: "1"},
		{Name: "… answers as if a file were not there, or none", Unit: "answers", Measured: float64(wrong), Runs: "1"},
		{Name: "… until all is served again", Unit: "s", Bar: 15, Measured: back, Runs: "1"},
	}
	return append(rows, b.figures("around having no descriptors", "1")...), nil
}
