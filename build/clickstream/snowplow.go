package clickstream

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// snowplow reads enriched events of Snowplow, a line of tab-separated values each and no names
// of columns: the 131 of the canonical event model, or at least the first 127, as older
// pipelines wrote them.
//
// Items are the product entities of an event, of Snowplow's ecommerce tracking
// (snowplow_ecommerce_action, whose type says what was done, or a page view with a product),
// or what the older events have themselves: add_to_cart, remove_from_cart, transaction_item. A
// user is their domain_userid, else network_userid, else user_id.
//
// Source of the columns: docs.snowplow.io, "Enriched TSV format".
type snowplow struct {
	report *Report
	seen   *window
}

// Columns of the canonical event model, from 0.
const (
	collectorTime, eventID                         = 3, 6
	userID, domainUserID, networkUserID            = 12, 15, 17
	contexts, unstruct                             = 52, 58
	itemSKU, itemPrice, itemQuantity, itemCurrency = 68, 71, 72, 112
	derivedTime, eventName                         = 124, 126
	columnsLeast, columnsMost                      = 127, 131
)

// described is a self-describing value: its schema and what it holds.
type described struct {
	Schema string          `json:"schema"`
	Data   json.RawMessage `json:"data"`
}

// product is an item of an event, as an entity or as an older event has it.
type product struct {
	ID       loose `json:"id"`
	SKU      loose `json:"sku"`
	Price    loose `json:"price"`
	Unit     loose `json:"unitPrice"`
	Currency loose `json:"currency"`
	Quantity loose `json:"quantity"`
}

func (f *snowplow) line(text string, hand func(act)) error {
	c := strings.Split(text, "\t")
	if len(c) < columnsLeast || len(c) > columnsMost {
		f.report.bad(fmt.Sprintf("%d columns, want %d as enriched events have them", len(c), columnsMost), "")
		return nil
	}
	a := act{event: c[eventName], user: first(c[domainUserID], c[networkUserID], c[userID])}
	for _, column := range []int{derivedTime, collectorTime} {
		if at, err := time.Parse("2006-01-02 15:04:05", c[column]); err == nil { // a fraction may follow the seconds
			a.at = at
			break
		}
	}
	if c[eventID] != "" && f.seen.again("s"+c[eventID]) {
		f.report.fair("events that came before, by their event_id, left out")
		return nil
	}
	products, err := productsOf(c[contexts])
	var own described
	if err == nil && c[unstruct] != "" {
		if err = unwrap(c[unstruct], &own); err == nil {
			var action struct {
				Type string `json:"type"`
			}
			if err = json.Unmarshal(own.Data, &action); err == nil && named(own.Schema, "snowplow_ecommerce_action") {
				a.event = action.Type
			}
		}
	}
	if err != nil {
		f.report.bad("contexts or unstruct_event that cannot be read", err.Error())
		return nil
	}
	switch c[eventName] {
	case "transaction_item":
		a.event = "transaction"
		products = []product{{ID: loose(c[itemSKU]), Price: loose(c[itemPrice]), Quantity: loose(c[itemQuantity]), Currency: loose(c[itemCurrency])}}
	case "transaction": // its items come as events of their own
		f.report.fair(`orders whose items are events of their own: "transaction"`)
		return nil
	case "add_to_cart", "remove_from_cart":
		var one product
		if json.Unmarshal(own.Data, &one) == nil {
			products = append(products, one)
		}
	}
	if len(products) == 0 {
		hand(a)
	}
	for _, p := range products {
		a.item, a.price = first(string(p.ID), string(p.SKU)), max(p.Price.number(), p.Unit.number())
		a.quantity, a.currency = p.Quantity.number(), string(p.Currency)
		hand(a)
	}
	return nil
}

// productsOf returns the products among the entities of an event.
func productsOf(text string) (list []product, err error) {
	if text == "" {
		return nil, nil
	}
	var outer struct {
		Data []described `json:"data"`
	}
	if err := json.Unmarshal([]byte(text), &outer); err != nil {
		return nil, err
	}
	for _, entity := range outer.Data {
		if !named(entity.Schema, "product") {
			continue
		}
		var p product
		if err := json.Unmarshal(entity.Data, &p); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// unwrap reads the event in an unstruct_event, which wraps it in a value of its own.
func unwrap(text string, own *described) error {
	var outer struct {
		Data described `json:"data"`
	}
	if err := json.Unmarshal([]byte(text), &outer); err != nil {
		return err
	}
	if *own = outer.Data; len(own.Data) == 0 {
		own.Data = json.RawMessage("{}")
	}
	return nil
}

// named reports whether a schema, "iglu:VENDOR/NAME/jsonschema/1-0-0", has a name.
func named(schema, name string) bool {
	parts := strings.Split(schema, "/")
	return len(parts) == 4 && parts[1] == name
}

// first returns the first of texts that is a value, else "".
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" && t != "null" {
			return t
		}
	}
	return ""
}
