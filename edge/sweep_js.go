package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/syumai/workers/cloudflare/cron"
	"github.com/syumai/workers/cloudflare/r2"

	"sparrow/wasm/event"
)

const (
	keepDays = 90  // days that feedback is kept
	stride   = 300 // segments a run looks at: with a read and a write each, under the 1,000 calls that an event may make
	// A message may wait four days in each of the two queues, so events of a
	// forgotten visitor may still arrive that long after their request. Readers
	// leave them out at once, and the next day's pass removes them.
	afterglow = 9 * 24 * time.Hour
	again     = 24 * time.Hour // between passes while there is an afterglow
	page      = 1000           // keys that a bucket lists, or deletes, at once
	pages     = 5              // of wishes that a pass carries out: 1 MB

	keyFolder     = "network-keys/"
	erasureFolder = "erasures/"
	progressKey   = "sweep.json"
)

// erasureKey is the key of an empty object: a visitor's wish, for the sweep.
func erasureKey(v event.Visitor, received int64) string {
	return erasureFolder + hex.EncodeToString(v[:]) + "-" + strconv.FormatInt(received, 10)
}

// progress is how far the sweep has come through the segments.
type progress struct {
	Done    int64  `json:"done"`    // start of the last passes that carried out all wishes, Unix milliseconds
	First   int64  `json:"first"`   // start of the first of those under way
	From    string `json:"from"`    // the wish that the pass under way begins after; "" for the first
	Started int64  `json:"started"` // start of the pass under way; 0 between passes
	After   string `json:"after"`   // the last segment that it has seen
}

// sweep is the cron task: it deletes what is older than 90 days and rewrites
// segments without the visitors who asked to be forgotten. Readers leave them
// out from the moment of the wish; this removes the bytes. What fails is done
// by the next run, so errors end here, in the log.
func sweep(ctx context.Context) error {
	defer func() {
		if cause := recover(); cause != nil {
			fmt.Println("sweep: panic:", cause)
		}
	}()
	tick, err := cron.NewEvent(ctx)
	if err != nil {
		return err
	}
	for _, task := range []func(time.Time) error{lose, expire, forget} {
		if err := task(tick.ScheduledTime); err != nil {
			fmt.Println("sweep:", err)
		}
	}
	return nil
}

// lose deletes the keys of days that are over, see worker/networks.mjs.
func lose(now time.Time) error {
	keys, err := list(keyFolder, "", page)
	if err != nil {
		return err
	}
	today := keyFolder + now.UTC().Format(time.DateOnly)
	return remove(slices.DeleteFunc(keys, func(key string) bool { return key >= today }))
}

// expire deletes segments of days that are over for 90 days, up to a page of
// each kind.
func expire(now time.Time) error {
	for _, folder := range []string{"events/", "rescued/"} {
		keys, err := list(folder, "", page)
		if err != nil {
			return err
		}
		first := folder + now.AddDate(0, 0, -keepDays).Format(time.DateOnly)
		old := 0
		for old < len(keys) && keys[old] < first {
			old++
		}
		if err := remove(keys[:old]); err != nil {
			return err
		}
	}
	return nil
}

// forget goes on with the pass through all segments, or begins one when a
// visitor has asked to be forgotten since the last. As many wishes as there may
// be, it holds those of one pass.
func forget(now time.Time) error {
	bucket, err := r2.NewBucket(bucketName)
	if err != nil {
		return err
	}
	var p progress
	if raw, err := get(bucket, progressKey); err != nil {
		return err
	} else if raw != nil {
		if err := json.Unmarshal(raw, &p); err != nil {
			return err
		}
	}
	wishes, more, err := listWishes(p.From)
	if err != nil || len(wishes) == 0 && p.From == "" {
		return err
	}
	visitors, newest := readWishes(wishes)
	if p.Started == 0 {
		if p.From == "" {
			if !more && newest < p.Done && now.UnixMilli() < p.Done+again.Milliseconds() {
				return nil
			}
			p.First = now.UnixMilli()
		}
		p.Started, p.After = now.UnixMilli(), "events/" // erasures/ come before, sweep.json after
	}
	segments, err := list("", p.After, stride)
	if err != nil {
		return err
	}
	for _, key := range segments {
		if strings.HasSuffix(key, ".seg") {
			if err := rewrite(bucket, key, visitors); err != nil {
				return err
			}
		}
		p.After = key
	}
	var over []string
	if len(segments) < stride {
		for _, key := range wishes {
			if _, received, ok := readWish(key); ok && received+afterglow.Milliseconds() < p.Started {
				over = append(over, key)
			}
		}
		p.Started, p.After, p.From = 0, "", ""
		if more {
			p.From = wishes[len(wishes)-1]
		} else {
			p.Done = p.First
		}
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := put(bucket, progressKey, raw); err != nil {
		return err
	}
	for keys := range slices.Chunk(over, page) {
		if err := remove(keys); err != nil {
			return err
		}
	}
	return nil
}

// listWishes returns the keys of the wishes of one pass, which follow after,
// and whether there are more.
func listWishes(after string) (keys []string, more bool, err error) {
	for range pages {
		next, err := list(erasureFolder, after, page)
		if err != nil {
			return nil, false, err
		}
		keys = append(keys, next...)
		if len(next) < page {
			return keys, false, nil
		}
		after = keys[len(keys)-1]
	}
	return keys, true, nil
}

// rewrite stores the segment at key again without the visitors, or deletes it
// when nothing is left.
func rewrite(bucket *r2.Bucket, key string, visitors *event.Forgotten) error {
	segment, err := get(bucket, key)
	if err != nil {
		return err
	}
	kept := event.Without(segment, visitors)
	switch len(kept) {
	case len(segment):
		return nil
	case 0:
		return remove([]string{key})
	}
	return put(bucket, key, kept)
}

// readWishes returns the visitors who are to be forgotten, and the latest of
// their wishes.
func readWishes(keys []string) (visitors *event.Forgotten, newest int64) {
	visitors = event.NewForgotten()
	for _, key := range keys {
		if v, received, ok := readWish(key); ok {
			visitors.Add(v, received)
			newest = max(newest, received)
		}
	}
	return visitors, newest
}

// readWish is the inverse of erasureKey.
func readWish(key string) (v event.Visitor, received int64, ok bool) {
	name, moment, _ := strings.Cut(strings.TrimPrefix(key, erasureFolder), "-")
	raw, err := hex.DecodeString(name)
	if err != nil || len(raw) != len(v) {
		return v, 0, false
	}
	received, err = strconv.ParseInt(moment, 10, 64)
	return event.Visitor(raw), received, err == nil
}
