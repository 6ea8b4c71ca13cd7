package simulation

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"sparrow/wasm/event"
)

const (
	fullBody = 60_000 // bytes; a device stays below what the edge takes
	tries    = 10     // of one batch
	firstGap = 100 * time.Millisecond
	mostGap  = 30 * time.Second
)

// Client posts events to an edge as a browser's outbox does. It is for
// concurrent use.
type Client struct {
	http   *http.Client
	target string
	origin string

	stored, dead, batches, retries atomic.Int64
}

// Delivered is what an edge answered so far.
type Delivered struct{ Stored, Dead, Batches, Retries int64 }

// NewClient returns a client of the edge at an address such as
// http://127.0.0.1:8080, of which it pretends to be a page.
func NewClient(edge string) (*Client, error) {
	u, err := url.Parse(edge)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("simulation: %q is not the address of an edge; write http://127.0.0.1:8080", edge)
	}
	origin := u.Scheme + "://" + u.Host
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 16
	return &Client{
		http:   &http.Client{Timeout: time.Minute, Transport: transport},
		target: strings.TrimSuffix(edge, "/") + "/v1/events", origin: origin,
	}, nil
}

// Reach returns why nothing answers at the edge's address, asked once: an edge that
// is restarted is waited for later, one that was never there is not.
func (c *Client) Reach(ctx context.Context) error {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, c.origin+"/healthz", nil)
	if err != nil {
		return err
	}
	p, err := c.http.Do(q)
	if err != nil {
		return fmt.Errorf("simulation: nothing answers at %s, so start the edge first (make run): %w", c.origin, err)
	}
	return p.Body.Close()
}

// Delivered reports what has arrived.
func (c *Client) Delivered() Delivered {
	return Delivered{c.stored.Load(), c.dead.Load(), c.batches.Load(), c.retries.Load()}
}

// Send posts events in their order and returns once the edge has them all.
func (c *Client) Send(ctx context.Context, events []event.Event) error {
	var b event.Batch
	size := 0
	flush := func() error {
		if len(b.Events) == 0 {
			return nil
		}
		err := c.deliver(ctx, &b)
		b.Events, size = b.Events[:0], 0
		return err
	}
	for i := range events {
		raw := events[i].Append(nil)
		if len(b.Events) == event.MaxBatch || size+len(raw) > fullBody {
			if err := flush(); err != nil {
				return err
			}
		}
		b.Events, size = append(b.Events, raw), size+len(raw)
	}
	return flush()
}

// deliver posts one batch until the edge has it: after an answer that calls for
// patience, and after none at all.
func (c *Client) deliver(ctx context.Context, b *event.Batch) error {
	gap := firstGap
	for try := 1; ; try++ {
		wait, err := c.post(ctx, b)
		if err == nil {
			c.batches.Add(1)
			return nil
		}
		if wait < 0 || try == tries {
			return fmt.Errorf("simulation: %s: %w", c.target, err)
		}
		c.retries.Add(1)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(max(wait, gap)):
		}
		gap = min(2*gap, mostGap)
	}
}

// post posts a batch once. After an error wait is how long the edge wants to be
// left alone, negative when trying again is of no use.
func (c *Client) post(ctx context.Context, b *event.Batch) (wait time.Duration, err error) {
	b.Sent = time.Now().UnixMilli()
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, c.target, bytes.NewReader(b.Append(nil)))
	if err != nil {
		return -1, err
	}
	q.Header.Set("Content-Type", "application/msgpack")
	q.Header.Set("Origin", c.origin)
	p, err := c.http.Do(q)
	if err != nil {
		return 0, err
	}
	defer p.Body.Close()
	text, err := io.ReadAll(io.LimitReader(p.Body, 4096))
	if err != nil {
		return 0, err
	}
	switch p.StatusCode {
	case http.StatusAccepted:
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusBadGateway, http.StatusGatewayTimeout:
		seconds, _ := strconv.Atoi(p.Header.Get("Retry-After"))
		return time.Duration(seconds) * time.Second, fmt.Errorf("answers %s: %s", p.Status, bytes.TrimSpace(text))
	default:
		return -1, fmt.Errorf("answers %s: %s", p.Status, bytes.TrimSpace(text))
	}
	var answer struct{ Stored, Dead int64 }
	if err := json.Unmarshal(text, &answer); err != nil {
		return -1, fmt.Errorf("answers %q: %w", text, err)
	}
	c.stored.Add(answer.Stored)
	c.dead.Add(answer.Dead)
	return 0, nil
}
