package archive

import (
	"encoding/hex"

	"sparrow/build/feedback"
	"sparrow/wasm/event"
)

// row is an event, one row of a file: README.md has the table. Ids are hexadecimal,
// moments Unix milliseconds.
type row struct {
	ID         string   `parquet:"id"`
	Site       string   `parquet:"site,dict"`
	Received   int64    `parquet:"received,delta"`
	Sent       int64    `parquet:"sent,delta"`
	At         int64    `parquet:"at,delta"`
	Network    *string  `parquet:"network,optional,dict"`
	Visitor    string   `parquet:"visitor,dict"`
	Session    string   `parquet:"session,dict"`
	Seq        int64    `parquet:"seq"`
	Kind       string   `parquet:"kind,dict"`
	Bundle     *string  `parquet:"bundle,optional,dict"`
	Item       *string  `parquet:"item,optional,dict"`
	Stars      *float32 `parquet:"stars,optional"`
	Value      *int64   `parquet:"value,optional"`
	Currency   *string  `parquet:"currency,optional,dict"`
	Count      *int64   `parquet:"count,optional"`
	List       *string  `parquet:"list,optional,dict"`
	Position   *int32   `parquet:"position,optional"`
	Source     *string  `parquet:"source,optional,dict"`
	Team       *string  `parquet:"team,optional,dict"`
	Propensity *float32 `parquet:"propensity,optional"`
	Cause      *string  `parquet:"cause,optional"`
	Layer      *string  `parquet:"layer,optional,dict"`
	Of         *string  `parquet:"of,optional,dict"`
	Arms       []arm    `parquet:"arms,list"`
}

type arm struct {
	Layer string `parquet:"layer"`
	Name  string `parquet:"name"`
}

func newRow(e *feedback.Event) row {
	x := row{
		ID: hex.EncodeToString(e.ID[:]), Site: e.Site, Received: e.Received, Sent: e.Sent(), At: e.At,
		Visitor: hex.EncodeToString(e.Visitor[:]), Session: hex.EncodeToString(e.Session[:]), Seq: int64(e.Seq), Kind: string(e.Kind),
		Item: known(string(e.Item)), Stars: known(e.Stars), Value: known(int64(e.Value)), Count: known(int64(e.Count)),
		Layer: known(e.Layer), Of: known(string(e.Of)),
	}
	if e.Network != (event.Network{}) {
		x.Network = known(hex.EncodeToString(e.Network[:]))
	}
	if e.Bundle != (event.Bundle{}) {
		x.Bundle = known(hex.EncodeToString(e.Bundle[:]))
	}
	if e.Cause != (event.ID{}) {
		x.Cause = known(hex.EncodeToString(e.Cause[:]))
	}
	if e.Currency != ([3]byte{}) {
		x.Currency = known(string(e.Currency[:]))
	}
	if p := e.Place; p != nil {
		x.List, x.Position, x.Source, x.Team, x.Propensity = &p.List, known(int32(p.Position)), known(p.Source), known(p.Team), known(p.Propensity)
	}
	for _, a := range e.Arms {
		x.Arms = append(x.Arms, arm(a))
	}
	return x
}

// known returns nil for zero, which in an event is none.
func known[T comparable](v T) *T {
	var none T
	if v == none {
		return nil
	}
	return &v
}
