package simulation

import (
	"math"
	"math/rand/v2"

	"sparrow/wasm/catalog"
)

// The latent worth of an item m to a person p is
//
//	worth = pull·appeal(m) + Σ_g taste(p,g)·in(m,g)/√|genres of m| + Σ_h hidden(p,h)·hidden(m,h)/√H
//
// of which no engine sees anything but what people do because of it. appeal is
// what the crowd agrees on; the tastes for genres scatter around those of the
// crowd; the hidden factors, which no genre shows, can only be learned from
// who chose what.
const (
	pull         = 0.9
	genreSpread  = 0.7 // standard deviation of a person's taste for a genre around the crowd's
	crowdSpread  = 0.7 // of the crowd's taste for a genre around 0
	hidden       = 4   // H
	hiddenSpread = 1.3 // of a person's liking of a hidden factor
)

// Era separates the people on whom the old ratings were collected from those who
// visit now.
type Era int

const (
	Then Era = iota
	Now
)

// World is a catalog and what its items are worth to people, in two eras. Read
// only once made.
type World struct {
	catalog *catalog.Catalog
	dice    dice
	appeal  [2][]float64      // [N] by era: mean 0, standard deviation 1
	crowd   [2][]float64      // [genres] by era: mean taste
	factors [][hidden]float64 // [N]
	young   []bool            // [N] came out after the old ratings
}

// Plan is how a world differs from what old data hold of it.
type Plan struct {
	Seed  uint64
	Shift float64 // 0: people like what they liked then; 1: the crowd's taste and what is famous are new
	Young float64 // share of the items that came out after the old ratings
}

// New returns a world over a catalog. Count is how many people chose each item
// then, nil when that is not known: the appeal of then follows it.
func New(c *catalog.Catalog, count []uint32, plan Plan) *World {
	n := c.Len()
	w := &World{catalog: c, dice: dice(plan.Seed), factors: make([][hidden]float64, n), young: make([]bool, n)}
	for era := range w.appeal {
		w.appeal[era] = make([]float64, n)
		w.crowd[era] = make([]float64, len(c.GenreNames))
	}
	keep := 1 - plan.Shift
	renew := math.Sqrt(1 - keep*keep) // so that the spread stays what it was
	for m := range n {
		r := w.dice.generator(ofItem, nameOf(string(c.IDs[m])))
		for h := range hidden {
			w.factors[m][h] = r.NormFloat64()
		}
		then, fresh := r.NormFloat64(), r.NormFloat64()
		w.young[m] = r.Float64() < plan.Young
		if count != nil {
			then = math.Log1p(float64(count[m]))
		}
		w.appeal[Then][m], w.appeal[Now][m] = then, fresh
	}
	standardize(w.appeal[Then])
	for m, fresh := range w.appeal[Now] {
		if !w.young[m] {
			w.appeal[Now][m] = keep*w.appeal[Then][m] + renew*fresh
		}
	}
	for g, name := range c.GenreNames {
		r := w.dice.generator(ofCrowd, nameOf(name))
		then, fresh := crowdSpread*r.NormFloat64(), crowdSpread*r.NormFloat64()
		w.crowd[Then][g], w.crowd[Now][g] = then, keep*then+renew*fresh
	}
	return w
}

// standardize shifts and scales v, in place, to mean 0 and standard deviation 1.
func standardize(v []float64) {
	var sum, squares float64
	for _, x := range v {
		sum += x
	}
	mean := sum / float64(len(v))
	for _, x := range v {
		squares += (x - mean) * (x - mean)
	}
	scale := 1.0
	if squares > 0 {
		scale = math.Sqrt(float64(len(v)) / squares)
	}
	for i := range v {
		v[i] = (v[i] - mean) * scale
	}
}

// taste is what one person likes.
type taste struct {
	genres []float64
	hidden [hidden]float64
}

// draw returns a person of an era.
func (w *World) draw(r *rand.Rand, era Era) taste {
	t := taste{genres: make([]float64, len(w.catalog.GenreNames))}
	for g := range t.genres {
		t.genres[g] = w.crowd[era][g] + genreSpread*r.NormFloat64()
	}
	for h := range t.hidden {
		t.hidden[h] = hiddenSpread * r.NormFloat64()
	}
	return t
}

// drift moves a taste by a random step of standard deviation step in every
// direction.
func (t *taste) drift(r *rand.Rand, step float64) {
	for g := range t.genres {
		t.genres[g] += step * r.NormFloat64()
	}
	for h := range t.hidden {
		t.hidden[h] += step * r.NormFloat64()
	}
}

// worth returns what item m is worth to t in an era.
func (w *World) worth(t *taste, m catalog.Row, era Era) float64 {
	v := pull * w.appeal[era][m]
	if of := w.catalog.Genres[m]; len(of) > 0 {
		sum := 0.0
		for _, g := range of {
			sum += t.genres[g]
		}
		v += sum / math.Sqrt(float64(len(of)))
	}
	sum := 0.0
	for h := range hidden {
		sum += t.hidden[h] * w.factors[m][h]
	}
	return v + sum/math.Sqrt(hidden)
}
