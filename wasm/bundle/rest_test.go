//go:build !js

package bundle

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
)

// early returns the golden answers of withFirst without its second file. They are made
// up: the ranker's are less by 1.
func early() []Golden {
	all := withFirst().Golden
	for _, g := range all {
		for k := range g.Scores[1] {
			g.Scores[1][k]--
		}
	}
	return all
}

// firstInParts returns withFirst as two files.
func firstInParts(t testing.TB) (first, supplement []byte) {
	t.Helper()
	first, supplement, err := EncodeParts(withFirst(), early())
	if err != nil {
		t.Fatal(err)
	}
	return first, supplement
}

// TestTheRestOfTheListsComesLater: the first file has the strongest neighbours of each
// item and its own answers, and with the second it is the bundle of one file.
func TestTheRestOfTheListsComesLater(t *testing.T) {
	first, supplement := firstInParts(t)
	b := decoded(t, first)
	if diff := cmp.Diff([]catalog.Row{1, 0}, b.Transition.Items); diff != "" {
		t.Errorf("neighbours in the first file: %s", diff)
	}
	if got, want := b.Golden[0].Scores[1][0], early()[0].Scores[1][0]; got != want {
		t.Errorf("the first file's ranker is to answer %v, want %v", got, want)
	}
	roundTrip(t, b)
	ties := b.Ties()
	if err := b.Extend(supplement); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(withFirst(), b, sameBundle); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(ties, b.Ties()); diff != "" {
		t.Errorf("items have other ties with the second file: %s", diff)
	}
	one, err := Encode(b)
	if err != nil || !bytes.Equal(one, readFile(t, "testdata/first.v2.bundle")) {
		t.Errorf("in one file it has other bytes than a bundle that never was two: %v", err)
	}
}

// TestPartsWithoutTheirAnswersAreRefused: those of the first file are to the same questions.
func TestPartsWithoutTheirAnswersAreRefused(t *testing.T) {
	other := early()
	other[1].Items = []catalog.Row{1}
	for _, golden := range [][]Golden{nil, early()[:1], other} {
		if _, _, err := EncodeParts(withFirst(), golden); err == nil || !strings.Contains(err.Error(), "other questions") {
			t.Errorf("EncodeParts with %d answers = %v", len(golden), err)
		}
	}
}

// TestRestsThatDoNotFitAreRefused, and leave the bundle as it was.
func TestRestsThatDoNotFitAreRefused(t *testing.T) {
	first, supplement := firstInParts(t)
	whole, all := inParts(t)
	// counts 1, 0, 0; gap 2: row 2 of item 0; weight 1
	const counts, gaps, weights = "\xa6counts\xc4\x03\x01\x00\x00", "\xa4gaps\xc4\x01\x02", "\xa7weights\xc4\x01\x01"
	for _, c := range []struct{ name, old, new, want string }{
		{"a row of no catalog", gaps, "\xa4gaps\xc4\x01\x03", "row 3 is in it, or in no catalog of 3"},
		{"a row twice", gaps, "\xa4gaps\xc4\x01\x01", "row 1 is in it"},
		{"a weight of 0", weights, "\xa7weights\xc4\x01\x00", "has a weight of 0"},
		{"one of the strongest", gaps + weights, "\xa4gaps\xc4\x01\x00\xa7weights\xc4\x01\xff", "belongs to the strongest"},
		{"a list that has room in the first file", counts, "\xa6counts\xc4\x03\x00\x01\x00", "than the first file has room for"},
		{"more items than weights", counts, "\xa6counts\xc4\x03\x02\x00\x00", "more items than weights"},
		{"fewer items than weights", counts, "\xa6counts\xc4\x03\x00\x00\x00", "left over"},
		{"a list too many", counts, "\xa6counts\xc4\x04\x01\x00\x00\x00", "left over"},
		{"more weights than gaps", weights, "\xa7weights\xc4\x02\x01\x01", "weights: 1 values, want 2"},
		{"no answers", "\xa6golden\x92\x92\x02\xc4\x08", "\xa6gilden\x92\x92\x02\xc4\x08", "no golden answers"},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := bytes.LastIndex(supplement, []byte(c.old))
			if at < 0 {
				t.Fatalf("%q is not in %q", c.old, supplement)
			}
			broken := append(bytes.Clone(supplement[:at]), c.new+string(supplement[at+len(c.old):])...)
			b := decoded(t, first)
			b.Supplement.Bytes = len(broken)
			before := *b
			if err := b.Extend(broken); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Extend = %v, want … %s …", err, c.want)
			}
			if diff := cmp.Diff(&before, b, sameBundle); diff != "" {
				t.Errorf("the bundle changed: %s", diff)
			}
			if got, want := b.Golden[0].Scores[1][0], early()[0].Scores[1][0]; got != want {
				t.Errorf("the ranker is to answer %v, want %v", got, want)
			}
		})
	}
	for _, c := range []struct {
		name        string
		first, rest []byte
		want        string
	}{
		{"no rest", first, all, "section transition is missing"},
		{"a rest of lists that are whole", whole, supplement, "lists of which the first file has all"},
	} {
		b := decoded(t, c.first)
		b.Supplement.Bytes = len(c.rest)
		if err := b.Extend(c.rest); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Extend = %v, want … %s …", c.name, err, c.want)
		}
	}
	none := bytes.Replace(first, []byte("\xa5first\x01"), []byte("\xa5first\x00"), 1)
	if b := decoded(t, none); b.First != 0 {
		t.Errorf("first of 0 is read as %d", b.First)
	}
	longer := bytes.Replace(first, []byte("\xa6counts\xc4\x03\x01\x00\x01"), []byte("\xa6counts\xc4\x03\x02\x00\x00"), 1)
	if _, err := Decode(longer); err == nil || !strings.Contains(err.Error(), "list 0: ") {
		t.Errorf("a first file of longer lists than it says: %v", err)
	}
}

// TestMemoryOfALargeRest: the bound must hold where it matters, not only where the
// mebibyte covers everything.
func TestMemoryOfALargeRest(t *testing.T) {
	b := large(20000)
	b.Profile = nil // its lists are those
	l := &b.Transition
	l.Items, l.Weights = nil, nil
	for r := range b.Catalog.Len() {
		for k := range 3 {
			if item := r + 1 + k; item < b.Catalog.Len() {
				l.Items, l.Weights = append(l.Items, catalog.Row(item)), append(l.Weights, byte(3-k))
			}
		}
		l.Start[r+1] = uint32(len(l.Items))
	}
	b.First = 1
	first, supplement, err := EncodeParts(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := extendWithin(t, *decoded(t, first), first, supplement)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b, got, sameBundle); diff != "" {
		t.Errorf("%.2000s", diff)
	}
}
