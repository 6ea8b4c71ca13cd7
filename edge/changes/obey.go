package changes

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
)

// Obey returns a list of ../LISTS.md as it is by the overlay: without the items that are hidden, sold out or excluded by
// now, and with the titles, pictures, addresses and prices that others have. It is nil where
// nothing is left, or where a rule excludes by a filter, which asks for more than a list knows.
// used reports whether there is an overlay, by which the list may be another one in a moment.
func (f *Folder) Obey(list []byte) (obeyed []byte, used bool, err error) {
	v, err := f.Now()
	if v == nil {
		return nil, true, err
	}
	if v.none {
		return list, false, nil
	}
	now := f.now().Unix()
	if slices.ContainsFunc(v.filtered, func(r *live.Rule) bool { return r.Active(now) }) {
		return nil, true, nil
	}
	var all map[string]json.RawMessage
	var items []json.RawMessage
	if err := json.Unmarshal(list, &all); err != nil {
		return nil, true, fmt.Errorf("a list made in advance: %w", err)
	}
	if err := json.Unmarshal(all["items"], &items); all["items"] != nil && err != nil {
		return nil, true, fmt.Errorf("the items of a list made in advance: %w", err)
	}
	left := make([]json.RawMessage, 0, len(items))
	changed := false
	for _, card := range items {
		now, err := v.obey(card, now)
		if err != nil {
			return nil, true, fmt.Errorf("an item of a list made in advance: %w", err)
		}
		if changed = changed || now == nil || &now[0] != &card[0]; now != nil {
			left = append(left, now)
		}
	}
	switch {
	case !changed:
		return list, true, nil
	case len(left) == 0:
		return nil, true, nil
	}
	all["items"] = encode(left)
	return encode(all), true, nil
}

// obey returns a card as it is by the overlay at a moment in Unix seconds: itself
// where that says nothing of it, and nil where it is not shown.
func (v *Version) obey(card json.RawMessage, now int64) (json.RawMessage, error) {
	var named struct {
		ID catalog.ID `json:"id"`
	}
	if err := json.Unmarshal(card, &named); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(v.excluded[named.ID], func(r *live.Rule) bool { return r.Active(now) }) {
		return nil, nil
	}
	items := v.overlay.Items
	at, found := slices.BinarySearchFunc(items, named.ID, func(one live.Item, id catalog.ID) int { return strings.Compare(string(one.ID), string(id)) })
	if !found {
		return card, nil
	}
	one := &items[at]
	if one.Hidden || one.SoldOut() {
		return nil, nil
	}
	other := map[string]any{}
	for key, value := range map[string]string{"title": one.Title, "image": one.Image, "url": one.URL, "currency": one.Currency} {
		if value != "" {
			other[key] = value
		}
	}
	if one.Price.Known {
		other["price"] = one.Price.Value
	}
	if len(other) == 0 {
		return card, nil
	}
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(card, &all); err != nil {
		return nil, err
	}
	for key, value := range other {
		all[key] = encode(value)
	}
	return encode(all), nil
}
