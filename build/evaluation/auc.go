package evaluation

import (
	"cmp"
	"math"
	"slices"
)

// AUC returns the area under the ROC curve: the share of pairs of a liked row and
// another one in which the liked one has the higher score, ties by half, exactly.
// It is NaN where one of the two is missing.
// Source: Hanley & McNeil, The meaning and use of the area under a receiver
// operating characteristic curve, Radiology 1982.
func AUC(scores []float64, labels []bool) float64 { return newRanking(scores, labels).auc() }

// PRAUC returns the area under the precision-recall curve as average precision:
// Σ (recall of this score and above - recall above it) · precision of this score and
// above, over the scores there are. Nothing is interpolated between them: a straight
// line would promise too much (Davis & Goadrich, The relationship between
// precision-recall and ROC curves, ICML 2006). It is NaN where nothing is liked.
func PRAUC(scores []float64, labels []bool) float64 { return newRanking(scores, labels).prAUC() }

// GAUC returns the mean of the users' own AUC, weighted by their rows, and how many
// users have rows of one label only and are left out. users[i] has row i.
// Source: Zhou et al., Deep interest network for click-through rate prediction, KDD
// 2018, section 6.3.
func GAUC(scores []float64, labels []bool, users []int) (gauc float64, oneClass int) {
	u := unitsOf(len(users), func(i int) int { return users[i] })
	values, weights, oneClass := aucByUser(scores, labels, u)
	var sum, rows float64
	for i, v := range values {
		sum += weights[i] * v
		rows += weights[i]
	}
	return sum / rows, oneClass
}

// aucByUser returns the users' AUC and their numbers of rows; both are 0 for a
// user with rows of one label only.
func aucByUser(scores []float64, labels []bool, u units) (values, weights []float64, oneClass int) {
	values, weights = make([]float64, u.users), make([]float64, u.users)
	for k, rows := range u.rows() {
		s, l := make([]float64, len(rows)), make([]bool, len(rows))
		for i, r := range rows {
			s[i], l[i] = scores[r], labels[r]
		}
		if auc := AUC(s, l); math.IsNaN(auc) {
			oneClass++
		} else {
			values[k], weights[k] = auc, float64(len(rows))
		}
	}
	return values, weights, oneClass
}

// rows returns for each user the values that are his, ascending.
func (u units) rows() [][]int32 {
	rows := make([][]int32, u.users)
	for i, k := range u.of {
		rows[k] = append(rows[k], int32(i))
	}
	return rows
}

// ranking is rows from the highest score down, in columns.
type ranking struct {
	row   []int32
	liked []bool
	ends  []int32 // where each run of equal scores ends
}

func newRanking(scores []float64, labels []bool) *ranking {
	r := &ranking{row: make([]int32, len(scores)), liked: make([]bool, len(scores))}
	for i := range r.row {
		r.row[i] = int32(i)
	}
	slices.SortFunc(r.row, func(a, b int32) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
	for i, row := range r.row {
		r.liked[i] = labels[row]
		if i+1 == len(r.row) || scores[row] != scores[r.row[i+1]] {
			r.ends = append(r.ends, int32(i+1))
		}
	}
	return r
}

func (r *ranking) auc() float64   { return r.aucOf(func(int) float64 { return 1 }) }
func (r *ranking) prAUC() float64 { return r.prAUCOf(func(int) float64 { return 1 }) }

// aucOf returns the AUC when the row at place i counts times(i).
func (r *ranking) aucOf(times func(i int) float64) float64 {
	var liked, others, pairs float64
	r.runs(times, func(l, o float64) {
		pairs += o * (liked + l/2)
		liked += l
		others += o
	})
	return pairs / (liked * others)
}

// prAUCOf returns the average precision when the row at place i counts times(i).
func (r *ranking) prAUCOf(times func(i int) float64) float64 {
	var liked, all, sum float64
	r.runs(times, func(l, o float64) {
		liked += l
		all += l + o
		if l > 0 {
			sum += l * liked / all
		}
	})
	return sum / liked
}

// runs calls each with how much the liked and the other rows of equal score
// count together, from the highest score down.
func (r *ranking) runs(times func(i int) float64, each func(liked, others float64)) {
	i := 0
	for _, end := range r.ends {
		var sums [2]float64
		for ; i < int(end); i++ {
			if r.liked[i] {
				sums[0] += times(i)
			} else {
				sums[1] += times(i)
			}
		}
		each(sums[0], sums[1])
	}
}
