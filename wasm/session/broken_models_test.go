//go:build !js

package session

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
)

// TestBrokenModelsAreRefusedOrAnswerWithNumbers damages one to three values of
// a bundle at a time, with a format that is right and a hash that fits: what
// Open lets pass must answer every verb without a panic and with finite
// numbers alone.
func TestBrokenModelsAreRefusedOrAnswerWithNumbers(t *testing.T) {
	accepted, refused := 0, 0
	for seed := range uint64(4000) {
		rng := rand.New(rand.NewPCG(seed, 1))
		b := enginetest.Parity(14)
		if seed%2 == 0 {
			b = enginetest.Networked(14)
		}
		b.Pointwise = append(b.Pointwise, enginetest.Oldest())
		for range 1 + rng.IntN(3) {
			damage(reflect.ValueOf(b).Elem(), rng)
		}
		data, ok := encoded(b)
		if !ok {
			continue
		}
		s, err := Open(data)
		if err != nil {
			refused++
			continue
		}
		accepted++
		if found := firstNotFinite(s); found != "" {
			t.Errorf("damage %d: %s", seed, found)
		}
	}
	if accepted < 200 || refused < 20 {
		t.Errorf("%d bundles were accepted and %d refused: too few to say something", accepted, refused)
	}
}

// encoded returns the bytes of b, unless the encoder refuses or cannot take it.
func encoded(b *bundle.Bundle) (data []byte, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false // the encoder trusts its caller with shapes
		}
	}()
	data, err := bundle.Encode(b)
	return data, err == nil
}

// damage sets one number of v, chosen at random, to a large, a small or an odd one.
func damage(v reflect.Value, rng *rand.Rand) {
	for v.Kind() != reflect.Invalid {
		switch v.Kind() {
		case reflect.Pointer:
			v = v.Elem()
		case reflect.Struct:
			v = v.Field(rng.IntN(v.NumField()))
		case reflect.Slice:
			if v.Len() == 0 {
				return
			}
			v = v.Index(rng.IntN(v.Len()))
		case reflect.Float32:
			if v.CanSet() {
				v.SetFloat([]float64{math.MaxFloat32, -math.MaxFloat32, 1e38, -1e30, 1e20, 1e-45, 0}[rng.IntN(7)])
			}
			return
		case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			if v.CanSet() {
				v.SetInt([]int64{0, 1, -1, 127, 1 << 14, 1<<31 - 1, 1 << 40}[rng.IntN(7)])
			}
			return
		case reflect.Uint8, reflect.Uint32:
			if v.CanSet() {
				v.SetUint([]uint64{0, 1, 255, 1<<32 - 1}[rng.IntN(4)])
			}
			return
		default:
			return
		}
	}
}

// firstNotFinite asks s everything, as a newcomer and with a history, and returns
// where the first number is that is not finite, "" for none.
func firstNotFinite(s *Session) string {
	for round := range 2 {
		for _, verb := range protocol.Verbs {
			if verb == protocol.Erase || verb == protocol.Undo {
				continue
			}
			for _, model := range append([]string{""}, protocol.LabModels...) {
				if verb != protocol.LabList && model != "" {
					continue
				}
				a := s.Answer(protocol.Request{Verb: verb, ID: "1", Query: "even", K: 20, Model: model, Variety: 0.5, Now: 99})
				if path := notFinite(reflect.ValueOf(a), string(verb)+" "+model); path != "" {
					return fmt.Sprintf("round %d: %s", round, path)
				}
			}
		}
		for i := range 4 {
			s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{
				{ID: catalog.ID(strconv.Itoa(i + 2)), Action: []protocol.Action{protocol.Like, protocol.Dislike}[i%2], At: int64(i + 1)},
			}})
		}
	}
	return ""
}

// notFinite returns the path of the first number in v that is not finite.
func notFinite(v reflect.Value, path string) string {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
			return fmt.Sprint(path, " is ", v.Float())
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return notFinite(v.Elem(), path)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if found := notFinite(v.Field(i), path+"."+v.Type().Field(i).Name); found != "" {
				return found
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if found := notFinite(v.Index(i), path+"["+strconv.Itoa(i)+"]"); found != "" {
				return found
			}
		}
	}
	return ""
}
