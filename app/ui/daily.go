package ui

import (
	"net/url"
	"strconv"

	"sparrow/wasm/protocol"
)

const (
	picksKey = "sparrow-picks" // under which the picks of the last days are kept on the device
	pickDays = 9               // that no pick comes again in; fewer than the row has cards
)

// pickOf returns the place in cards, the visitor's list, of today's pick, by the date where they are.
func (s *store) pickOf(cards []protocol.Card) int {
	at, keep := dailyPick(kept(keyOf(picksKey, s.people.On)), today(), cards)
	keepText(keyOf(picksKey, s.people.On), keep)
	return at
}

// today returns the date in days since 1970.
func today() int64 { return (now() + int64(zone())) / 86400 }

// dailyPick returns the place in cards of the pick of a day, and what is to be kept of this day and the
// pickDays before: "20605=12&20606=7". It is what kept has for the day where that is still among
// cards, else the first card that was no pick in the days before, or the first of all.
func dailyPick(kept string, day int64, cards []protocol.Card) (at int, keep string) {
	days, _ := url.ParseQuery(kept)
	now, was := strconv.FormatInt(day, 10), map[string]bool{}
	for d := range days {
		if n, err := strconv.ParseInt(d, 10, 64); err != nil || n < day-pickDays || n > day {
			days.Del(d)
		} else if n < day {
			was[days.Get(d)] = true
		}
	}
	at = -1
	for i, c := range cards {
		id := string(c.ID)
		if id == days.Get(now) {
			at = i
			break
		}
		if at < 0 && !was[id] {
			at = i
		}
	}
	at = max(at, 0)
	days.Set(now, string(cards[at].ID))
	return at, days.Encode()
}

// cameBack reports whether there was a pick on an earlier day.
func cameBack(kept string, day int64) bool {
	days, _ := url.ParseQuery(kept)
	days.Del(strconv.FormatInt(day, 10))
	return len(days) > 0
}
