package pointwise

import "sparrow/wasm/nn"

// NeuralCF puts two views of user and item side by side, a generalized matrix
// factorization and fully connected layers, each with vectors of its own:
//
//	logit = w·[p ∘ q, MLP([p', q', c]), c] + b,  c = μ + b_user + b_movie
//
// Source: He et al., "Neural collaborative filtering", WWW 2017, equation 12. Their
// p is a row of a table of users; ours is the mean of the vectors of the items
// that the user liked last, as in FISM, so that strangers have one too. What such a row
// also learns, how high its user rates, comes as c, the baseline predictor of Koren, Bell
// and Volinsky, IEEE Computer 2009: without it the model stays below two averages added
// up. The README of this folder has the figures. Like theirs it sees nothing but who
// rated what: no genres, no years, no trends.
var NeuralCF = Model{Name: "NeuralCF", Source: "He et al., WWW 2017", File: "build/pointwise/neuralcf.go", Build: func(b *nn.Builder, in *Inputs, opt Options) Heads {
	view := func(name string) (user, item int32) {
		liked, items := b.Table(name+" liked", in.Recent, opt.Width), b.Table(name+" movies", in.Item, opt.Width)
		pooled := history(b, in, b.Embed(in.History, liked), opt.Width, name)
		return pooled, b.Embed(in.Item, items)
	}
	p, q := view("gmf")
	u, v := view("mlp")
	baseline := b.Steps(b.OpN(nn.OpReshape, in.Numeric, b.Op(nn.OpInput)), in.Baseline, in.Baseline+1)
	mlp := b.MLP("deep", b.Op(nn.OpConcat, u, v, baseline), nn.OpReLU, opt.Dropout, opt.Hidden...)
	return Heads{Logit: b.Linear("logit", b.Op(nn.OpConcat, b.Op(nn.OpMul, p, q), mlp, baseline), 1)}
}}

// history returns the mean over a user's history of the items' vectors, each
// times a learned vector of the stars that they gave it: [B×D].
func history(b *nn.Builder, in *Inputs, events int32, width int, name string) int32 {
	stars := b.Embed(in.Stars, b.Table(name+" stars", in.Stars, width))
	return b.Op(nn.OpMeanSteps, b.Op(nn.OpMul, events, stars), b.OpN(nn.OpPresent, in.History))
}
