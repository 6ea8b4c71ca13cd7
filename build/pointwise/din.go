package pointwise

import "sparrow/wasm/nn"

// DIN weighs each item h of the user's history by how much it tells about the
// candidate c, before it sums them up:
//
//	a_t = MLP([h_t - c, h_t, c, h_t ∘ c]),  user = Σ_t a_t·h_t
//
// without a softmax, so that a user with much of a taste has more of it. Source:
// Zhou et al., "Deep interest network for click-through rate prediction", KDD 2018,
// equation 3; the inputs of the activation unit are those of Sparrow RecSys. Their
// history is of clicks; ours also knows what was not liked, so h is the item's
// vector plus one of the stars that it was given. PReLU as in their base; no Dice.
var DIN = Model{Name: "DIN", Source: "Zhou et al., KDD 2018", File: "build/pointwise/din.go", Build: func(b *nn.Builder, in *Inputs, opt Options) Heads {
	f := newFields(b, in, opt.Width)
	h, mask := f.events(b, in, opt.Width)
	c := b.OpN(nn.OpRepeat, b.Shape(h).Steps, f.item)
	unit := b.Op(nn.OpConcat, b.Op(nn.OpSub, h, c), h, c, b.Op(nn.OpMul, h, c))
	a := b.Linear("attention", b.MLP("activation", unit, nn.OpPReLU, 0, 32), 1)
	user := b.Op(nn.OpWeightedSum, b.Op(nn.OpMul, a, mask), h)
	return Heads{Logit: deepPReLU(b, f.flat(b, user, b.Op(nn.OpMul, user, f.item)), opt)}
}}

// events returns the vectors of the user's history, [B·L×D], and its mask.
func (f *fields) events(b *nn.Builder, in *Inputs, width int) (events, mask int32) {
	stars := b.Embed(in.Stars, b.Table("stars", in.Stars, width))
	return b.Op(nn.OpAdd, b.Embed(in.History, f.items), stars), b.OpN(nn.OpPresent, in.History)
}

func deepPReLU(b *nn.Builder, x int32, opt Options) int32 {
	return b.Linear("logit", b.MLP("deep", x, nn.OpPReLU, opt.Dropout, opt.Hidden...), 1)
}
