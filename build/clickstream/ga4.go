package clickstream

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ga4 reads the events of Google Analytics 4 as BigQuery exports them in JSON, an event a
// line. Whole numbers may be texts there, as BigQuery writes them.
//
// A user is their user_pseudo_id, which every event has, and user_id only where there is no
// other: who logs in would be two people else. Prices are those of items, in the currency of
// the event's parameter of that name.
type ga4 struct {
	report *Report
	seen   *window
}

// ga4Event is what is read of an event.
type ga4Event struct {
	Name   string  `json:"event_name"`
	At     loose   `json:"event_timestamp"` // Unix microseconds
	Pseudo loose   `json:"user_pseudo_id"`
	User   loose   `json:"user_id"`
	Params []param `json:"event_params"`
	Order  struct {
		ID loose `json:"transaction_id"`
	} `json:"ecommerce"`
	Items []struct {
		ID       loose `json:"item_id"`
		Price    loose `json:"price"`
		Quantity loose `json:"quantity"`
	} `json:"items"`
}

type param struct {
	Key   string `json:"key"`
	Value struct {
		Text loose `json:"string_value"`
	} `json:"value"`
}

func (f *ga4) line(text string, hand func(act)) error {
	var e ga4Event
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		f.report.bad("not the JSON of an event", err.Error())
		return nil
	}
	if e.Name == "" {
		f.report.bad("no event_name", text)
		return nil
	}
	a := act{event: e.Name, user: string(e.Pseudo)}
	if slices.Contains(none, a.user) {
		a.user = string(e.User)
	}
	var err error
	if a.at, err = unix(string(e.At)); err != nil {
		a.at = time.Time{}
	}
	for _, p := range e.Params {
		if p.Key == "currency" {
			a.currency = string(p.Value.Text)
		}
	}
	if order := string(e.Order.ID); !slices.Contains(none, order) && f.seen.again("g"+order+"\x00"+e.Name+"\x00"+a.user) {
		f.report.fair(fmt.Sprintf("events of an order that came before, left out: %q", e.Name))
		return nil
	}
	if len(e.Items) == 0 {
		hand(a)
	}
	for _, item := range e.Items {
		a.item, a.price, a.quantity = string(item.ID), item.Price.number(), item.Quantity.number()
		hand(a)
	}
	return nil
}

// loose is a text that may be written as a number, or be missing.
type loose string

// UnmarshalJSON implements [json.Unmarshaler].
func (l *loose) UnmarshalJSON(b []byte) error {
	switch {
	case string(b) == "null":
	case len(b) > 0 && b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*l = loose(strings.TrimSpace(s))
	case len(b) > 0 && (b[0] == '{' || b[0] == '['):
		return fmt.Errorf("%.20q where a text or a number belongs", b)
	default:
		*l = loose(b)
	}
	return nil
}

// number returns the number that l is, 0 where it is none.
func (l loose) number() float64 {
	v, err := strconv.ParseFloat(string(l), 64)
	if err != nil || v != v {
		return 0
	}
	return v
}
