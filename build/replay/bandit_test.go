package replay

import (
	"math"
	"math/rand/v2"
	"testing"

	"sparrow/wasm/bandit"
)

// rounds draws visits with five arms and shows one; chance tells how an arm is liked.
func rounds(n int, seed uint64) (log []Round, chance func(x []float32) float64) {
	rng := rand.New(rand.NewPCG(seed, 1))
	theta := []float64{0.3, -0.2, 0.1}
	chance = func(x []float32) float64 {
		p := 0.4
		for i, v := range x {
			p += theta[i] * float64(v)
		}
		return min(1, max(0, p))
	}
	for range n {
		r := Round{Shown: rng.IntN(5)}
		for range 5 {
			r.Arms = append(r.Arms, []float32{float32(rng.NormFloat64()), float32(rng.NormFloat64()), float32(rng.NormFloat64())})
		}
		if rng.Float64() < chance(r.Arms[r.Shown]) {
			r.Reward = 1
		}
		log = append(log, r)
	}
	return log, chance
}

// TestBanditReplaysAsIfLive compares the estimate with what the same policy earns when it
// is live for as many visits, over thirty logs.
func TestBanditReplaysAsIfLive(t *testing.T) {
	for name, make := range map[string]func() bandit.Policy{
		"ε-greedy": func() bandit.Policy { return bandit.EpsilonGreedy{Linear: bandit.NewLinear(3, 1), Epsilon: 0.1} },
		"LinUCB":   func() bandit.Policy { return bandit.LinUCB{Linear: bandit.NewLinear(3, 1), Alpha: 0.5} },
		"Thompson": func() bandit.Policy { return bandit.Thompson{Linear: bandit.NewLinear(3, 1), V: 0.3} },
	} {
		var sum, squares float64
		const logs = 30
		for seed := range uint64(logs) {
			log, chance := rounds(4000, seed)
			rng := rand.New(rand.NewPCG(seed, 2))
			replayed, n := Bandit(make(), log, rng)
			if n < 600 || n > 1000 {
				t.Fatalf("%s: %d of 4000 rounds are left, want about a fifth", name, n)
			}
			live, earned := make(), 0.0
			visits, _ := rounds(n, seed+1000)
			for _, r := range visits {
				x := r.Arms[live.Choose(r.Arms, rng)]
				earned += chance(x)
				reward := float32(0)
				if rng.Float64() < chance(x) {
					reward = 1
				}
				live.Learn(x, reward)
			}
			d := replayed - earned/float64(n)
			sum, squares = sum+d, squares+d*d
		}
		mean := sum / logs
		if half := 3 * math.Sqrt((squares/logs-mean*mean)/(logs-1)); math.Abs(mean) > half {
			t.Errorf("%s: replay is off by %.4f, more than chance explains (%.4f)", name, mean, half)
		}
	}
}
