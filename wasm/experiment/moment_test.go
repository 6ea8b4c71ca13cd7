package experiment

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMomentsAgreeWithTheLibrary(t *testing.T) {
	last := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
	check := func(t rapid.TB, at int64) {
		want := time.Unix(at, 0).UTC().Format("2006-01-02T15:04:05Z")
		text, err := Moment(at).MarshalText()
		if err != nil || string(text) != want {
			t.Fatalf("MarshalText(%d) = %s, %v, want %s", at, text, err, want)
		}
		var back Moment
		if err := back.UnmarshalText(text); err != nil || int64(back) != at {
			t.Fatalf("UnmarshalText(%s) = %d, %v, want %d", text, back, err, at)
		}
	}
	for _, at := range []int64{0, 951782400, 951868799, 4107542400, last} { // 2000-02-29, its end, 2100-03-01
		check(t, at)
	}
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.Int64Range(0, last).Draw(t, "at")) })
	for _, at := range []Moment{-1, Moment(last + 1)} {
		if text, err := at.MarshalText(); err == nil {
			t.Errorf("MarshalText(%d) = %s, want an error", at, text)
		}
	}
}

func TestBadMomentsAreRefused(t *testing.T) {
	for _, text := range []string{
		"", "2026-11-01", "2026-11-01T00:00:00", "2026-11-01T00:00:00+01:00", "2026-11-01 00:00:00Z", "2026-13-01T00:00:00Z",
		"2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-00T00:00:00Z", "1969-12-31T23:59:59Z",
		"2026-11-01T24:00:00Z", "2026-11-01T00:60:00Z", "2026-11-01T00:00:60Z", "2026-11-01T00:00:0aZ",
	} {
		m := Moment(7)
		if err := m.UnmarshalText([]byte(text)); err == nil || m != 7 {
			t.Errorf("UnmarshalText(%q) = %d, %v, want an error and nothing changed", text, m, err)
		}
	}
}
