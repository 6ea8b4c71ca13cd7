package ui

import (
	"encoding/json"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	userCards  = 12 // of the list that is made for them
	userGenres = 3  // of what they liked
)

// userPage shows a person of the data set that the owner of the site has put beside the model: what they rated, and
// the list that the engine makes for them. It has no part in the visitor's profile, nor that in it.
type userPage struct {
	id    string
	asked bool
	read  bool   // what follows is known
	none  bool   // this site has no people of a data set
	them  userOf // without an id where there is none of that id
	news  news   // why the file cannot be read; the zero value for nothing

	loaded          bool
	cards           []protocol.Card // that they are recommended
	rated           []protocol.Card // the latest first
	said            []string        // stars and day, parallel
	genres          []string        // of what they liked
	drawn           pieces
	unknown, hidden int // of what they rated: not in this catalog, and kept from the visitor's lists
}

// userOf is what static/js/users.js knows of a person.
type userOf struct {
	Of      string // name of the data set
	ID      string
	Rated   int   // of which Entries are the newest
	Since   int64 // Unix seconds of the first; 0 where there are no times
	Before  string
	After   string
	Odd     int // entries that mean nothing
	Entries []protocol.Entry
}

// UserURL returns the address of the page of a person of the data set.
func UserURL(lang, id string) string { return Address(lang, "/user/"+catalog.Segment(id)) }

func (p *userPage) title(w *words) string {
	if p.them.ID == "" {
		return fill(w.UserOne, "id", p.id)
	}
	return fill(w.UserTitle, "id", p.id, "name", p.them.Of)
}

func (p *userPage) about(w *words) string { return w.About }

func (p *userPage) load(s *store) {
	if p.asked {
		p.ask(s)
		return
	}
	p.asked = true
	findUser(p.id, func(text string, failed news) {
		s.run(func() {
			if s.page == p {
				p.arrived(s, text, failed)
				s.redraw()
			}
		})
	})
}

// arrived takes what is known of the person, or why nothing is, and asks the engine for their list.
func (p *userPage) arrived(s *store, text string, failed news) {
	p.read, p.news, p.none = true, failed, text == "" && failed.kind == ""
	if text != "" && json.Unmarshal([]byte(text), &p.them) != nil {
		p.news = news{kind: "failed", code: "decode"}
	}
	p.ask(s)
}

func (p *userPage) ask(s *store) {
	if p.them.ID == "" {
		return
	}
	q := protocol.Request{Verb: protocol.OfUser, K: userCards, Variety: -1, Blocked: s.settings.blocked(), Filter: s.settings.filter()}
	for i := len(p.them.Entries) - 1; i >= 0; i-- { // the oldest first: of those without a date the last one counts as the latest
		e := p.them.Entries[i]
		if e.Action = protocol.Rate; e.Stars == 0 {
			e.Action = protocol.View
		}
		q.Entries = append(q.Entries, e)
	}
	s.list(q, len(p.cards) > 0, func(r reply) {
		if len(r.Shelves) == 0 {
			p.news = news{kind: "failed"}
			return
		}
		p.cards, p.genres, p.loaded = r.Cards, nil, true
		for i := range min(userGenres, len(r.Genres)) {
			p.genres = append(p.genres, r.Genres[i].Name)
		}
		p.join(r.Shelves[0].Cards)
		p.unknown, p.hidden = len(r.Unknown), r.Total-len(p.rated)
		p.drawn.grow(s, p, len(p.rated), gridPiece)
	}, nil)
}

// join takes the cards of what they rated, the oldest first, and says of each what they said.
func (p *userPage) join(cards []protocol.Card) {
	p.rated, p.said = nil, nil
	for i, last := 0, len(cards)-1; i < len(p.them.Entries) && last >= 0; i++ {
		e := p.them.Entries[i]
		if e.ID != cards[last].ID { // the catalog lacks it, or it is hidden
			continue
		}
		stars := ""
		if e.Stars > 0 {
			stars = "★\u00a0" + english.stars(e.Stars)
		}
		p.rated, p.said = append(p.rated, cards[last]), append(p.said, dotted(stars, date(e.At)))
		last--
	}
}

func (p *userPage) view(s *store) app.UI {
	w := s.words
	var body []app.UI
	switch {
	case p.news.kind != "":
		title, text := w.cause(p.news)
		body = append(body, errorState(title, text, button("button", strconv.Itoa(s.visit), func(app.Context) {
			p.news, p.asked, p.read = news{}, false, false
			p.load(s)
			s.redraw()
		}, app.Text(w.Retry))))
	case p.none:
		body = append(body, emptyState("card", w.UserNone, w.UserNoneText))
	case p.read && p.them.ID == "":
		body = append(body, emptyState("search", w.UserMissing, "", p.to(s, p.them.Before)))
	default:
		body = p.known(s)
	}
	return el("div", "user", append([]app.UI{el("div", "page-head", txt("h1", "page-title", p.title(w)))}, body...)...)
}

// known draws who they are, and as soon as that is there, their list and what they rated.
func (p *userPage) known(s *store) []app.UI {
	w, last := s.words, ""
	if !p.loaded {
		return []app.UI{skeletons(w, "grid", userCards)}
	}
	if len(p.them.Entries) > 0 {
		last = date(p.them.Entries[0].At)
	}
	fewer := len(p.them.Entries)
	if fewer == p.them.Rated {
		fewer = 0
	}
	body := []app.UI{txt("p", "two-text", w.UserText)}
	for _, of := range []struct {
		text string
		n    int
	}{{when(last == "", w.UserUndated) + when(last != "", w.UserFacts), p.them.Rated}, {w.UserNewest, fewer}, {w.UserUnknown, p.unknown}, {w.UserHidden, p.hidden}, {w.UserOdd, p.them.Odd}} {
		if of.n > 0 {
			body = append(body, txt("p", "", fill(of.text, "n", w.number(of.n), "first", date(p.them.Since), "last", last)))
		}
	}
	if len(p.genres) > 0 {
		body = append(body, txt("p", "", fill(w.UserGenres, "genres", w.genreList(p.genres, userGenres))))
	}
	them, why := w.aboutThem(), make([]string, len(p.cards))
	for i := range p.cards {
		why[i] = them.reason(p.cards[i])
	}
	n := min(int(p.drawn), len(p.rated))
	return append(body, el("nav", "panel-buttons", p.to(s, p.them.Before), p.to(s, p.them.After)).Attr("aria-label", attr(w.UserLab)),
		txt("h2", "row-title", w.UserList), txt("p", "muted", w.UserListText), userGrid(s, w.UserList, p.cards, why),
		txt("h2", "row-title", w.UserRated), userGrid(s, w.UserRated, p.rated[:n], p.said), el("section", when(n < len(p.rated), "row row-blank")))
}

// to draws the way to a person; nothing where there is none.
func (p *userPage) to(s *store, id string) app.UI {
	if id == "" {
		return nil
	}
	return linkButton(UserURL(s.route.lang, id), fill(s.words.UserOne, "id", id))
}

// userGrid draws a list called label, with what is said of each of its cards. It is no list of the visitor's, so
// feedback does not tell of it.
func userGrid(s *store, label string, cards []protocol.Card, said []string) app.UI {
	return el("ol", "grid", list(newCards(s, cards), func(i int, k *card) app.UI {
		k.Said, k.Item.Why = said[i], nil
		return el("li", "", k)
	})...).Attr("role", "list").Attr("aria-label", attr(label)).On("click", s.click)
}

// aboutThem returns the words with the reasons of a list that is somebody else's.
func (w *words) aboutThem() *words {
	them := *w
	them.Because, them.BecauseRated, them.BecauseSeen, them.BecauseViewed = w.ThemBecause, w.ThemBecauseRated, w.ThemBecauseSeen, w.ThemBecauseViewed
	them.WhyGenre, them.WhyHistory, them.WhyTaste = w.ThemGenre, w.ThemHistory, w.ThemTaste
	return &them
}
