//go:build !js

package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// recorder is feedback that records its calls. It answers at once.
type recorder struct {
	tracked []string
	models  []string
	decided []bool
	erasure outcome // the outcome of erase
	fails   bool    // decide fails
	deliver func(sharing)
}

func (r *recorder) start(run func(func()), deliver func(sharing)) { r.deliver = deliver }

func (r *recorder) decide(yes bool, then func(failed bool)) {
	r.decided = append(r.decided, yes)
	then(r.fails)
}

func (r *recorder) erase(then func(o outcome)) { then(r.erasure) }

func (r *recorder) track(kind string, id catalog.ID, stars float32) {
	r.tracked = append(r.tracked, fmt.Sprintf("%s %s %v", kind, id, stars))
}

func (r *recorder) model(hash string) { r.models = append(r.models, hash) }

// sharingAt returns a store that shows address on a site with an edge.
func sharingAt(t *testing.T, f Session, address string, now sharing) (*store, *recorder) {
	t.Helper()
	r := new(recorder)
	s := NewRoot(local(f), r).s
	s.open(parseRoute(at(t, address)))
	s.listen(func(do func()) { do() })
	r.deliver(now)
	return s, r
}

func TestWhatTheEngineAcceptedIsTracked(t *testing.T) {
	f := uitest.Planted(6)
	s, r := sharingAt(t, f, "/item/1", sharing{state: "on"})
	c := f.Cards[0]
	s.act(c, protocol.Rate, 4.5)
	s.act(c, protocol.Like, 0)
	s.toast.undo()
	s.act(c, protocol.Rate, 4.5) // the same rating again, so it is taken back
	s.act(c, protocol.Watchlist, 0)
	s.open(parseRoute(at(t, "/item/2")))
	s.refresh()
	s.open(parseRoute(at(t, "/item/none")))
	want := []string{"view 1 0", "rate 1 4.5", "like 1 0", "undo  0", "clear 1 0", "watchlist 1 0", "view 2 0"}
	if !slices.Equal(r.tracked, want) {
		t.Errorf("tracked %q, want %q", r.tracked, want)
	}
}

func TestWhatTheEngineRefusedIsNotTracked(t *testing.T) {
	s, r := sharingAt(t, refusingSession{uitest.Planted(6)}, "/browse", sharing{state: "on"})
	s.act(uitest.Planted(1).Cards[0], protocol.Like, 0)
	if len(r.tracked) != 0 {
		t.Errorf("tracked %q, want nothing", r.tracked)
	}
	if s.toast.text != english.ActFailed {
		t.Errorf("the toast is %q, want %q", s.toast.text, english.ActFailed)
	}
}

// refusingSession refuses every change of the profile.
type refusingSession struct{ *uitest.FakeSession }

func (f refusingSession) Answer(q protocol.Request) protocol.Answer {
	if q.Verb == protocol.Act {
		return protocol.Answer{Error: &protocol.Error{Code: "bad-request", Text: "No."}}
	}
	return f.FakeSession.Answer(q)
}

func TestSharePanel(t *testing.T) {
	on := sharing{state: "on", shared: true}
	for _, test := range []struct {
		name   string
		now    sharing
		change func(*store, *profilePage)
		want   []string
		not    string
	}{
		{"not known yet", sharing{}, nil, []string{english.ShareText, `role="switch"`, `aria-checked="false"`, "disabled", "share-later"}, ">On<"},
		{"off", sharing{state: "off"}, nil, []string{`aria-checked="false"`, ">Off<", english.DataText, english.ShareNothing}, "disabled"},
		{"on", on, nil, []string{">On<", english.DataShared, english.Unshare}, "share-later"},
		{"off again", sharing{state: "off", shared: true}, nil, []string{`aria-checked="false"`, english.Unshare}, english.ShareNothing},
		{"never", sharing{state: "never"}, nil, []string{"disabled", english.ShareNever, "share-later"}, english.ShareNothing},
		{"offline", sharing{state: "on", waiting: 1204}, func(s *store, _ *profilePage) { s.receive(news{kind: "network"}) },
			[]string{"Waiting until you are online again: 1,204."}, english.ShareNever},
		{"online", sharing{state: "on", waiting: 3}, nil, []string{">On<"}, "Waiting until"},
		{"the question before deleting", on, func(_ *store, p *profilePage) { p.unshare = true }, []string{english.UnshareSure, english.UnshareYes, "alertdialog"}, "share-later"},
		{"deleted", on, func(s *store, p *profilePage) { s.feedback.(*recorder).erasure = erased; p.eraseShared(s) }, []string{english.Unshared}, english.UnshareSure},
		{"deletion to be delivered", sharing{state: "off", deleting: true}, nil, []string{english.UnsharedPending}, english.ShareNothing},
		{"deletion delivered meanwhile", sharing{state: "off"}, func(s *store, p *profilePage) { s.feedback.(*recorder).erasure = pending; p.eraseShared(s) },
			[]string{english.Unshared}, english.ShareNothing},
		{"erasing everything asks for confirmation", on, func(_ *store, p *profilePage) { p.sure = true }, []string{english.EraseSureShared}, english.EraseSure},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, _ := sharingAt(t, uitest.Planted(4), "/profile", test.now)
			p := s.page.(*profilePage)
			if test.change != nil {
				test.change(s, p)
			}
			html := app.HTMLString(el("div", "", p.dataView(s), p.shareView(s)))
			contains(t, html, test.want...)
			if strings.Contains(html, test.not) {
				t.Errorf("HTML holds %q:\n%s", test.not, html)
			}
		})
	}
}

func TestASiteWithoutAnEdgeDoesNotSpeakOfSharing(t *testing.T) {
	s := openAt(t, uitest.Planted(4), "/profile")
	if html := app.HTMLString((&root{s: s}).Render()); strings.Contains(html, english.ShareTitle) || strings.Contains(html, "switch") {
		t.Errorf("HTML speaks of sharing:\n%s", html)
	}
}

func TestErasingEverythingDeletesWhatWasShared(t *testing.T) {
	s, r := sharingAt(t, uitest.Planted(4), "/profile", sharing{state: "on", shared: true})
	r.erasure = pending
	p := s.page.(*profilePage)
	p.erase(s)
	if p.deleted != pending {
		t.Errorf("outcome %q, want %q", p.deleted, pending)
	}
}

func TestASwitchThatFailsGoesBack(t *testing.T) {
	s, r := sharingAt(t, uitest.Planted(4), "/profile", sharing{state: "off"})
	r.fails = true
	s.share(true)
	if s.sharing.state != "off" || s.toast.text != english.ShareFailed {
		t.Errorf("state %q, note %q; want off and %q", s.sharing.state, s.toast.text, english.ShareFailed)
	}
}

func TestInvitation(t *testing.T) {
	f := uitest.Planted(20)
	s, r := sharingAt(t, f, "/for-you", sharing{state: "off"})
	shown := func() bool { return strings.Contains(app.HTMLString(s.page.view(s)), english.InviteTitle) }
	for i, c := range f.Cards[:enough] {
		if shown() {
			t.Fatalf("the invitation shows after %d likes, want it after %d", i, enough)
		}
		s.act(c, protocol.Like, 0)
	}
	if !shown() {
		t.Fatalf("no invitation after %d likes", enough)
	}
	s.share(false)
	s.act(f.Cards[5], protocol.Like, 0)
	if shown() || !slices.Equal(r.decided, []bool{false}) {
		t.Errorf("after a no: shown %v, decided %v; want no invitation, and one no", shown(), r.decided)
	}
	for _, now := range []sharing{{}, {state: "never"}, {state: "on"}, {state: "off", answered: true}} {
		s, _ := sharingAt(t, f, "/for-you", now)
		if html := app.HTMLString(s.page.view(s)); s.history() < enough || strings.Contains(html, english.InviteTitle) {
			t.Errorf("%+v, %d opinions: the invitation shows", now, s.history())
		}
	}
}

func TestAnInvitationDoesNotPushAListDown(t *testing.T) {
	f := uitest.Planted(20)
	s, r := sharingAt(t, f, "/for-you", sharing{})
	for _, c := range f.Cards[:enough] {
		s.act(c, protocol.Like, 0)
	}
	r.deliver(sharing{state: "off"})
	if html := app.HTMLString(s.page.view(s)); strings.Contains(html, english.InviteTitle) {
		t.Error("the invitation shows above a list that was there before it")
	}
	s.refresh()
	contains(t, app.HTMLString(s.page.view(s)), english.InviteTitle)
}

func TestVarietyIsTheEnginesUntilTheVisitorMovesTheSlider(t *testing.T) {
	f := &varietySession{FakeSession: uitest.Planted(20)}
	s, _ := sharingAt(t, f, "/for-you", sharing{})
	s.act(f.Cards[0], protocol.Like, 0)
	contains(t, app.HTMLString(s.page.view(s)), `value="2"`)
	s.wish(func() { s.settings.variety = 4 })
	s.open(parseRoute(at(t, "/")))
	// Each list is asked for, and then its reasons.
	if want := []float32{-1, -1, 0.7, 0.7, 0.7, 0.7}; !slices.Equal(f.varieties, want) {
		t.Errorf("requested with variety %v, want %v", f.varieties, want)
	}
}

// varietySession records the variety of each request.
type varietySession struct {
	*uitest.FakeSession
	varieties []float32
}

func (f *varietySession) Answer(q protocol.Request) protocol.Answer {
	if q.Verb == protocol.Recommend || q.Verb == protocol.Home {
		f.varieties = append(f.varieties, q.Variety)
	}
	return f.FakeSession.Answer(q)
}

func TestAListSaysWhereItsCardsCameFrom(t *testing.T) {
	s := openAt(t, uitest.Planted(2), "/")
	cards := []protocol.Card{
		{ID: "6", Title: "Heat", Origin: &protocol.Origin{Source: "taste+transition", Team: `more "`, Propensity: 0.25}},
		{ID: "7", Title: "Ronin"},
	}
	html := mount(t, newRow(s, "r", listForYou, "For you", "", []string{"mix", "model"}, cards))
	contains(t, html, `data-list="for-you"`, `data-layers="mix model"`, `data-item="6"`, `data-position="1"`,
		`data-source="taste+transition"`, `data-team="more &#34;"`, `data-propensity="0.25"`, `data-item="7"`, `data-position="2"`)
	if n := strings.Count(html, "data-source"); n != 1 {
		t.Errorf("%d cards name a source, want 1", n)
	}
}

func TestANewModelWaitsForTheVisitorsNextAct(t *testing.T) {
	f := uitest.Planted(20)
	s, r := sharingAt(t, f, "/browse", sharing{state: "on"})
	s.receive(news{kind: "ready", hash: "one"})
	s.act(f.Cards[2], protocol.Like, 0)
	p := s.page.(*browsePage)
	first := p.cards[0].ID
	slices.Reverse(f.Cards) // another model, another order
	s.receive(news{kind: "ready", hash: "two"})
	if p.cards[0].ID != first || s.hash != "two" {
		t.Errorf("after a new model: the list begins with %s, the hash is %q; want %s still, and two", p.cards[0].ID, s.hash, first)
	}
	if len(r.models) == 0 || slices.Contains(r.models, "two") {
		t.Errorf("feedback receives the models %q before a list of two shows", r.models)
	}
	s.act(f.Cards[3], protocol.Like, 0)
	if last := len(r.models) - 1; r.models[last] != "two" {
		t.Errorf("feedback receives the models %q, want two at last", r.models)
	}
	if p.cards[0].ID != f.Cards[0].ID {
		t.Errorf("after the next act the list begins with %s, want %s", p.cards[0].ID, f.Cards[0].ID)
	}
}
