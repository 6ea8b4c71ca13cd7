package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

const stepLines = 20 // that are drawn first, and more with each wish for more

// stepList is the steps by which the profile became what it is, the latest first.
type stepList struct {
	steps []protocol.Step
	cards []protocol.Card // of the first item of each
	total int
	more  int
	sure  bool // the confirmation before forgetting them is open
}

func (l *stepList) load(s *store) {
	s.ask(protocol.Request{Verb: protocol.Steps, K: stepLines + l.more}, func(r reply) {
		l.steps, l.cards, l.total = r.Steps, r.Cards, r.Total
	})
}

// stepsView draws the steps, each of which can be taken back alone or with all that followed it.
func (p *historyPageView) stepsView(s *store) app.UI {
	w := s.words
	l := p.steps
	scope := strconv.Itoa(s.visit)
	head := txt("h2", "panel-title", w.StepsTitle).Attr("id", "steps")
	if l == nil {
		return el("section", "panel steps", head, txt("p", "muted", w.StepsText), button("button", scope, func(app.Context) {
			p.steps = new(stepList)
			p.steps.load(s)
		}, app.Text(w.StepsShow)).Attr("id", "show-steps"))
	}
	if l.total == 0 {
		return el("section", "panel steps", head, txt("p", "muted", w.StepsNone))
	}
	lines := make([]app.UI, 0, len(l.steps))
	for i := range min(len(l.steps), len(l.cards)) {
		step := l.steps[i]
		at := scope + "/" + strconv.FormatInt(step.ID, 10)
		text := w.step(step, l.cards[i])
		back := func(label string, all bool) app.UI {
			return button("button button-quiet", at+yes(all), func(app.Context) {
				s.ask(protocol.Request{Verb: protocol.Undo, Step: step.ID, Back: all}, func(r reply) {
					clear(s.overrides)
					s.moving = true
					s.changed(r, w.StepDone)
				})
			}, app.Text(label)).Attr("aria-label", attr(label+": "+text))
		}
		buttons := []app.UI{back(w.StepUndo, false)}
		if i > 0 {
			buttons = append(buttons, back(w.StepBack, true))
		}
		lines = append(lines, el("li", "step",
			el("span", "step-text", txt("span", "", text), txt("span", "entry-meta", time.Unix(step.At, 0).Format("2006-01-02 15:04"))),
			el("span", "step-buttons", buttons...)))
	}
	body := []app.UI{head, el("ol", "step-lines", lines...).Attr("role", "list")}
	if len(l.steps) < l.total {
		body = append(body, button("button", scope+"/more", func(app.Context) {
			l.more += stepLines
			l.load(s)
		}, app.Text(w.Earlier)))
	}
	return el("section", "panel steps", append(body, txt("p", "muted", w.StepsText),
		question(s, &l.sure, "lose-steps", w.StepsLose, w.StepsLoseSure, w.StepsLoseYes, func() {
			s.ask(protocol.Request{Verb: protocol.LoseSteps}, func(reply) {
				l.sure = false
				l.load(s)
				s.focusSoon("steps")
			})
		}))...)
}

// step says what a step changed: of one item what held before and what then, of many how many.
func (w *words) step(step protocol.Step, c protocol.Card) string {
	title := w.title(titleOf(c))
	if step.Items > 1 {
		return fill(w.StepMany, "n", w.number(step.Items), "title", title)
	}
	said := func(entries []protocol.Entry) string {
		text := ""
		for _, e := range entries {
			if text != "" {
				text += w.join
			}
			text += w.entry(e, c)
			if day := date(e.At); day != "" && len(step.Gone) > 0 && len(step.Came) > 0 && step.Gone[0].Action == step.Came[0].Action && step.Gone[0].Stars == step.Came[0].Stars {
				text += " (" + day + ")"
			}
		}
		return text
	}
	switch gone, came := said(step.Gone), said(step.Came); {
	case gone == "":
		return fill(w.StepCame, "title", title, "what", came)
	case came == "":
		return fill(w.StepGone, "title", title, "what", gone)
	default:
		return fill(w.StepTurned, "title", title, "before", gone, "what", came)
	}
}
