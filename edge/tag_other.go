//go:build !js

package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"sparrow/edge/durable"
	"sparrow/wasm/event"
)

// tagger gives a network its tag of the day: equal within the day, and of no
// use after it, as the key is gone then. The key outlasts a restart in a file
// beside the segments that only the edge's user can read.
type tagger struct {
	file   string
	now    func() time.Time
	failed func(error)

	lock sync.Mutex
	day  string // that key is for, 2006-01-02 in UTC
	key  [sha256.Size]byte

	agree  func(ctx context.Context, day string, proposed []byte) ([]byte, error) // on a key with other edges; nil for one that is alone
	agreed string                                                                 // the day that they agree about
}

const keyFile = "network-key"

// newTagger takes over the key of the day from an earlier process, and deletes
// that of another day.
func newTagger(folder string, now func() time.Time, failed func(error)) *tagger {
	t := &tagger{file: filepath.Join(folder, keyFile), now: now, failed: failed}
	left, _ := filepath.Glob(filepath.Join(folder, "."+keyFile+"-*.part")) // by a process that was killed
	for _, name := range left {
		os.Remove(name)
	}
	if text, err := os.ReadFile(t.file); err == nil {
		day, secret, _ := strings.Cut(strings.TrimSpace(string(text)), " ")
		if key, err := hex.DecodeString(secret); err == nil && len(key) == len(t.key) && day == t.today() {
			t.day, t.key = day, [sha256.Size]byte(key)
		}
	}
	t.renew()
	return t
}

func (t *tagger) today() string { return t.now().UTC().Format(time.DateOnly) }

// run sees to it that the key of a day goes soon after the day, also when
// nothing is sent, until ctx ends.
func (t *tagger) run(ctx context.Context) {
	for sleep(ctx, time.Minute, nil) {
		t.lock.Lock()
		t.renew()
		t.settle()
		t.lock.Unlock()
	}
}

// renew makes a new key if that of the day is missing. One that cannot be
// written lasts as long as the process; the old one goes in any case.
func (t *tagger) renew() {
	if day := t.today(); t.day != day {
		t.day = day
		rand.Read(t.key[:])
		t.keep()
		t.settle()
	}
}

// share has other edges agree with this one on each day's key: a network that sends to several of them
// has one tag.
func (t *tagger) share(agree func(ctx context.Context, day string, proposed []byte) ([]byte, error)) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.agree = agree
	t.renew()
	t.settle()
}

// settle takes the key that the edges agree on. While they cannot, each goes on with its own.
func (t *tagger) settle() {
	if t.agree == nil || t.agreed == t.day {
		return
	}
	key, err := t.agree(context.Background(), t.day, t.key[:])
	if err != nil || len(key) != len(t.key) {
		return // redis is away, which is said where it is asked
	}
	t.agreed = t.day
	if [sha256.Size]byte(key) != t.key {
		t.key = [sha256.Size]byte(key)
		t.keep()
	}
}

// keep writes the key to its file.
func (t *tagger) keep() {
	err := durable.WritePrivate(context.Background(), t.file, func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%s %x\n", t.day, t.key)
		return err
	})
	if err != nil {
		err = fmt.Errorf("the key of the day for networks is not kept, and a network counts twice after a restart: %w", err)
		if gone := os.Remove(t.file); gone != nil && !errors.Is(gone, os.ErrNotExist) {
			err = errors.Join(err, gone)
		}
		t.failed(err)
	}
}

// tag returns the tag of an address's network. An address that says nothing of
// a network has none; all senders of which nothing is known share one.
func (t *tagger) tag(addr netip.Addr) (tag event.Network) {
	if isLocal(addr) {
		return tag
	}
	sum := t.seal(network(addr))
	copy(tag[:], sum[:])
	return tag
}

// seal returns the HMAC of a text under the key of the day.
func (t *tagger) seal(text string) (sum [sha256.Size]byte) {
	t.lock.Lock()
	t.renew()
	h := hmac.New(sha256.New, t.key[:])
	t.lock.Unlock()
	io.WriteString(h, text)
	h.Sum(sum[:0])
	return sum
}
