//go:build !js

package main

import (
	"bytes"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sparrow/wasm/event"
)

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// TestTagsOfADay: on one day a network has one tag, also after a restart; on
// another day or another edge it has another, and the key of the day before is
// nowhere in the folder.
func TestTagsOfADay(t *testing.T) {
	folder := t.TempDir()
	now := time.Date(2026, 11, 29, 13, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	fail := func(err error) { t.Error(err) }
	tags := newTagger(folder, clock, fail)
	home := tags.tag(addr("203.0.113.9"))
	if home == (event.Network{}) || home != tags.tag(addr("203.0.113.200")) {
		t.Errorf("two addresses of a network have the tags %x and %x", home, tags.tag(addr("203.0.113.200")))
	}
	if six := tags.tag(addr("2001:db8:7:1::1")); six != tags.tag(addr("2001:db8:7:ffff::9")) || six == tags.tag(addr("2001:db8:8::1")) || six == home {
		t.Error("networks of IPv6 are not told apart by their first 48 bits")
	}
	if tags.tag(addr("203.0.114.9")) == home {
		t.Error("two networks have one tag")
	}
	if unknown := tags.tag(netip.Addr{}); unknown == (event.Network{}) || unknown == home {
		t.Errorf("senders of whom nothing is known have the tag %x, want one of their own", unknown)
	}
	for _, local := range []string{"127.0.0.1", "::1", "10.1.2.3", "192.168.1.5", "172.20.0.2", "fd00::1", "fe80::1", "169.254.1.1"} {
		if got := tags.tag(addr(local)); got != (event.Network{}) {
			t.Errorf("%s has the tag %x, want none: it names no network", local, got)
		}
	}
	key, err := os.ReadFile(filepath.Join(folder, keyFile))
	if err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(filepath.Join(folder, keyFile)); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("the key's mode is %v, %v, want 0600", st.Mode(), err)
	}
	if again := newTagger(folder, clock, fail); again.tag(addr("203.0.113.9")) != home {
		t.Error("after a restart within the day the network has another tag")
	}
	if other := newTagger(t.TempDir(), clock, fail); other.tag(addr("203.0.113.9")) == home {
		t.Error("two edges give a network the same tag")
	}
	killed := filepath.Join(folder, "."+keyFile+"-7.part")
	if err := os.WriteFile(killed, key, 0o600); err != nil {
		t.Fatal(err)
	}
	now = now.Add(11 * time.Hour) // midnight
	if tags.tag(addr("203.0.113.9")) == home {
		t.Error("the next day the network has the same tag")
	}
	newTagger(folder, clock, fail)
	secret := bytes.Fields(key)[1]
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if hidden, _ := filepath.Glob(filepath.Join(folder, ".*")); err != nil || len(files) != 1 || len(hidden) > 0 {
		t.Errorf("the folder holds %q and %q, %v; want the key alone", files, hidden, err)
	}
	for _, file := range files {
		if text, err := os.ReadFile(file); err != nil || bytes.Contains(text, secret) {
			t.Errorf("%s holds the key of the day before (%v)", file, err)
		}
	}
}

// TestTagsWithoutADisk: a key that cannot be kept is made all the same, the old
// one is not left behind, and a damaged file is replaced.
func TestTagsWithoutADisk(t *testing.T) {
	var said []string
	fail := func(err error) { said = append(said, err.Error()) }
	gone := newTagger(filepath.Join(t.TempDir(), "no such folder"), time.Now, fail)
	if tag := gone.tag(addr("203.0.113.9")); tag == (event.Network{}) || tag != gone.tag(addr("203.0.113.1")) {
		t.Errorf("without a folder the tag is %x", tag)
	}
	if len(said) != 1 || !strings.Contains(said[0], "key of the day") {
		t.Errorf("it says %q", said)
	}
	for _, text := range []string{"", "x", time.Now().UTC().Format(time.DateOnly) + " 00", time.Now().UTC().Format(time.DateOnly)} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, keyFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		newTagger(folder, time.Now, func(err error) { t.Error(err) })
		if kept, err := os.ReadFile(filepath.Join(folder, keyFile)); err != nil || len(kept) != len("2026-11-29 ")+64+1 {
			t.Errorf("in the place of %q stands %q, %v", text, kept, err)
		}
	}
}

// TestEventsAreTagged: what is stored of a request holds the tag of its network.
func TestEventsAreTagged(t *testing.T) {
	folder := t.TempDir()
	origin, _ := startEdge(t, "--feedback", folder, "--trusted-proxy", "127.0.0.1")
	from := func(address string) {
		t.Helper()
		response, err := sendFrom(origin, bytes.NewReader(batch(1)), address)
		if err != nil || response.StatusCode != 202 {
			t.Fatalf("%v, %v", response, err)
		}
	}
	from("203.0.113.9")
	from("203.0.113.10")
	from("198.51.100.1")
	from("")
	var tags []event.Network
	for _, name := range segmentFiles(t, folder) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for record, err := range event.Segment(b) {
			if err != nil {
				t.Fatal(err)
			}
			tags = append(tags, record.Network)
		}
	}
	if len(tags) != 4 || tags[0] != tags[1] || tags[0] == tags[2] || tags[0] == (event.Network{}) || tags[3] != (event.Network{}) {
		t.Errorf("tags %x, want one for the first two, another for the third, none for this machine", tags)
	}
}
