package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/serve"
	"sparrow/wasm/catalog"
)

// Serve measures how long clients of build serve wait for an answer, on the machine of the
// server, which they share.
type Serve struct {
	Bundle   string `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json."`
	Requests int    `default:"4000" placeholder:"N" help:"Requests of each kind (${default})."`
	Likes    int    `default:"20" placeholder:"N" help:"Likes of a user (${default})."`
}

// serveBar is what half of the requests of a single client may wait for at most, in ms.
const serveBar = 2

// Run prints the table.
func (v Serve) Run() error {
	b, _, err := bundledir.Open(v.Bundle)
	if err != nil {
		return err
	}
	s, err := serve.Open(v.Bundle, runtime.GOMAXPROCS(0), nil, func(line string) { fmt.Fprintln(os.Stderr, line) })
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, listener) }()
	figures, err := v.figures("http://"+listener.Addr().String(), b.Catalog)
	stop()
	if ended := <-ended; err == nil {
		err = ended
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d items, %d processors\n", b.Catalog.Len(), runtime.GOMAXPROCS(0))
	return verdict(figures)
}

// figures asks the server at an address everything with one client and with eight.
func (v Serve) figures(at string, c *catalog.Catalog) (figures []Figure, err error) {
	kinds := []struct {
		name string
		ask  func(rng *rand.Rand) (path string, body any)
	}{
		{"similar", func(rng *rand.Rand) (string, any) {
			return "/v1/similar/" + url.PathEscape(string(c.IDs[rng.IntN(c.Len())])), nil
		}},
		{"recommend", func(rng *rand.Rand) (string, any) {
			var likes []catalog.ID
			for range v.Likes {
				likes = append(likes, c.IDs[rng.IntN(c.Len())])
			}
			return "/v1/recommend", map[string]any{"likes": likes}
		}},
		{"search", func(rng *rand.Rand) (string, any) {
			return "/v1/search?q=" + url.QueryEscape(c.Titles[rng.IntN(c.Len())]), nil
		}},
	}
	for _, kind := range kinds {
		for _, clients := range []int{1, 8} {
			took, err := v.wait(at, clients, kind.ask)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", kind.name, err)
			}
			bar, name := math.NaN(), fmt.Sprintf("%s, clients at once: %d", kind.name, clients)
			if clients == 1 {
				bar = serveBar
			}
			runs := fmt.Sprint(len(took))
			figures = append(figures,
				Figure{Name: name + ", p50", Unit: "ms", Bar: bar, Measured: took[len(took)/2], Runs: runs},
				Figure{Name: name + ", p99", Unit: "ms", Bar: math.NaN(), Measured: took[len(took)*99/100], Runs: runs})
		}
	}
	return figures, nil
}

// wait returns how many milliseconds each request of some clients at once took, ascending.
func (v Serve) wait(at string, clients int, ask func(*rand.Rand) (string, any)) ([]float64, error) {
	took := make([]float64, max(100, v.Requests))
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var next atomic.Int64
	var asking sync.WaitGroup
	wrong := make([]error, clients)
	for i := range clients {
		rng := rand.New(rand.NewPCG(1, uint64(i)))
		asking.Go(func() {
			for n := next.Add(1) - 1; n < int64(len(took)) && wrong[i] == nil; n = next.Add(1) - 1 {
				path, body := ask(rng)
				begun := time.Now()
				wrong[i] = request(client, at+path, body)
				took[n] = float64(time.Since(begun)) / float64(time.Millisecond)
			}
		})
	}
	asking.Wait()
	slices.Sort(took)
	return took, errors.Join(wrong...)
}

// request sends a request, with a body as JSON, and reads the answer.
func request(client *http.Client, address string, body any) error {
	method, text := "GET", []byte(nil)
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return err
		}
		method = "POST"
	}
	r, err := http.NewRequest(method, address, bytes.NewReader(text))
	if err != nil {
		return err
	}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s %s", address, answer.Status, said)
	}
	return err
}
