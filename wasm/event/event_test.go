package event

import (
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
)

// uuid7 is a UUIDv7 whose other bits follow n.
func uuid7(n byte) ID {
	return ID{1, 0x9a, 0xc0, 0xff, 0xee, n, 0x70 | n&0x0f, n, 0x80 | n&0x3f, n, 2, 3, 4, 5, 6, n}
}

// click is an event with as many fields as one event may have.
func click() Event {
	return Event{
		ID: uuid7(1), Kind: Click, At: 1764000000123, Visitor: Visitor{0xaa, 15: 0xbb}, Session: uuid7(2), Seq: 7, Bundle: Bundle{1, 31: 2},
		Arms: []Arm{{"mix", "control"}, {"model", "b"}}, Item: "318",
		Place: &Place{"for-you", 3, "pool+transition", "control", 0.25}, Cause: uuid7(3),
	}
}

// TestBytesOfAnEvent spells one event out by hand.
func TestBytesOfAnEvent(t *testing.T) {
	e := Event{ID: uuid7(1), Kind: Rate, At: 1764000000123, Visitor: Visitor{0xaa}, Session: uuid7(2), Seq: 300, Item: "318", Stars: 4.5}
	want := "88" + // a map of 8
		"a169" + "c410" + hex.EncodeToString(e.ID[:]) +
		"a16b" + "a4" + hex.EncodeToString([]byte("rate")) +
		"a174" + "cf0000019ab697e87b" + // 1764000000123 = 0x19ab697e87b
		"a176" + "c410" + "aa" + strings.Repeat("00", 15) +
		"a173" + "c410" + hex.EncodeToString(e.Session[:]) +
		"a171" + "cd012c" +
		"a16d" + "a3" + "333138" +
		"a172" + "ca40900000" // 4.5 = 1.125 × 2²
	if got := hex.EncodeToString(e.Append(nil)); got != want {
		t.Errorf("Append =\n%s, want\n%s", got, want)
	}
}

// anyEvent draws an event that is allowed.
func anyEvent(t *rapid.T) Event {
	some := func(label string) bool { return rapid.Bool().Draw(t, label) }
	id := func(label string) (id ID) {
		copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, label))
		id[6], id[8] = 0x70|id[6]&0x0f, 0x80|id[8]&0x3f
		return id
	}
	text := func(label string, least, most int) string { return rapid.StringN(least, most, most).Draw(t, label) }
	rule := rapid.SampledFrom(rules[:]).Draw(t, "kind")
	e := Event{ID: id("id"), Kind: rule.kind, At: rapid.Int64Range(1, maxTime).Draw(t, "at"), Session: id("session"), Seq: rapid.Uint32().Draw(t, "seq")}
	copy(e.Visitor[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "visitor"))
	if some("bundle") {
		copy(e.Bundle[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "bundle bytes"))
	}
	layers := rapid.SliceOfNDistinct(rapid.StringN(1, 10, maxText), 1, maxArms, rapid.ID[string]).Draw(t, "layers")
	for _, layer := range layers {
		e.Arms = append(e.Arms, Arm{layer, text("arm", 1, maxText)})
	}
	sortArms(e.Arms)
	has := func(name string) bool {
		return rule.need&set(name) != 0 || rule.may&set(name) != 0 && some(name)
	}
	if has("m") {
		e.Item = catalog.ID(text("item", 1, maxItem))
	}
	if has("r") {
		e.Stars = float32(rapid.IntRange(1, 10).Draw(t, "halves")) / 2
	}
	if has("p") {
		e.Place = &Place{text("list", 1, maxText), rapid.Uint16Min(1).Draw(t, "position"), text("source", 0, maxText), text("team", 0, maxText),
			rapid.Float32Range(0, 1).Draw(t, "propensity")}
	}
	if has("c") {
		e.Cause = id("cause")
	}
	if has("y") {
		e.Layer = layers[0]
	}
	if has("d") {
		e.Of, e.Count = rapid.SampledFrom(rules[:]).Draw(t, "of").kind, rapid.Uint32Min(1).Draw(t, "count")
	}
	if has("x") {
		most := uint32(math.MaxUint32)
		if e.Kind == Read {
			most = 100
		}
		e.Value = rapid.Uint32Range(1, most).Draw(t, "value")
	}
	if e.Value > 0 && has("u") {
		copy(e.Currency[:], rapid.StringMatching("[A-Z]{3}").Draw(t, "currency"))
	}
	if e.Kind != Dropped && has("n") {
		e.Count = rapid.Uint32Range(1, maxMany).Draw(t, "pieces")
	}
	return e
}

func TestEventRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyEvent(t)
		raw := want.Append([]byte("before"))
		if !strings.HasPrefix(string(raw), "before") {
			t.Fatal("Append did not append")
		}
		got, err := Decode(raw[6:])
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		stamp, err := Check(raw[6:])
		if err != nil || stamp != (Stamp{want.Visitor, want.At}) {
			t.Errorf("Check = %v, %v, want that of %v", stamp, err, want)
		}
	})
}

func TestArmsComeSorted(t *testing.T) {
	e := click()
	e.Arms = []Arm{{"z", "1"}, {"a", "2"}, {"m", "3"}}
	got, err := Decode(e.Append(nil))
	want := []Arm{{"a", "2"}, {"m", "3"}, {"z", "1"}}
	if diff := cmp.Diff(want, got.Arms); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestRefusals(t *testing.T) {
	with := func(change func(*Event)) []byte {
		e := click()
		change(&e)
		return e.Append(nil)
	}
	bare := func(k Kind, change func(*Event)) []byte {
		e := Event{ID: uuid7(1), Kind: k, At: 1, Session: uuid7(2)}
		change(&e)
		return e.Append(nil)
	}
	plain := with(func(*Event) {})
	// replace exchanges bytes of the plain click, of which there are as many before as after.
	replace := func(old, new string) []byte {
		if strings.Count(string(plain), old) != 1 {
			t.Fatalf("%q does not occur once", old)
		}
		return []byte(strings.Replace(string(plain), old, new, 1))
	}
	for _, c := range []struct {
		name, want string
		raw        []byte
	}{
		{"nothing", "byte 0: map needs 1 bytes, 0 are left", nil},
		{"a text instead of a map", "byte 0: want map, got type 0xa1", []byte("\xa1x")},
		{"a key that is not known", "a field that no event has", replace("\xa1q\x07", "\xa1z\x07")},
		{"a key of two letters", "a field that no event has", replace("\xa1q\x07", "\xa2qq\x07")},
		{"an empty key", "a field that no event has", replace("\xa1q\x07", "\xa0\x07")},
		{"a capital key", "a field that no event has", replace("\xa1q\x07", "\xa1Q\x07")},
		{"a key that is a number", "want string, got type 0x7", replace("\xa1q\x07", "\x07\x07")},
		{"a key twice", "field b comes twice", replace("\xa1q\x07", "\xa1b\xc4\x20"+strings.Repeat("b", 32))},
		{"a byte after the end", "1 bytes after the end", append(plain[:len(plain):len(plain)], 0)},
		{"the last byte missing", "bin needs 16 bytes, 15 are left", plain[:len(plain)-1]},
		{"no id", "an event lacks i", []byte(strings.Replace(string(plain), "\x8b\xa1i\xc4\x10"+string(plain[5:21]), "\x8a", 1))},
		{"nothing but an empty map", "an event lacks i, k, s, t, v", []byte{0x80}},
		{"an id of version 4", "field i is no UUIDv7", with(func(e *Event) { e.ID[6] = 0x4f })},
		{"an id of another variant", "field i is no UUIDv7", with(func(e *Event) { e.ID[8] = 0xcf })},
		{"a session of zeros", "field s is no UUIDv7", with(func(e *Event) { e.Session = ID{} })},
		{"a cause of version 1", "field c is no UUIDv7", with(func(e *Event) { e.Cause[6] = 0x10 })},
		{"an id of 15 bytes", "field i is not of 16 bytes", []byte(strings.Replace(string(plain), "i\xc4\x10\x01", "i\xc4\x0f", 1))},
		{"an id that is text", "want bin, got type 0xb0", []byte(strings.Replace(string(plain), "i\xc4\x10", "i\xb0", 1))},
		{"a visitor of 17 bytes", "field v is not of 16 bytes", replace("v\xc4\x10\xaa", "v\xc4\x11\xaa\xaa")},
		{"a bundle of 16 bytes", "field b is not of 32 bytes", replace("b\xc4\x20\x01"+strings.Repeat("\x00", 16), "b\xc4\x10\x01")},
		{"an unknown kind", "field k names no kind", with(func(e *Event) { e.Kind = "gaze" })},
		{"an empty kind", "field k names no kind", with(func(e *Event) { e.Kind = "" })},
		{"a kind in capitals", "field k names no kind", with(func(e *Event) { e.Kind = "Click" })},
		{"time zero", "field t is no time", with(func(e *Event) { e.At = 0 })},
		{"a time before 1970", "field t is no time", with(func(e *Event) { e.At = -1 })},
		{"a time that JavaScript cannot count to", "field t is no time", with(func(e *Event) { e.At = 1 << 53 })},
		{"a time with a fraction", "want integer, got type 0xcb", replace("t\xcf", "t\xcb")},
		{"a negative sequence number", "integer is negative", replace("\xa1q\x07", "\xa1q\xff")},
		{"a sequence number of 33 bits", "field q is out of range", replace("\xa1q\x07", "\xa1q\xcf\x00\x00\x00\x01\x00\x00\x00\x00")},
		{"nine arms", "more than 8 arms", with(func(e *Event) {
			for _, layer := range "abcdefg" {
				e.Arms = append(e.Arms, Arm{string(layer), "x"})
			}
		})},
		{"two arms of one layer", "two arms of one layer", with(func(e *Event) { e.Arms[1].Layer = "mix" })},
		{"an arm without a name", "field a is empty", with(func(e *Event) { e.Arms[1].Name = "" })},
		{"a layer without a name", "field a is empty", with(func(e *Event) { e.Arms[1].Layer = "" })},
		{"an arm's name of 65 bytes", "field a is longer than 64 bytes", with(func(e *Event) { e.Arms[1].Name = strings.Repeat("x", 65) })},
		{"an item of 201 bytes", "field m is longer than 200 bytes", replace("m\xa3318", "m\xd9\xc9"+strings.Repeat("x", 201))},
		{"an empty item", "field m is empty", replace("m\xa3318", "m\xa0")},
		{"an item that is not UTF-8", "string is not UTF-8", replace("m\xa3318", "m\xa3\xc3(8")},
		{"an item that is a number", "want string, got type 0xcd", replace("m\xa3318", "m\xcd\x01\x3e")},
		{"a list of 65 bytes", "field l is longer than 64 bytes", with(func(e *Event) { e.Place.List = strings.Repeat("x", 65) })},
		{"a source of 65 bytes", "field o is longer than 64 bytes", with(func(e *Event) { e.Place.Source = strings.Repeat("x", 65) })},
		{"a team of 65 bytes", "field g is longer than 64 bytes", with(func(e *Event) { e.Place.Team = strings.Repeat("x", 65) })},
		{"a place without a list", "a place lacks l", with(func(e *Event) { e.Place.List = "" })},
		{"an empty place", "a place lacks l, p", with(func(e *Event) { e.Place = &Place{} })},
		{"a place with a stranger", "a field that no event has", replace("\xa1p\x03", "\xa1z\x03")},
		{"a place with a key twice", "field l comes twice", replace("\xa1p\x03", "\xa1l\xa1x")},
		{"position zero", "a position is not from 1 to 65535", replace("\xa1p\x03", "\xa1p\x00")},
		{"position 65536", "a position is not from 1 to 65535", replace("\xa1p\x03", "\xa1p\xce\x00\x01\x00\x00")},
		{"a propensity above 1", "a propensity is not from 0 to 1", with(func(e *Event) { e.Place.Propensity = 1.01 })},
		{"a negative propensity", "a propensity is not from 0 to 1", with(func(e *Event) { e.Place.Propensity = -0.01 })},
		{"a propensity that is no number", "a propensity is not from 0 to 1", with(func(e *Event) { e.Place.Propensity = float32(math.NaN()) })},
		{"a quarter of a star", "stars are not halves from 0.5 to 5", bare(Rate, func(e *Event) { e.Item, e.Stars = "1", 0.25 })},
		{"five and a half stars", "stars are not halves from 0.5 to 5", bare(Rate, func(e *Event) { e.Item, e.Stars = "1", 5.5 })},
		{"stars between halves", "stars are not halves from 0.5 to 5", bare(Rate, func(e *Event) { e.Item, e.Stars = "1", 3.25 })},
		{"stars that are no number", "stars are not halves from 0.5 to 5", bare(Rate, func(e *Event) { e.Item, e.Stars = "1", float32(math.NaN()) })},
		{"stars without end", "stars are not halves from 0.5 to 5", bare(Rate, func(e *Event) { e.Item, e.Stars = "1", float32(math.Inf(1)) })},
		{"a rating without stars", "rate lacks r", bare(Rate, func(e *Event) { e.Item = "1" })},
		{"a like with stars", "like has no r", bare(Like, func(e *Event) { e.Item, e.Stars = "1", 5 })},
		{"an impression without item and place", "impression lacks m, p", bare(Impression, func(e *Event) {})},
		{"an impression with a cause", "impression has no c", with(func(e *Event) { e.Kind = Impression })},
		{"a click without a place", "click lacks p", with(func(e *Event) { e.Place = nil })},
		{"a view with a place", "view has no p", with(func(e *Event) { e.Kind = View })},
		{"an undo without a cause", "undo lacks c", bare(Undo, func(e *Event) {})},
		{"an undo with an item", "undo has no m", bare(Undo, func(e *Event) { e.Cause, e.Item = uuid7(4), "1" })},
		{"an exposure without a layer", "exposure lacks y", bare(Exposure, func(e *Event) {})},
		{"an exposure to a layer without an arm", "exposure to a layer without an arm", bare(Exposure, func(e *Event) { e.Layer, e.Arms = "mix", []Arm{{"model", "b"}} })},
		{"drops without a count", "dropped lacks n", bare(Dropped, func(e *Event) { e.Of = Impression })},
		{"drops of nothing known", "field d names no kind", bare(Dropped, func(e *Event) { e.Of, e.Count = "x", 1 })},
		{"no drops", "field n is out of range", []byte(strings.Replace(string(bare(Dropped, func(e *Event) { e.Of, e.Count = View, 1 })), "\xa1n\x01", "\xa1n\x00", 1))},
		{"a like with a count", "like has no n", bare(Like, func(e *Event) { e.Item, e.Count = "1", 2 })},
		{"a like with a value", "like has no x", bare(Like, func(e *Event) { e.Item, e.Value = "1", 2 })},
		{"a return with money", "return has no u, x", bare(Return, func(e *Event) { e.Item, e.Value, e.Currency = "1", 2, [3]byte{'E', 'U', 'R'} })},
		{"a purchase of nothing", "purchase lacks m", bare(Purchase, func(e *Event) { e.Value = 2 })},
		{"a currency without a value", "purchase has a currency without a value", bare(Purchase, func(e *Event) { e.Item, e.Currency = "1", [3]byte{'E', 'U', 'R'} })},
		{"a currency in small letters", "field u is not three capital letters", bare(Purchase, func(e *Event) { e.Item, e.Value, e.Currency = "1", 2, [3]byte{'e', 'u', 'r'} })},
		{"more pieces than a house holds", "cart has more than 10000 pieces", bare(Cart, func(e *Event) { e.Item, e.Count = "1", 10_001 })},
		{"more read than there is", "more than all was read", bare(Read, func(e *Event) { e.Item, e.Value = "1", 101 })},
		{"a value of 33 bits", "field x is out of range", []byte(strings.Replace(string(bare(Play, func(e *Event) { e.Item, e.Value = "1", 1<<32-1 })), "\xa1x\xce\xff\xff\xff\xff", "\xa1x\xcf\x00\x00\x00\x01\x00\x00\x00\x00", 1))},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := Decode(c.raw)
			if err == nil || !strings.HasPrefix(err.Error(), "event: ") || !strings.HasSuffix(err.Error(), c.want) {
				t.Errorf("Decode(%x) = %v, %v, want %s", c.raw, e, err, c.want)
			}
			if _, again := Check(c.raw); again == nil || again.Error() != err.Error() {
				t.Errorf("Check says %v, Decode %v", again, err)
			}
		})
	}
}

func TestZerosMayBeWritten(t *testing.T) {
	e := click()
	e.Seq, e.Place.Propensity = 0, 0
	raw := string(e.Append(nil))
	// The same with the zeros spelled out: a sequence number, an empty source, a propensity.
	raw = strings.Replace(raw, "\x8a\xa1i", "\x8b\xa1q\x00\xa1i", 1)
	raw = strings.Replace(raw, "\xa1p\x84\xa1l", "\xa1p\x85\xa1w\x00\xa1l", 1)
	got, err := Decode([]byte(raw))
	if diff := cmp.Diff(e, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}
