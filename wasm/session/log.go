package session

import (
	"errors"
	"strconv"

	"sparrow/wasm/protocol"
)

const (
	maxEntries = 20_000 // of a profile: 300 KB stored
	maxID      = 200    // bytes of an id
)

// check returns an error, as a sentence's part, unless e can stand in a profile.
func check(e protocol.Entry) error {
	switch e.Action {
	case protocol.Rate:
		if halves := e.Stars * 2; !(halves >= 1 && halves <= 10) || halves != float32(int(halves)) {
			return errors.New("stars go from 0.5 to 5 in halves, not " + strconv.FormatFloat(float64(e.Stars), 'g', -1, 32))
		}
	case protocol.Like, protocol.Dislike, protocol.NotInterested, protocol.Watchlist, protocol.Clear:
		if e.Stars != 0 {
			return errors.New("only a rating has stars")
		}
	default:
		return errors.New("there is no action called \"" + string(e.Action) + "\"")
	}
	if e.ID == "" || len(e.ID) > maxID {
		return errors.New("a movie's id has 1 to " + strconv.Itoa(maxID) + " bytes")
	}
	if e.At < 0 {
		return errors.New("a moment before 1970")
	}
	return nil
}
