//go:build !js

package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/protocol"
)

// TestWhatIsKeptIsSaid holds that the profile page and the note under the bar
// follow the engine's last word on storage, also while a newer catalog fails.
func TestWhatIsKeptIsSaid(t *testing.T) {
	f := uitest.Planted(4)
	s := openAt(t, f, "/profile")
	page := s.page.(*profilePage)
	s.route = parseRoute(at(t, "/"))
	said := func() (profile, note bool) {
		return strings.Contains(app.HTMLString(page.dataView(s)), english.Durable), strings.Contains(app.HTMLString(notices(s)), english.NotDurable)
	}
	for _, step := range []struct {
		name    string
		news    news
		like    bool
		profile bool
		note    bool
	}{
		{"on disk", news{kind: "ready", durable: true}, false, true, false},
		{"in memory, nothing to lose yet", news{kind: "ready"}, false, false, false},
		{"in memory, with a like", news{kind: "ready"}, true, false, true},
		{"a newer catalog fails meanwhile", news{kind: "failed", kept: true, code: "network"}, false, false, true},
		{"on disk again", news{kind: "ready", durable: true}, false, true, false},
	} {
		if step.like {
			s.act(f.Cards[0], protocol.Like, 0)
		}
		s.receive(step.news)
		if profile, note := said(); profile != step.profile || note != step.note {
			t.Errorf("%s: profile page says it is kept: %v, note that it is not: %v; want %v, %v", step.name, profile, note, step.profile, step.note)
		}
	}
}
