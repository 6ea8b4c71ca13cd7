package lesson

import (
	"fmt"
	"math"
	"math/rand/v2"

	"sparrow/build/autodiff"
	"sparrow/build/dataset"
	"sparrow/build/stats"
	"sparrow/wasm/nn"
)

// plane are points of a plane with a label each; it implements [autodiff.Task].
type plane struct{ x, labels []float32 }

// quadrants returns n points that are labelled 1 where both numbers have the same sign: no straight
// line parts them.
func quadrants(n int) *plane {
	rng := rand.New(rand.NewPCG(3, 3))
	p := &plane{}
	for range n {
		a, b := 2*rng.Float32()-1, 2*rng.Float32()-1
		label := float32(0)
		if (a > 0) == (b > 0) {
			label = 1
		}
		p.x, p.labels = append(p.x, a, b), append(p.labels, label)
	}
	return p
}

// Encode implements [autodiff.Task].
func (p *plane) Encode(dst *nn.Batch, examples []int32, _ *rand.Rand) {
	for k, e := range examples {
		copy(dst.Numeric[2*k:], p.x[2*e:2*e+2])
	}
}

// Loss implements [autodiff.Task].
func (p *plane) Loss(t *autodiff.Tape, examples []int32) float64 {
	labels := make([]float32, len(examples))
	for k, e := range examples {
		labels[k] = p.labels[e]
	}
	return autodiff.Binary(t, t.Graph.Output, labels, nil)
}

// network returns a graph of two numbers and hidden layers of the given widths.
func network(widths ...int) *nn.Graph {
	b := nn.NewBuilder(2, nil, autodiff.Glorot(1))
	x := b.Op(nn.OpInput)
	if len(widths) > 0 {
		x = b.MLP("hidden", x, nn.OpReLU, 0, widths...)
	}
	return b.Finish(b.Linear("logit", x, 1))
}

// answers returns the probabilities of points by g.
func (p *plane) answers(g *nn.Graph) []float64 {
	t := autodiff.NewTape(g)
	var b nn.Batch
	autodiff.Resize(&b, g, len(p.x)/2)
	copy(b.Numeric, p.x)
	var all []float64
	for _, v := range t.Forward(&b, nil) {
		all = append(all, stats.Logistic(float64(v)))
	}
	return all
}

// right returns the share of the points that g is right about.
func (p *plane) right(g *nn.Graph) float64 {
	n := 0.0
	for i, v := range p.answers(g) {
		if (v > 0.5) == (p.labels[i] == 1) {
			n++
		}
	}
	return n / float64(len(p.labels))
}

// picture draws what graphs say of the plane, side by side: darker where the probability is higher.
func (p *Page) picture(names []string, graphs ...*nn.Graph) {
	const rows, cols = 10, 22
	p.shown++
	shades := []rune(" ░▒▓█")
	lines := make([]string, rows+1)
	for i, g := range graphs {
		grid := &plane{}
		for r := range rows {
			for c := range cols {
				grid.x = append(grid.x, 2*(float32(c)+0.5)/cols-1, 1-2*(float32(r)+0.5)/rows)
			}
		}
		lines[0] += fmt.Sprintf("  %-*s  ", cols+2, names[i])
		for at, v := range grid.answers(g) {
			if at%cols == 0 {
				lines[1+at/cols] += "  │"
			}
			lines[1+at/cols] += string(shades[min(4, int(v*5))])
			if at%cols == cols-1 {
				lines[1+at/cols] += "│  "
			}
		}
	}
	for _, l := range lines {
		p.line("%s", l)
	}
}

// neurons is lesson 03; it needs no data set.
func neurons(p *Page, _ *dataset.Dataset) error {
	p.Step("A neuron: a weighted sum, then an activation")
	w, x, bias := []float64{0.8, -0.5}, []float64{1, 0.4}, 0.1
	sum := w[0]*x[0] + w[1]*x[1] + bias
	p.Say("Inputs %.1f, weights %.1f and a bias of %.1f: the sum is %.2f. What comes out by each activation, for it and for other sums:", x, w, bias, sum)
	var rows [][]string
	for _, s := range []float64{-4, -1, 0, sum, 1, 4} {
		rows = append(rows, []string{fmt.Sprintf("%.2f", s), fmt.Sprintf("%.3f", max(0, s)), fmt.Sprintf("%.3f", stats.Logistic(s)), fmt.Sprintf("%.3f", math.Tanh(s))})
	}
	p.Table("sum|ReLU|sigmoid|tanh", rows...)

	p.Step("Before: points that no straight line parts")
	data := quadrants(400)
	var table [][]string
	for i := range 6 {
		table = append(table, cells(data.x[2*i], data.x[2*i+1], fmt.Sprint(data.labels[i])))
	}
	p.Table("first|second|label", table...)
	p.Say("The label of the %s is 1 where both numbers have the same sign.", count(len(data.labels), "point"))

	p.Step("Backpropagation: the gradient, twice")
	g := network(8)
	tape := autodiff.NewTape(g)
	all := make([]int32, len(data.labels))
	for i := range all {
		all[i] = int32(i)
	}
	loss := func() float64 {
		var b nn.Batch
		autodiff.Resize(&b, g, len(all))
		data.Encode(&b, all, nil)
		tape.Forward(&b, nil)
		return data.Loss(tape, all) / float64(len(all))
	}
	loss()
	tape.Backward()
	rows = nil
	worst := 0.0
	for at := range g.Params {
		q := &g.Params[at]
		gradient := float64(tape.Grad.Of(int32(at))[0]) / float64(len(all))
		const step = 1e-2
		was := q.Data[0]
		q.Data[0] = was + step
		above := loss()
		q.Data[0] = was - step
		below := loss()
		q.Data[0] = was
		numeric := (above - below) / (2 * step)
		worst = max(worst, math.Abs(gradient-numeric))
		rows = append(rows, []string{q.Name, fmt.Sprintf("%.5f", was), fmt.Sprintf("%.5f", gradient), fmt.Sprintf("%.5f", numeric)})
	}
	p.Table("first number of|value|by backpropagation|by moving it a little", rows...)
	p.Look("the last two columns say the same, to %.5f: how much the loss grows with the parameter. Backpropagation finds it for all parameters in one pass.", worst)

	p.Step("After: what the network has learned")
	line, before := network(), network(8)
	train := func(g *nn.Graph) ([]float64, error) {
		curve, err := autodiff.Train(p.ctx, g, len(all), data, autodiff.Options{Epochs: 60, Batch: 20, LearningRate: 0.02, Rule: autodiff.DefaultRule, Seed: 1}, nil, nil)
		var losses []float64
		for _, c := range curve {
			losses = append(losses, c.Train)
		}
		return losses, err
	}
	if _, err := train(line); err != nil {
		return err
	}
	losses, err := train(g)
	if err != nil {
		return err
	}
	p.Curve("loss of the network with a hidden layer in nats, pass by pass", losses)
	p.picture([]string{"before", "no hidden layer", "8 hidden neurons"}, before, line, g)
	p.Look("dark is a probability near 1. Right are %.0f %% before, %.0f %% with a line alone, and %.0f %% with 8 hidden neurons.", 100*data.right(before), 100*data.right(line), 100*data.right(g))
	return nil
}
