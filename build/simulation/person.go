package simulation

import (
	"math"

	"sparrow/build/stats"
	"sparrow/wasm/catalog"
)

// What people do with a list. A person examines position i with probability
// i^-bias, whatever stands there, and follows an examined item with
// probability
//
//	σ(worth - reluctance) · tired^shown · weary^same · (seen it ? again : 1)
//
// where shown counts the earlier lists that showed it to them and same the cards
// of its genre that they saw in this visit. A person who followed is satisfied with
// probability σ(worth - demand).
const (
	bias       = 0.7
	reluctance = 2.6
	demand     = 0.8
	tired      = 0.85
	weary      = 0.985
	again      = 0.05
	outspoken  = 0.45 // share of followed items on which people give an opinion
	meanStars  = 3.4
	starsSlope = 0.55 // stars per unit of worth
	starsNoise = 0.5
	dailyDrift = 0.05
)

// person is one visitor: their taste of today and what they remember.
type person struct {
	w        *World
	number   uint64 // names them in the dice
	taste    taste
	shown    map[catalog.Row]int  // lists that showed the item
	followed map[catalog.Row]bool // items whose page they opened
	genres   []int                // cards of each genre in this visit
	visit    uint64
	day      int
}

func (w *World) person(number int) *person {
	p := &person{
		w: w, number: uint64(number), shown: map[catalog.Row]int{}, followed: map[catalog.Row]bool{},
		genres: make([]int, len(w.catalog.GenreNames)),
	}
	p.taste = w.draw(w.dice.generator(ofPerson, p.number), Now)
	return p
}

// begin starts visit v on a day.
func (p *person) begin(v, day int) {
	for ; p.day < day; p.day++ {
		p.taste.drift(p.w.dice.generator(ofDrift, p.number, uint64(p.day)), dailyDrift)
	}
	p.visit = uint64(v)
	clear(p.genres)
}

// examination is the probability that people look at a position; 1 is the first.
func examination(position int) float64 { return math.Pow(float64(position), -bias) }

// appetite is the probability that p follows item m once they look at it.
func (p *person) appetite(m catalog.Row) float64 {
	a := stats.Logistic(p.w.worth(&p.taste, m, Now)-reluctance) * math.Pow(tired, float64(p.shown[m]))
	if of := p.w.catalog.Genres[m]; len(of) > 0 {
		same := 0
		for _, g := range of {
			same += p.genres[g]
		}
		a *= math.Pow(weary, float64(same)/float64(len(of)))
	}
	if p.followed[m] {
		a *= again
	}
	return a
}

// satisfaction is the probability that p is content with item m.
func (p *person) satisfaction(m catalog.Row) float64 {
	return stats.Logistic(p.w.worth(&p.taste, m, Now) - demand)
}

// Value is what a list is worth to p now: the expected number of items in it
// that they will follow and be satisfied with.
func (p *person) value(list []catalog.Row) float64 {
	v := 0.0
	for i, m := range list {
		v += examination(i+1) * p.appetite(m) * p.satisfaction(m)
	}
	return v
}

// see notes that a list showed item m.
func (p *person) see(m catalog.Row) {
	p.shown[m]++
	for _, g := range p.w.catalog.Genres[m] {
		p.genres[g]++
	}
}

// chance draws for p and item m in a round of this visit.
func (p *person) chance(of purpose, round int, m catalog.Row) float64 {
	return p.w.dice.uniform(of, p.number, p.visit, uint64(round), nameOf(string(p.w.catalog.IDs[m])))
}

// follows decides whether p follows item m at a position; lift multiplies the
// probability.
func (p *person) follows(m catalog.Row, position, round int, lift float64) bool {
	looks := p.w.dice.uniform(ofExamination, p.number, p.visit, uint64(round), uint64(position))
	return looks < examination(position) && p.chance(ofClick, round, m) < lift*p.appetite(m)
}

// verdict is a person's opinion of an item; Rated, it has stars.
type verdict int

const (
	silent verdict = iota
	rated
	liked
	disliked
	unwanted
)

// judge decides what p says of item m, which they have just followed.
func (p *person) judge(m catalog.Row, round int) (verdict, float32) {
	content := p.chance(ofSatisfaction, round, m) < p.satisfaction(m)
	switch say := p.chance(ofSaying, round, m) / outspoken; {
	case say >= 1:
		return silent, 0
	case content && say < 0.5:
		return liked, 0
	case !content && say < 0.25:
		return disliked, 0
	case !content && say < 0.4:
		return unwanted, 0
	}
	return rated, p.stars(m)
}

// stars is how many stars p gives item m.
func (p *person) stars(m catalog.Row) float32 {
	r := p.w.dice.generator(ofStars, p.number, nameOf(string(p.w.catalog.IDs[m])))
	return stars(p.w.worth(&p.taste, m, Now), r.NormFloat64())
}

// loved returns n items that p has seen elsewhere and holds dear.
func (p *person) loved(n int) []catalog.Row {
	r := p.w.dice.generator(ofMemory, p.number, p.visit)
	return p.w.choose(r, &p.taste, Now, n)
}

// stars turns worth into stars in halves; noise is standard normal.
func stars(worth, noise float64) float32 {
	s := meanStars + starsSlope*worth + starsNoise*noise
	return float32(math.Round(2*min(max(s, 0.5), 5))) / 2
}
