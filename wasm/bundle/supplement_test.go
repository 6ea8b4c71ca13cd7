//go:build !js

package bundle

import (
	"bytes"
	"crypto/sha256"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// inParts returns withGolden as two files.
func inParts(t testing.TB) (first, supplement []byte) {
	t.Helper()
	first, supplement, err := EncodeParts(withGolden(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return first, supplement
}

func decoded(t testing.TB, data []byte) *Bundle {
	t.Helper()
	b, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestTwoFilesAreOneBundle: the first file names the second by its hash, has nothing of
// it, and with it is the bundle of one file.
func TestTwoFilesAreOneBundle(t *testing.T) {
	first, supplement := inParts(t)
	b := decoded(t, first)
	if b.Supplement == nil || b.Supplement.SHA256 != sha256.Sum256(supplement) || b.Supplement.Bytes != len(supplement) {
		t.Fatalf("the first file names %+v", b.Supplement)
	}
	if b.Meta.Card != "" || len(b.Pointwise) != 0 || len(b.Golden) != 2 || len(b.Golden[0].Scores) != 2 {
		t.Errorf("the first file has a card of %d letters, %d models, %d questions", len(b.Meta.Card), len(b.Pointwise), len(b.Golden))
	}
	roundTrip(t, b)
	if err := b.Extend(supplement); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(withGolden(), b, sameBundle); diff != "" {
		t.Error(diff)
	}
	one, err := Encode(b)
	if err != nil || !bytes.Equal(one, readFile(t, "testdata/golden.v2.bundle")) {
		t.Errorf("in one file it has other bytes than a bundle that never was two: %v", err)
	}
	if err := b.Extend(supplement); err == nil {
		t.Error("a bundle that has its second file takes it once more")
	}
}

// naming returns a first file that names one model, with start in place of how its meta
// begins: its number of pairs, and how many models there are.
func naming(t *testing.T, first []byte, start string) []byte {
	t.Helper()
	const named = "\xa4meta\x87\xa6models\x01"
	if !bytes.Contains(first, []byte(named)) {
		t.Fatal("the first file does not name one model")
	}
	return bytes.Replace(first, []byte(named), []byte("\xa4meta"+start), 1)
}

// TestTheFirstFileSaysHowManyModelsFollow: none where the second holds a card alone; a
// file that does not say may have some; other numbers than the second file has, or may
// have, are refused.
func TestTheFirstFileSaysHowManyModelsFollow(t *testing.T) {
	card := tiny()
	card.Meta.Card = "# A card"
	alone, _, err := EncodeParts(card, nil)
	if err != nil {
		t.Fatal(err)
	}
	first, supplement := inParts(t)
	silent := naming(t, first, "\x86")
	for _, c := range []struct {
		name string
		data []byte
		want int
	}{{"a card alone", alone, 0}, {"a model", first, 1}, {"the form before", silent, -1}} {
		b := decoded(t, c.data)
		if b.Supplement == nil || b.Supplement.Models != c.want {
			t.Errorf("%s: the first file names %+v, want %d models", c.name, b.Supplement, c.want)
		}
		roundTrip(t, b)
	}
	if err := decoded(t, silent).Extend(supplement); err != nil {
		t.Errorf("a file that does not say: %v", err)
	}
	b := decoded(t, naming(t, first, "\x87\xa6models\x02"))
	if err := b.Extend(supplement); err == nil || !strings.Contains(err.Error(), "1 models, of which the bundle names 2") || b.Supplement == nil {
		t.Errorf("a model too few: %v", err)
	}
	for _, many := range []string{"\x05", "\xce\xff\xff\xff\xff"} {
		if _, err := Decode(naming(t, first, "\x87\xa6models"+many)); err == nil || !strings.Contains(err.Error(), "models: ") {
			t.Errorf("%x models: %v", many, err)
		}
	}
}

// TestNothingMoreIsOneFile: a bundle without a card and further models has no second file.
func TestNothingMoreIsOneFile(t *testing.T) {
	first, supplement, err := EncodeParts(tiny(), nil)
	if err != nil || supplement != nil || !bytes.Equal(first, readFile(t, golden)) {
		t.Errorf("tiny is %d bytes and a second file of %d (%v)", len(first), len(supplement), err)
	}
}

// TestListsNeedNoPointwiseModels: a reader for lists takes the bundle of one file, too, with
// the golden answers of the two models that make lists.
func TestListsNeedNoPointwiseModels(t *testing.T) {
	b, err := DecodeLists(readFile(t, "testdata/golden.v2.bundle"))
	if err != nil {
		t.Fatal(err)
	}
	want := withGolden()
	want.Pointwise = nil
	for i := range want.Golden {
		want.Golden[i].Scores = want.Golden[i].Scores[:2]
	}
	if diff := cmp.Diff(want, b, sameBundle); diff != "" {
		t.Error(diff)
	}
}

// TestSupplementsThatDoNotFitAreRefused, and leave the bundle as it was.
func TestSupplementsThatDoNotFitAreRefused(t *testing.T) {
	first, supplement := inParts(t)
	broken := withGolden()
	broken.Golden[1].Scores[2] = []float32{1, 2}
	wrong, err := encodeSupplement(broken)
	if err != nil {
		t.Fatal(err)
	}
	fewer := withGolden()
	fewer.Golden = fewer.Golden[:1]
	few, err := encodeSupplement(fewer)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"the first file", first, "this is none that this program reads"},
		{"a question too few", few, "questions: 1 values, want 2"},
		{"a golden answer too long", wrong, "golden: byte "},
		{"another version", bytes.Replace(supplement, []byte(supplementKey+"\x01"), []byte(supplementKey+"\x02"), 1), "this is none that this program reads"},
		{"no section", []byte("\x81\xb2" + supplementKey + "\x01"), "section card is missing"},
		{"sections in another order", []byte("\x82\xb2" + supplementKey + "\x01\xa6golden\x90"), "section golden is out of order"},
		{"a page", []byte("<!doctype html>"), "this is none that this program reads"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := decoded(t, first)
			b.Supplement.Bytes = len(c.data)
			before := *b
			if err := b.Extend(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Extend = %v, want … %s …", err, c.want)
			}
			if diff := cmp.Diff(&before, b, sameBundle); diff != "" {
				t.Errorf("the bundle changed: %s", diff)
			}
		})
	}
	if err := decoded(t, first).Extend(supplement[1:]); err == nil || !strings.Contains(err.Error(), "not what the bundle names") {
		t.Errorf("Extend with a byte too few = %v", err)
	}
	both := bytes.Replace(readFile(t, "testdata/golden.v2.bundle"), []byte("\xa4meta\x86"), []byte("\xa4meta\x87\xaasupplement\x92\xc4\x20"+strings.Repeat("h", 32)+"\x09"), 1)
	if _, err := Decode(both); err == nil || !strings.Contains(err.Error(), "some of what belongs there") {
		t.Errorf("a first file with a card and a supplement: %v", err)
	}
}

// extendWithin extends b, whose first file is first, by data as if it named them, and
// fails when that took more memory than FORMAT.md allows.
func extendWithin(t testing.TB, b Bundle, first, data []byte) (*Bundle, error) {
	b.Supplement = &Supplement{Bytes: len(data), Models: -1}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := b.Extend(data)
	runtime.ReadMemStats(&after)
	if n, limit := after.TotalAlloc-before.TotalAlloc, uint64(4*(len(first)+len(data))+1<<20); n > limit {
		t.Errorf("extending by %d bytes allocated %d, the limit is %d", len(data), n, limit)
	}
	return &b, err
}

func TestEveryTruncationOfASupplementIsRefused(t *testing.T) {
	for name, parts := range map[string]func(testing.TB) (first, supplement []byte){"all lists": inParts, "the first of each list": firstInParts} {
		first, supplement := parts(t)
		b := decoded(t, first)
		for n := range supplement {
			if _, err := extendWithin(t, *b, first, supplement[:n:n]); err == nil {
				t.Errorf("%s: the first %d of %d bytes were accepted", name, n, len(supplement))
			}
		}
		if _, err := extendWithin(t, *b, first, append(supplement, 0)); err == nil {
			t.Errorf("%s: a byte too many was accepted", name)
		}
	}
}

// FuzzExtend: no panic, no more memory than allowed, and what was accepted is a bundle.
func FuzzExtend(f *testing.F) {
	first, supplement := inParts(f)
	early, rest := firstInParts(f)
	all, some := decoded(f, first), decoded(f, early)
	f.Add(supplement)
	f.Add(rest)
	f.Add(first)
	f.Add([]byte("\x84\xb2" + supplementKey + "\x01\xa4card\xa0\xa9pointwise\x94"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if extended, err := extendWithin(t, *all, first, data); err == nil {
			roundTrip(t, extended)
		}
		if extended, err := extendWithin(t, *some, early, data); err == nil {
			roundTrip(t, extended)
		}
	})
}
