package protocol

import (
	"errors"

	"sparrow/wasm/wire"
)

// AppendAnswers appends the bytes of answers to dst, each under the key of the same place in keys.
func AppendAnswers(dst []byte, keys []string, answers map[string]Answer) []byte {
	w := &wire.Writer{Buf: dst}
	w.Map(len(keys))
	for _, key := range keys {
		answer := answers[key]
		w.Str(key)
		w.Bin(answer.Append(nil))
	}
	return w.Buf
}

// DecodeAnswers reads what [AppendAnswers] wrote, and fails on anything else.
func DecodeAnswers(b []byte) (map[string]Answer, error) {
	r := wire.NewReader(b)
	all := map[string]Answer{}
	for range r.Map() {
		key, bytes := r.Str(), r.Bin()
		if r.Err() != nil {
			break
		}
		answer, err := DecodeAnswer(bytes)
		if err != nil {
			return nil, err
		}
		all[key] = answer
	}
	r.End()
	if r.Err() != nil {
		return nil, errors.New("protocol: answers: " + r.Err().Error())
	}
	return all, nil
}
