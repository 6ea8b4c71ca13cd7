package dataset

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// ListeningLog returns a made-up log of the shape of Last.fm's as sequential
// recommenders are measured on it: 1,090 listeners with 48 artists each, 3,600
// artists, none with fewer than five. How it comes about:
//
//   - An artist belongs to one of 60 scenes and lies somewhere in it, and one of four
//     in a second scene; their popularity follows a power law.
//   - A listener has one to four scenes in unequal shares and a place in each, whose
//     neighbours they like more; one of three artists is drawn from all.
//   - The order is drawn by lot: it says nothing.
//
// Artists have no genres.
func ListeningLog(seed uint64) *Dataset {
	const artists, scenes, users, stray = 6200, 60, 1090, .36
	r := rand.New(rand.NewPCG(seed, 0x6c697374656e))
	weight := powerLaw(r, artists, .9, 12)
	place := make([]float64, artists) // in the scene, on a circle
	of := make([][]int, scenes)
	var all, sceneOf wheel
	for s, w := range powerLaw(r, scenes, .8, 4) {
		sceneOf.add(s, w)
	}
	for m := range artists {
		place[m] = r.Float64()
		all.add(m, weight[m])
		s := sceneOf.draw(r)
		of[s] = append(of[s], m)
		if t := sceneOf.draw(r); r.IntN(4) == 0 && t != s {
			of[t] = append(of[t], m)
		}
	}
	w := drawn{name: "Listening log", title: func(m int) string { return fmt.Sprintf("Artist %d", m+1) }}
	for range users {
		var likes, share = []wheel{}, wheel{}
		for i := range 1 + r.IntN(4) {
			s, at := sceneOf.draw(r), r.Float64()
			var near wheel
			for _, m := range of[s] {
				away := math.Abs(place[m] - at)
				away = min(away, 1-away)
				near.add(m, weight[m]*math.Exp(-12*away))
			}
			if len(near.items) > 0 {
				share.add(len(likes), 1/float64(i+1))
				likes = append(likes, near)
			}
		}
		var list []int
		n := 33 + r.IntN(45)
		for tries := 0; len(list) < n && tries < 20*n; tries++ {
			m := all.draw(r)
			if len(likes) > 0 && r.Float64() > stray {
				m = likes[share.draw(r)].draw(r)
			}
			if !slices.Contains(list, m) {
				list = append(list, m)
			}
		}
		r.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
		w.users = append(w.users, list)
	}
	w.at = func(_, k int) uint32 { return 1_300_000_000 + uint32(k)*3600 }
	return w.dataset()
}
