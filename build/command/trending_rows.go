package command

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
)

// trendRow is the value of a row of the topic that build/flink/trending.sql writes; the key is the item.
type trendRow struct {
	Score    float64 `json:"score"`
	Visitors int     `json:"visitors"`
	Networks int     `json:"networks"`
	AsOf     int64   `json:"asOf"` // Unix seconds
}

// rowFigures are what became of the rows of a topic.
type rowFigures struct {
	Rows    int `json:"rows"`
	Older   int `json:"older"`   // of an earlier run
	Unknown int `json:"unknown"` // of an item that the bundle does not have
	Beyond  int `json:"beyond"`  // the highest feedback.MaxTrending

	moving bool // some rows are a little older than the newest, see settleWithin
}

// Validate is called by kong.
func (v *trendingVerb) Validate() error {
	switch {
	case !v.From.isTopic() && v.Follow:
		return errors.New("--follow goes with a topic, kafka://host:port/sparrow-trending: without it run this verb by a crontab")
	case !v.From.isTopic():
	case v.NetworkVisitors != nil || v.NetworkShare != nil:
		return errors.New("--network-visitors and --network-share do nothing with a topic: the numbers are those of build/flink/feedback.sql")
	case v.Networks < feedback.MinNetworks:
		return fmt.Errorf("--networks must be at least %d with a topic, which has no rows of fewer: read the feedback itself, by build feedback --from kafka://… --into DIR and build trending --from DIR", feedback.MinNetworks)
	}
	return nil
}

// trendsOf returns the trends of the rows with the newest asOf.
func trendsOf(all map[string][]byte, networks int, known func(catalog.ID) bool) (t feedback.Trends, f *rowFigures, err error) {
	f = &rowFigures{Rows: len(all)}
	rows := make(map[catalog.ID]trendRow, len(all))
	for _, item := range slices.Sorted(maps.Keys(all)) {
		row, err := readTrend(all[item])
		if err != nil {
			return t, nil, fmt.Errorf("the row of %q: %w; name the topic that build/flink/trending.sql writes, or read feedback into a folder first, by build feedback --from kafka://… --into DIR", item, err)
		}
		rows[catalog.ID(item)] = row
		t.At = max(t.At, row.AsOf)
	}
	for item, row := range rows {
		switch {
		case row.AsOf < t.At:
			f.Older++
			f.moving = f.moving || t.At-row.AsOf <= settleWithin
		case !known(item):
			f.Unknown++
		case row.Networks < networks:
			t.Few++
		default:
			t.Items = append(t.Items, feedback.Trend{Item: item, Score: row.Score, Visitors: row.Visitors})
		}
	}
	slices.SortFunc(t.Items, func(a, b feedback.Trend) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Item, b.Item))
	})
	f.Beyond = max(0, len(t.Items)-feedback.MaxTrending)
	t.Items = t.Items[:len(t.Items)-f.Beyond]
	return t, f, nil
}

// readTrend reads the value of a row, and nothing that build trending would not publish.
func readTrend(text []byte) (r trendRow, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, err
	}
	if _, err := d.Token(); err != io.EOF {
		return r, errors.New("more than one value")
	}
	if r.Score <= 0 || r.Visitors < feedback.MinVisitors || r.Networks < 1 || r.AsOf < 1 || r.AsOf >= 1<<43 {
		return r, fmt.Errorf("a score of %g of %d visitors and %d networks as of %d is not published", r.Score, r.Visitors, r.Networks, r.AsOf)
	}
	return r, nil
}
