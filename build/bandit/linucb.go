package bandit

// LinUCB has a linear model for each of A arms over what it is told of the visitor,
// and scores an arm by what it might well be worth to them:
//
//	θ_a·x + α·√(xᵀ·A_a⁻¹·x)
//
// Source: Li, Chu, Langford & Schapire, A contextual-bandit approach to personalized
// news article recommendation, WWW 2010, algorithm 1 (disjoint linear models), whose
// ridge λ is 1.
type LinUCB struct {
	alpha float32
	arms  []*Linear
}

// NewLinUCB returns the policy for so many arms and visitors described by [D] numbers.
// Alpha is how many standard deviations of the noise it hopes for; it is not for
// concurrent use.
func NewLinUCB(arms, width int, alpha float32) *LinUCB {
	u := &LinUCB{alpha: alpha}
	for range arms {
		u.arms = append(u.arms, NewLinear(make([]float32, width), 1))
	}
	return u
}

// Scores stores the bound of each arm for a visitor x, [D], in dst, [A].
func (u *LinUCB) Scores(dst, x []float32) {
	for a, l := range u.arms {
		dst[a] = l.Mean(x) + float32(u.alpha*l.Width(x))
	}
}

// Learn notes what an arm brought when it was shown to visitor x.
func (u *LinUCB) Learn(arm int, x []float32, reward float32) { u.arms[arm].Learn(x, reward) }

// State returns what was learned, [A×(D+D²)], arm by arm.
func (u *LinUCB) State() []float32 {
	var all []float32
	for _, l := range u.arms {
		all = append(all, l.State()...)
	}
	return all
}

// Restore replaces what was learned by what State once returned. It reports false and
// changes nothing when that cannot be it.
func (u *LinUCB) Restore(state []float32) bool {
	each := len(u.arms[0].state)
	if len(state) != each*len(u.arms) || !finite(state) {
		return false
	}
	for a, l := range u.arms {
		copy(l.state, state[a*each:])
	}
	return true
}
