package simulation

// Played is what a policy's visits came to. Values are expectations over the clicks of
// what was shown, so that the luck of the clicks counts only through what was learned.
type Played struct {
	Reward float64   // Σ expected clicks
	Clicks int       // that happened
	Parts  []int     // [parts] visits in each part
	Regret []float64 // [parts] Σ over a part of the visits: expected clicks of the best choice for the guest, minus those of the one shown
}

// parts are how many the visits are cut into, in their order, to see regret flatten.
const parts = 10

// Play lets a policy fill the slot with k arms for so many visits. A sequence is who
// comes and what they would click: the same for every policy.
func (s *Slot) Play(name string, k, visits int, sequence uint64) Played {
	return s.play(s.policy(name, sequence), k, visits, sequence)
}

func (s *Slot) play(p policy, k, visits int, sequence uint64) Played {
	out := Played{Parts: make([]int, parts), Regret: make([]float64, parts)}
	clicked := make([]bool, 0, k)
	for t := range visits {
		g := s.arrival(sequence, uint64(t))
		shown := p.choose(g, k)
		worth := g.worth(shown)
		out.Reward += worth
		part := t * parts / visits
		out.Parts[part]++
		out.Regret[part] += g.worth(best(g.appetite, k)) - worth
		clicked = clicked[:0]
		for _, a := range shown {
			c := s.clicked(g, sequence, uint64(t), a)
			clicked = append(clicked, c)
			if c {
				out.Clicks++
			}
		}
		p.learn(g, shown, clicked)
	}
	return out
}

// Logged is visit i of a sequence when the arm is drawn with even chances: what replay
// needs, see Li et al., WSDM 2011.
func (s *Slot) Logged(sequence uint64, i int) (arm int, reward float64) {
	t := uint64(i)
	arm = int(s.dice.uniform(ofArms, sequence, t) * float64(s.arms))
	if s.clicked(s.arrival(sequence, t), sequence, t, arm) {
		return arm, 1
	}
	return arm, 0
}

// Learner is a policy that is shown the visits of a logged sequence, one arm at a time.
type Learner struct {
	slot     *Slot
	sequence uint64
	policy   policy
}

// Learner returns a policy that has learned nothing, by its name, for a logged sequence.
func (s *Slot) Learner(name string, sequence uint64) *Learner {
	return &Learner{s, sequence, s.policy(name, sequence)}
}

// Choose returns the arm that the policy would show at visit i.
func (l *Learner) Choose(i int) int {
	return l.policy.choose(l.slot.arrival(l.sequence, uint64(i)), 1)[0]
}

// Learn reports what the arm brought at visit i, for which it was the last one chosen.
func (l *Learner) Learn(i, arm int, reward float64) {
	l.policy.learn(l.slot.arrival(l.sequence, uint64(i)), []int{arm}, []bool{reward > 0})
}
