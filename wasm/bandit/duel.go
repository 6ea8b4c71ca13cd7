package bandit

import "math/rand/v2"

// Duel learns the last layer of a ranker on the device by dueling bandit gradient
// descent: the weights w are disturbed to w' = w + Alpha·r ∘ w with r uniform in ±1, lists by both
// are interleaved, and if the visitor turns more often to what w' put there, w moves towards it, w += Eta·(w' -
// w). No reward has to be estimated, and the gradient is what visitors prefer. Sources: Zheng et al.,
// "DRN: a deep reinforcement learning framework for news recommendation", WWW 2018, section
// 4.3, equation 8; Yue and Joachims, "Interactively optimizing information retrieval systems as a
// dueling bandits problem", ICML 2009. There the whole network is disturbed; ours only the last layer,
// which a profile can keep. It stays within Reach of what was shipped: a few odd clicks
// cannot take a ranker apart.
type Duel struct {
	Shipped []float32 // weights as they came, [H]
	Weights []float32 // weights as they are now, [H]: all there is to keep
	Alpha   float32   // how far the explorer goes, as a share of each weight
	Eta     float32   // how far w follows a winner
	Reach   float32   // most that a weight may differ from the one shipped, as a share of the largest of those
}

// NewDuel returns a duel that begins with the weights that were shipped.
func NewDuel(shipped []float32) *Duel {
	return &Duel{Shipped: shipped, Weights: append([]float32(nil), shipped...), Alpha: 0.3, Eta: 0.2, Reach: 0.5}
}

// Explorer returns disturbed weights. A weight of 0 is disturbed as one of a tenth of the
// largest would be, so that it can come to life.
func (d *Duel) Explorer(rng *rand.Rand) []float32 {
	least := 0.1 * largest(d.Shipped)
	w := make([]float32, len(d.Weights))
	for i, v := range d.Weights {
		w[i] = v + d.Alpha*(2*rng.Float32()-1)*max(v, -v, least)
	}
	return w
}

// Learn tells whether the explorer's list won its duel. A draw or a loss changes nothing.
func (d *Duel) Learn(explorer []float32, won bool) {
	if !won {
		return
	}
	reach := d.Reach * largest(d.Shipped)
	for i, v := range explorer {
		w := d.Weights[i] + d.Eta*(v-d.Weights[i])
		d.Weights[i] = min(max(w, d.Shipped[i]-reach), d.Shipped[i]+reach)
	}
}

// largest returns the largest magnitude.
func largest(w []float32) float32 {
	var top float32
	for _, v := range w {
		top = max(top, v, -v)
	}
	return top
}
