package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"syscall/js"
	"time"
	"unsafe"

	"github.com/syumai/workers/cloudflare"
	"github.com/syumai/workers/cloudflare/queues"
	"github.com/syumai/workers/cloudflare/r2"

	"sparrow/wasm/event"
)

// Names of the bindings in worker/wrangler.jsonc.
const (
	bucketName = "FEEDBACK"
	deadSuffix = "-dead" // of the name of the dead-letter queue
)

// queue is the store on Cloudflare: a record is kept when the queue has it.
//
// The glue calls the queue's send, not syumai/workers' producer: that one waits
// for a channel, which a coroutine must not, and leaves a callback behind at
// every send, which a long-lived program would collect for ever.
type queue struct{}

// send asks the glue to hand the bytes to the queue for a call.
//
//go:wasmimport edge send
func send(call int32, at unsafe.Pointer, length int32)

func (queue) Append(ctx context.Context, record *event.Record) error {
	c := ctx.Value(callKey{}).(*call)
	raw := encode(*record)
	send(c.number, unsafe.Pointer(unsafe.SliceData(raw)), int32(len(raw)))
	c.wait(^c.number)
	return c.sent
}

// consume writes a batch of the queue as one object of the bucket; returning
// nil confirms the batch. What the queue gave up to deliver comes here again
// through the dead-letter queue and is stored in the same way, in another
// folder. A batch that comes twice, or with other messages beside it, stores an
// event twice: readers keep one of each id.
func consume(batch *queues.MessageBatch) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("consume: %v", cause) // the batch comes again
		}
	}()
	bucket, err := r2.NewBucket(bucketName)
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	var segment []byte
	var erasures []string
	for _, m := range batch.Messages {
		raw := messageBytes(m)
		record, err := event.DecodeRecord(raw) // once: days may lie between, so another version may have sent it
		if err != nil {                        // nothing that this program sent: kept, but out of the others' way
			record = event.Record{Received: now.UnixMilli(), Sent: now.UnixMilli(), Dead: []event.DeadLetter{{Reason: err.Error(), Raw: raw}}}
			raw = record.Append(nil)
		}
		segment = event.AppendSegment(segment, raw)
		if record.Erase != nil {
			erasures = append(erasures, erasureKey(*record.Erase, record.Received))
		}
	}
	folder := "events/"
	if strings.HasSuffix(batch.Queue, deadSuffix) {
		folder = "rescued/"
	}
	sum := sha256.Sum256(segment)
	key := folder + now.Format("2006-01-02/15-") + hex.EncodeToString(sum[:]) + ".seg"
	if err := put(bucket, key, segment); err != nil {
		return err
	}
	for _, key := range erasures {
		if err := put(bucket, key, nil); err != nil {
			return err
		}
	}
	return nil
}

// messageBytes returns the body of a message that was sent with content type
// bytes. It comes as an ArrayBuffer, which upstream's Message.BytesBody
// refuses.
func messageBytes(m *queues.Message) []byte {
	array := js.Global().Get("Uint8Array").New(m.Body)
	b := make([]byte, array.Length())
	js.CopyBytesToGo(b, array)
	return b
}

func put(bucket *r2.Bucket, key string, body []byte) error {
	if _, err := bucket.Put(key, io.NopCloser(bytes.NewReader(body)), nil); err != nil {
		return fmt.Errorf("put %s: %w", key, err)
	}
	return nil
}

// get returns the object at key, nil when there is no such object.
func get(bucket *r2.Bucket, key string) ([]byte, error) {
	object, err := bucket.Get(key)
	if err != nil || object == nil {
		return nil, err
	}
	body, err := io.ReadAll(object.Body)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", key, err)
	}
	return body, nil
}

// list returns up to limit keys that begin with prefix and follow after, in
// their order. Upstream's List has no options.
func list(prefix, after string, limit int) ([]string, error) {
	options := map[string]any{"prefix": prefix, "limit": limit}
	if after != "" {
		options["startAfter"] = after
	}
	found, err := await(cloudflare.GetBinding(bucketName).Call("list", options))
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", prefix, err)
	}
	objects := found.Get("objects")
	keys := make([]string, objects.Length())
	for i := range keys {
		keys[i] = objects.Index(i).Get("key").String()
	}
	return keys, nil
}

// remove deletes up to 1,000 keys at once.
func remove(keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	names := make([]any, len(keys))
	for i, k := range keys {
		names[i] = k
	}
	_, err := await(cloudflare.GetBinding(bucketName).Call("delete", names))
	return err
}

// await waits for a promise of the event that runs.
func await(promise js.Value) (js.Value, error) {
	type outcome struct {
		value js.Value
		err   error
	}
	settled := make(chan outcome, 1)
	then := js.FuncOf(func(_ js.Value, args []js.Value) any {
		settled <- outcome{value: args[0]}
		return nil
	})
	defer then.Release()
	fail := js.FuncOf(func(_ js.Value, args []js.Value) any {
		settled <- outcome{err: js.Error{Value: args[0]}}
		return nil
	})
	defer fail.Release()
	promise.Call("then", then, fail)
	o := <-settled
	return o.value, o.err
}
