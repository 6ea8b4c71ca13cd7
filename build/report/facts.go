package report

import (
	"fmt"
	"time"

	"sparrow/build/feedback"
	"sparrow/build/plural"
	"sparrow/build/stats"
)

// Fact is one figure in words.
type Fact struct{ Name, Value, Note string }

// percent prints a part of a whole.
func percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}

// rate prints a rate of clicks with its interval, "–" where it is not told.
func rate(i *stats.Interval) string {
	if i == nil {
		return "–"
	}
	return fmt.Sprintf("%.1f %% (%.1f to %.1f)", 100*i.Value, 100*i.Low, 100*i.High)
}

// age says how long ago a moment was.
func age(at, now time.Time) string {
	if at.IsZero() {
		return "not known"
	}
	switch d := now.Sub(at); {
	case d < 0:
		return "in the future: " + at.UTC().Format(time.DateTime)
	case d < 2*time.Hour:
		return plural.Of(int(d.Minutes()), "minute") + " ago"
	case d < 48*time.Hour:
		return plural.Of(int(d.Hours()), "hour") + " ago"
	default:
		return plural.Of(int(d.Hours()/24), "day") + " ago"
	}
}

// money prints an amount in the report's currency.
func (r *Report) money(v float64) string {
	text := fmt.Sprintf("%.2f", v)
	if r.Currency != "" {
		text += " " + r.Currency
	}
	return text
}

// Overview returns what happened, the most important first.
func (r *Report) Overview() []Fact {
	agreed := Fact{"agreed to share", "not recorded", "see below"}
	if r.Consent != nil {
		agreed = Fact{"agreed to share", fmt.Sprintf("%.1f %%", 100**r.Consent), "of the visitors that you counted"}
	}
	facts := []Fact{
		{"devices that shared", fmt.Sprint(r.Visitors), fmt.Sprintf("%d of them saw a list, in %s", r.Watchers, plural.Of(r.Total.Sessions, "session"))},
		agreed,
		{"cards seen", fmt.Sprint(r.Total.Seen), fmt.Sprintf("of %s", plural.Of(len(r.Lists)+r.Others, "list"))},
		{"clicked", fmt.Sprint(r.Total.Clicked), rateNote(r.Total.Rate)},
	}
	through := func(name string, all, led int) {
		if all != 0 {
			facts = append(facts, Fact{name, fmt.Sprint(all), fmt.Sprintf("%d of them after a list led there", led)})
		}
	}
	through("liked", r.Any.Liked, r.Total.Liked)
	through("heard or read", r.Any.Used, r.Total.Used)
	through("put into baskets", r.Any.Carted, r.Total.Carted)
	through("bought", r.Any.Bought, r.Total.Bought)
	if r.Any.Revenue != 0 {
		facts = append(facts, Fact{"revenue", r.money(r.Any.Revenue), r.money(r.Total.Revenue) + " of it after a list led there"})
	}
	return facts
}

func rateNote(i *stats.Interval) string {
	if i == nil {
		return fmt.Sprintf("too few visitors for a rate: it takes %d", fewVisitors)
	}
	return rate(i) + " of the cards seen"
}

// Reach returns how much of the catalog was seen.
func (r *Report) Reach() []Fact {
	c := r.Coverage
	facts := []Fact{
		{"items seen", fmt.Sprint(c.Seen), fmt.Sprintf("%s of the catalog's %d", percent(c.Seen, c.Items), c.Items)},
		{"items clicked", fmt.Sprint(c.Clicked), percent(c.Clicked, c.Items) + " of the catalog"},
		{"half of all cards", fmt.Sprint(c.Half), "items have it; the fewer, the more alike are lists"},
	}
	if c.Gone > 0 {
		facts = append(facts, Fact{"items gone", fmt.Sprint(c.Gone), "were seen and are not in the newest catalog"})
	}
	return facts
}

// Freshness returns how old what is served is.
func (r *Report) Freshness() []Fact {
	s, now := r.Service, r.Until
	facts := []Fact{
		{"model", age(s.Written, now), fmt.Sprintf("%.12s, written %s", s.Bundle, moment(s.Written))},
		{"what it has learned from", age(s.Learned, now), "its newest interaction, of " + moment(s.Learned)},
	}
	if l := s.Live; l != nil {
		facts = append(facts, Fact{"live overlay", age(l.Made, now), fmt.Sprintf("%s, %s, %s", plural.Of(l.Items, "changed item"), plural.Of(l.New, "new item"), plural.Of(l.Rules, "rule"))})
	} else {
		facts = append(facts, Fact{"live overlay", "none", "stock and prices are as they were when the model was made"})
	}
	if s.Trending.IsZero() {
		facts = append(facts, Fact{"trending items", "none", "go run ./build trending makes them"})
	} else {
		facts = append(facts, Fact{"trending items", age(s.Trending, now), "their newest event"})
	}
	night := Fact{"last night", "none", "night.log has no line: make night was not run on this folder"}
	if s.Night != "" {
		night = Fact{"last night", "", s.Night}
	}
	return append(facts, night)
}

// moment prints a moment for people.
func moment(at time.Time) string {
	if at.IsZero() {
		return "an unknown moment"
	}
	return at.UTC().Format("2006-01-02 15:04 UTC")
}

// Losses returns what did not arrive, or arrived late or broken, in what was read.
func (r *Report) Losses() []Fact {
	f := r.Read
	facts := []Fact{
		{"events read", fmt.Sprint(f.Events), fmt.Sprintf("of %s; %s arrived before and count once", plural.Of(f.Segments, "segment"), plural.Of(f.Duplicates, "duplicate"))},
		{"late", fmt.Sprint(f.Late), fmt.Sprintf("arrived more than %.0f hours after they happened", feedback.LateAfter.Hours())},
		{"dead letters", fmt.Sprint(feedback.Total(f.Dead)), "events that the edge refused; build feedback --dead lists them"},
		{"dropped on devices", fmt.Sprint(feedback.Total(f.Dropped)), "events that did not fit into a device's outbox"},
		{"erased", fmt.Sprint(f.Erased), fmt.Sprintf("events of %s who wanted theirs deleted", plural.Of(f.Erasures, "visitor"))},
	}
	if n := len(f.Torn) + len(f.Damaged); n > 0 {
		facts = append(facts, Fact{"damaged segments", fmt.Sprint(n), "torn or damaged: build feedback names the places"})
	}
	return facts
}
