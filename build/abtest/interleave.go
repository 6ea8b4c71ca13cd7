package abtest

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"sparrow/build/stats"
)

// Duel is what interleaving says of two arms: visitors of the arm saw one list
// drafted from both, and each of them votes for the team whose items they clicked
// more often. One visitor has one vote, however much they click. Source: Chapelle,
// Joachims, Radlinski & Yue, Large-scale validation and analysis of interleaved
// search evaluation, TOIS 2012.
type Duel struct {
	Arm     string         `json:"arm"`
	Teams   [2]string      `json:"teams"`
	Wins    [2]int         `json:"wins"`   // visitors who clicked more often on the team's items
	Ties    int            `json:"ties"`   // as often, and at least once
	Idle    int            `json:"idle"`   // clicked on neither
	Share   stats.Interval `json:"share"`  // of the second team's wins in all wins, exact (Clopper-Pearson)
	Hidden  bool           `json:"hidden"` // too few visitors to show any figure
	Verdict                // P of the exact two-sided sign test
}

// judge fills Share, P and AnytimeP from Wins.
func (d *Duel) judge(alpha float64) {
	a, b := float64(d.Wins[0]), float64(d.Wins[1])
	d.Share, d.P, d.AnytimeP = stats.Interval{Value: 0.5, Low: 0, High: 1}, 1, 1
	if a+b == 0 {
		return
	}
	d.Share = stats.Interval{Value: b / (a + b), Low: 0, High: 1}
	if b > 0 {
		d.Share.Low = distuv.Beta{Alpha: b, Beta: a + 1}.Quantile(alpha / 2)
	}
	if a > 0 {
		d.Share.High = distuv.Beta{Alpha: b + 1, Beta: a}.Quantile(1 - alpha/2)
	}
	d.P = min(1, 2*distuv.Binomial{N: a + b, P: 0.5}.CDF(min(a, b)))
	// The chance of this sequence of wins when every share is as likely as any
	// other, B(a+1, b+1), against that at one half: a martingale when neither team
	// is better, so that it exceeds 1/α with a chance of α at most (Ville).
	d.AnytimeP = min(1, math.Exp(-(a+b)*math.Ln2-mathext.Lbeta(a+1, b+1)))
}

// duel counts the votes of the visitors of one interleaved arm.
func duel(arm string, teams [2]string, arms int, visitors []Visitor, alpha float64) Duel {
	d := Duel{Arm: arm, Teams: teams}
	for i := range visitors {
		v := &visitors[i]
		switch a, b := v.Credit[0], v.Credit[1]; {
		case v.Arm != arms:
		case a == 0 && b == 0:
			d.Idle++
		case a > b:
			d.Wins[0]++
		case b > a:
			d.Wins[1]++
		default:
			d.Ties++
		}
	}
	d.judge(alpha)
	return d
}
