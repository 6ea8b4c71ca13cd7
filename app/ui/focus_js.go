package ui

import "syscall/js"

// Controls remove or replace themselves when they are used: a liked item leaves
// its list, an undone toast goes. The browser then drops the focus to the body,
// or leaves it on an element that was given to another item, where the same key
// would act on something that was never chosen. So the focus is watched here, for
// all pages at once.

// spot is where the focus is.
type spot struct {
	on     js.Value
	item   string     // of the card around it, "" for none
	act    string     // its data-act, "" for none
	list   js.Value   // the list around it, if any
	index  int        // its place there
	around []js.Value // what it stands in, the nearest first
	before *spot      // in a toast: where the focus was before
}

var focused *spot // nil: nowhere

// keepFocus begins to watch the focus.
func keepFocus() {
	document.Call("addEventListener", "pointerdown", callback(func(js.Value) { focused = nil }), true)
	document.Call("addEventListener", "focusin", callback(func(e js.Value) { focused = spotOf(e.Get("target"), focused) }))
	window.Get("MutationObserver").New(callback(func(js.Value) { regainFocus() })).Call("observe", document.Get("body"), map[string]any{
		"subtree": true, "childList": true, "attributes": true, "attributeFilter": []any{"data-item"},
	})
}

// itemAround returns the item that element e belongs to, "" for none.
func itemAround(e js.Value) string {
	if card := e.Call("closest", "[data-item]"); card.Truthy() {
		return card.Get("dataset").Get("item").String()
	}
	return ""
}

// spotOf describes element e, which has the focus now; was is where it came from.
func spotOf(e js.Value, was *spot) *spot {
	s := &spot{on: e, item: itemAround(e)}
	if act := e.Get("dataset").Get("act"); act.Truthy() {
		s.act = act.String()
	}
	if li := e.Call("closest", "li"); li.Truthy() {
		s.list = li.Get("parentElement")
		for li = li.Get("previousElementSibling"); li.Truthy(); li = li.Get("previousElementSibling") {
			s.index++
		}
	}
	for a := e.Get("parentElement"); a.Truthy(); a = a.Get("parentElement") {
		s.around = append(s.around, a)
	}
	if e.Call("closest", ".toasts").Truthy() && was != nil {
		s.before = was
		if was.before != nil {
			s.before = was.before
		}
	}
	return s
}

// lost reports whether the element is gone, or another item's now.
func (s *spot) lost() bool {
	return !s.on.Get("isConnected").Bool() || itemAround(s.on) != s.item
}

// regainFocus runs after each drawing. Where the focus was lost it goes to the
// same control of the same item, else to the place in the list, as a card that no
// key acts on; from a toast back to where it was; else to the heading above.
func regainFocus() {
	s := focused
	if s == nil || !s.lost() {
		return
	}
	if at := document.Get("activeElement"); at.Truthy() && !at.Equal(document.Get("body")) && !at.Equal(s.on) {
		return // it has gone elsewhere already
	}
	focused = nil
	to := s.next()
	if !to.Truthy() {
		return
	}
	if to.Get("tabIndex").Int() < 0 {
		to.Set("tabIndex", -1)
	}
	to.Call("focus", map[string]any{"preventScroll": true})
}

func (s *spot) next() js.Value {
	if s.item != "" && s.act != "" {
		same := document.Call("querySelector", `main [data-item="`+window.Get("CSS").Call("escape", s.item).String()+`"] [data-act="`+s.act+`"]`)
		if same.Truthy() {
			return same
		}
	}
	if s.list.Truthy() && s.list.Get("isConnected").Bool() {
		all := s.list.Get("children")
		if n := all.Get("length").Int(); n > 0 {
			li := all.Index(min(s.index, n-1))
			if card := li.Call("querySelector", "[data-item]"); card.Truthy() {
				return card
			}
			return li
		}
	}
	if s.before != nil {
		if !s.before.lost() {
			return s.before.on
		}
		return s.before.next()
	}
	for _, a := range s.around {
		if a.Get("isConnected").Bool() {
			if h := a.Call("querySelector", "h1, h2"); h.Truthy() {
				return h
			}
		}
	}
	return js.Null()
}
