package ui

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sparrow/wasm/protocol"
	"sparrow/wasm/vocabulary"
)

const (
	peopleKey  = "sparrow-people" // static/js/people.js reads it, too
	firstID    = 1                // of the profile that every device has
	mostPeople = 8
	hues       = 8 // colours of profiles: --plot-0 to --plot-7
)

// person is one who uses this device: a profile with a history, lists and settings of its own.
type person struct {
	ID     int      `json:"id"` // from firstID on; none is given twice
	Name   string   `json:"name"`
	Colour int      `json:"colour"` // 0 to hues-1
	Child  bool     `json:"child,omitempty"`
	Limits []string `json:"limits,omitempty"` // of a child's: ids of the catalog's limits that always hold there
}

// people are the profiles of this device.
type people struct {
	On   int      `json:"on"`   // whose turn it is, in every tab
	Last int      `json:"last"` // the highest id that was ever given
	All  []person `json:"all"`  // at most mostPeople by id, the first of them firstID
}

// readPeople reads what is kept on the device: text that may be anything. There is always a first person,
// and somebody's turn.
func readPeople(text string) people {
	var kept, p people
	if json.Unmarshal([]byte(text), &kept) != nil {
		kept = people{}
	}
	p.All = []person{{ID: firstID}}
	for _, one := range kept.All {
		one.Name = cleanName(one.Name)
		if one.Colour < 0 || one.Colour >= hues {
			one.Colour = 0
		}
		switch last := p.All[len(p.All)-1].ID; {
		case one.ID == firstID:
			one.Child, one.Limits = false, nil
			p.All[0] = one
		case one.ID > last && one.Name != "" && len(p.All) < mostPeople:
			p.All = append(p.All, one)
		}
	}
	p.On, p.Last = firstID, max(kept.Last, p.All[len(p.All)-1].ID)
	for i := range p.All {
		if p.All[i].ID == kept.On {
			p.On = kept.On
		}
	}
	return p
}

// text returns p as it is kept; "" where there is nothing but a first person without a name.
func (p *people) text() string {
	if len(p.All) == 1 && p.Last == firstID && p.All[0].Name == "" && p.All[0].Colour == 0 {
		return ""
	}
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // of plain values
	}
	return string(b)
}

// me returns whose turn it is.
func (p *people) me() *person {
	for i := range p.All {
		if p.All[i].ID == p.On {
			return &p.All[i]
		}
	}
	return &p.All[0]
}

// add adds a person and returns their id; 0 where no more fit or they have no name.
func (p *people) add(one person) int {
	if one.Name = cleanName(one.Name); one.Name == "" || len(p.All) == mostPeople {
		return 0
	}
	p.Last++
	one.ID = p.Last
	p.All = append(p.All, one)
	return one.ID
}

// remove takes a person away, not the first; their turn becomes that one's.
func (p *people) remove(id int) {
	var left []person
	for _, one := range p.All {
		if one.ID != id || id == firstID {
			left = append(left, one)
		}
	}
	p.All = left
	if p.On == id {
		p.On = firstID
	}
}

// called returns the name of a person; the first one may have none.
func (w *words) called(one *person) string {
	if one.Name == "" {
		return w.WhoFirst
	}
	return one.Name
}

// holds reports whether a limit always holds for a person.
func (one *person) holds(limit string) bool { return one.Child && slices.Contains(one.Limits, limit) }

// held returns the limits that hold whatever the visitor asks for, as the catalog has them, and how
// many it has no more.
func (one *person) held() (all []vocabulary.Limit, gone int) {
	for i := range limits {
		if one.holds(limits[i].ID) {
			all = append(all, limits[i])
		}
	}
	if one.Child {
		gone = len(one.Limits) - len(all)
	}
	return all, gone
}

// keyOf returns under which the device keeps for one person what it keeps under key for the first.
func keyOf(key string, id int) string {
	if id == firstID {
		return key
	}
	return key + " " + strconv.Itoa(id)
}

// whose is the key of an address that says whose settings stand in it; without, they are the first person's.
const whose = "who"

// mine reports whether the settings in an address are of the one whose turn it is: those of another one
// may stand in addresses that the browser remembers.
func (p *people) mine(q url.Values) bool {
	of := firstID
	if q.Has(whose) {
		of = atoi(q.Get(whose))
	}
	return of == p.On
}

// holding is a client whose answers are held to what a child's profile is held to, those of every page.
type holding struct {
	client
	people *people
}

func (c holding) ask(q protocol.Request, then func(reply)) {
	all, _ := c.people.me().held()
	q.Held = filterOf(all)
	c.client.ask(q, then)
}

// both returns the filter of what two filters leave; "" leaves everything.
func both(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return "(" + a + ") and " + b
}

// filterOf returns the filter that holds a list to all of some limits; "" for none.
func filterOf(all []vocabulary.Limit) string {
	filters := make([]string, len(all))
	for i := range all {
		filters[i] = "(" + all[i].Filter + ")"
	}
	return strings.Join(filters, " and ")
}
