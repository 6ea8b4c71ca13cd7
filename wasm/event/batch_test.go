package event

import "sparrow/wasm/wire"

// decodeBatch reads a request's body of 1 to [MaxBatch] events without looking
// into them: what [CheckBatch] must agree with. Events share memory with body.
func decodeBatch(body []byte) (Batch, error) {
	r := wire.NewReader(body)
	var b Batch
	var err error
	b.Sent, err = readBatch(r, func() (n int, err error) {
		b.Events, err = events(r)
		return len(b.Events), err
	})
	if err != nil {
		return Batch{}, err
	}
	return b, nil
}
