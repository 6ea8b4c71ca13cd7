package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// magazine returns a music magazine with 6,000 records, of which neither genres nor years
// are known, and what 4,000 of its readers heard and read there: plays with their number
// and seconds, reviews with the share that was read, and likes. How it comes about:
//
//   - An artist belongs to one of 60 scenes, and one of four to a second one, and lies
//     somewhere in it; their records are near. Popularity follows a power law.
//   - A reader has one to four scenes in unequal shares and a place in each, whose
//     neighbours they like more. One of five records is what everybody hears.
//   - What they like they hear for longer, in full and again.
func (o Options) magazine() (items, interactions table) {
	r := rand.New(rand.NewPCG(o.Seed, 0x6d75736963))
	m := newRecords(r, orElse(o.Items, 6_000))
	var acts []act
	for user := range orElse(o.People, 4_000) {
		acts = append(acts, m.listener(user)...)
	}
	return m.items(), sorted(acts, m.id)
}

const scenes = 60

// record is one of an artist.
type record struct {
	artist, title, label string
	form                 string
	scenes               []int
	place                float64 // in its scenes, on a circle
}

// records are the catalog, and what draws from it.
type records struct {
	r      *rand.Rand
	list   []record
	weight []float64
	all    *drawn
	scene  *drawn
	of     [scenes][]int
}

var (
	bands = [2][]string{
		words("Black Silver Velvet Broken Electric Paper Northern Golden Slow Quiet Crystal Neon Wild Hollow Distant Iron Pale Secret Burning Second"),
		words("Rivers Wolves Mirrors Gardens Engines Saints Tides Lanterns Foxes Satellites Parade Letters Orchard Cathedral Harbour Machines Ghosts Season Pilots Choir"),
	}
	albums = [2][]string{
		words("Songs_for Letters_to Nights_in Maps_of Echoes_of Return_to Leaving After Under Beyond Ballads_of Postcards_from Variations_on Live_at Rooms_of"),
		words("Winter the_Sea Nowhere Berlin the_Moon Strangers Sunday Electricity Home Glass the_Valley Tomorrow Silence Lisbon Fire the_Station Rain Two_Voices Gravity the_Islands"),
	}
	labels  = words("Tonstein Little_Harbour Blue_Needle Kassette Nachtfalter Side_B Low_Ceiling Offbeat_Union")
	formats = words("LP CD EP Cassette Download")
)

func newRecords(r *rand.Rand, n int) *records {
	m := &records{r: r, scene: drawnOf(upTo(scenes), powerLaw(r, scenes, .7, 5))}
	names := map[string]bool{}
	for len(m.list) < n {
		name := of(r, bands[0]) + " " + of(r, bands[1])
		if r.IntN(3) > 0 { // someone under their own name
			l := &languages[r.IntN(2)]
			name = of(r, l.first) + " " + of(r, l.last)
		}
		if names[name] {
			continue
		}
		names[name] = true
		in := []int{m.scene.next(r)}
		if s := m.scene.next(r); r.IntN(4) == 0 && s != in[0] {
			in = append(in, s)
		}
		place, label, titles := r.Float64(), of(r, labels), map[string]bool{}
		for range min(times(r, 1, .7), n-len(m.list), 12) {
			title := of(r, albums[0]) + " " + of(r, albums[1])
			for titles[title] {
				title = of(r, albums[0]) + " " + of(r, albums[1])
			}
			titles[title] = true
			at := math.Mod(place+.03*r.NormFloat64()+1, 1)
			m.list = append(m.list, record{name, title, label, of(r, formats), in, at})
		}
	}
	m.weight = powerLaw(r, n, .8, 20)
	m.all = drawnOf(upTo(n), m.weight)
	for i := range m.list {
		for _, s := range m.list[i].scenes {
			m.of[s] = append(m.of[s], i)
		}
	}
	return m
}

// listener returns what a new reader did.
func (m *records) listener(user int) (acts []act) {
	r := m.r
	var likes []*drawn
	var shares []float64
	for i := range 1 + r.IntN(4) {
		s, at := m.scene.next(r), r.Float64()
		near := make([]float64, len(m.list))
		for _, k := range m.of[s] {
			away := math.Abs(m.list[k].place - at)
			near[k] = m.weight[k] * math.Exp(-12*min(away, 1-away))
		}
		if d := drawnOf(m.of[s], near); d != nil {
			likes, shares = append(likes, d), append(shares, 1/float64(i+1))
		}
	}
	pick := drawnOf(upTo(len(likes)), shares)
	for _, at := range moments(r, times(r, 3, .9)) {
		for range times(r, 1, .72) {
			at += 60 + int64(600*r.ExpFloat64())
			k, liked := m.all.next(r), .25
			if pick != nil && r.IntN(5) > 0 {
				k, liked = likes[pick.next(r)].next(r), 1
			}
			do := func(kind, value, quantity string) {
				acts = append(acts, act{user: user, item: k, at: min(at, ends), kind: kind, value: value, quantity: quantity})
			}
			if r.IntN(4) == 0 {
				do("read", fmt.Sprintf("%.2f", math.Pow(r.Float64(), .4/liked)), "")
			}
			seconds := int(240 * liked * math.Exp(.8*r.NormFloat64()))
			do("play", strconv.Itoa(seconds), strconv.Itoa(times(r, 1, .4*liked)))
			if r.Float64() < .08*liked {
				do("like", "", "")
			}
		}
	}
	return acts
}

func (m *records) id(k int) string { return fmt.Sprintf("rec-%05d", k+1) }

// items returns items.csv.
func (m *records) items() table {
	t := table{{"item_id", "title", "artist", "label", "catalog_number", "format", "image", "url"}}
	for k, x := range m.list {
		number := strings.ToUpper(x.label[:2]) + "-" + strconv.Itoa(1000+k)
		t = append(t, []string{m.id(k), x.artist + " – " + x.title, x.artist, x.label, number, x.form, "sleeves/" + m.id(k) + ".jpg", "https://magazine.example/records/" + m.id(k)})
	}
	return t
}
