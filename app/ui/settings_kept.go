package ui

import (
	"net/url"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// settingsKey is under which the settings of lists are kept on the device.
const settingsKey = "sparrow-wishes"

// recall takes who there is, and the settings of the one whose turn it is, from the device.
func (r *root) recall() {
	r.s.people = readPeople(kept(peopleKey))
	r.s.settings = settingsOf(r.s.people.On)
}

// settingsOf returns the settings that the device keeps for a person.
func settingsOf(id int) (t settings) {
	if q, err := url.ParseQuery(kept(keyOf(settingsKey, id))); err == nil {
		t = parseSettings(q)
	}
	return t
}

// follow takes who there is, and where key is that of their settings these, as another tab has kept them: this one would
// write over them. Where the turn has become another's, static/js/people.js loads the page again.
func (s *store) follow(key string, all people, of func(id int) settings) {
	if all.On != s.people.On {
		return
	}
	s.people = all
	if key == keyOf(settingsKey, all.On) { // else the address may ask for others
		s.settings = of(all.On)
		s.keep()
		s.load()
	}
	s.redraw()
}

// read takes the settings of an address of the list, where it has any and they are of the one whose turn it is.
func (r *root) read(u *url.URL) {
	if parseRoute(u).page != "for-you" || !r.s.people.mine(u.Query()) {
		return
	}
	if t := parseSettings(u.Query()); !t.none() {
		r.s.settings = t
	}
}

// keep keeps the settings on the device; the address of the list has them, too.
func (r *root) keep(ctx app.Context) {
	s := r.s
	q := s.settings.query()
	keepText(keyOf(settingsKey, s.people.On), q.Encode())
	if len(q) > 0 && s.people.On != firstID {
		q.Set(whose, strconv.Itoa(s.people.On))
	}
	if s.route.page != "for-you" {
		return
	}
	s.route.query = q
	u := *ctx.Page().URL()
	u.RawQuery = q.Encode()
	ctx.Page().ReplaceURL(&u)
	r.open = u.RequestURI()
}
