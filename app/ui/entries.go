package ui

import (
	"encoding/json"
	"strconv"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// savedEntry is an entry of the copy that a visitor saves: JSON with names that
// explain themselves.
type savedEntry struct {
	Item   string  `json:"movie"`
	Action string  `json:"action"`
	Stars  float32 `json:"stars,omitempty"`
	At     int64   `json:"at"`
}

type savedProfile struct {
	Format  string       `json:"format"`
	Entries []savedEntry `json:"entries"`
}

const savedFormat = "sparrow-profile-1"

// exportEntries returns a profile as the text of a file.
func exportEntries(entries []protocol.Entry) string {
	p := savedProfile{Format: savedFormat, Entries: []savedEntry{}}
	for _, e := range entries {
		p.Entries = append(p.Entries, savedEntry{string(e.ID), string(e.Action), e.Stars, e.At})
	}
	b, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		return ""
	}
	return string(b) + "\n"
}

// importEntries reads a saved copy or MovieLens' ratings.csv; nil when the text
// is neither. Invalid lines are skipped.
func importEntries(text string) []protocol.Entry {
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		return importJSON(text)
	}
	return importRatings(text)
}

func importJSON(text string) []protocol.Entry {
	var p savedProfile
	if json.Unmarshal([]byte(text), &p) != nil || p.Format != savedFormat {
		return nil
	}
	var out []protocol.Entry
	for _, e := range p.Entries {
		a := protocol.Action(e.Action)
		switch a {
		case protocol.Rate:
			if !validStars(e.Stars) {
				continue
			}
		case protocol.Like, protocol.Dislike, protocol.NotInterested, protocol.Watchlist:
			e.Stars = 0
		default:
			continue
		}
		out = append(out, protocol.Entry{ID: catalog.ID(e.Item), Action: a, Stars: e.Stars, At: e.At})
	}
	return out
}

// importRatings reads lines of userId,movieId,rating,timestamp.
func importRatings(text string) []protocol.Entry {
	var out []protocol.Entry
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if len(f) < 3 {
			continue
		}
		stars, err := strconv.ParseFloat(f[2], 32)
		if err != nil || !validStars(float32(stars)) {
			continue
		}
		var at int64
		if len(f) > 3 {
			at, _ = strconv.ParseInt(f[3], 10, 64)
		}
		out = append(out, protocol.Entry{ID: catalog.ID(f[1]), Action: protocol.Rate, Stars: float32(stars), At: at})
	}
	return out
}

// validStars reports whether v is a rating: 0.5 to 5 in halves.
func validStars(v float32) bool {
	return v >= 0.5 && v <= 5 && v*2 == float32(int(v*2))
}
