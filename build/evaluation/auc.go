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
func AUC(scores []float64, labels []bool) float64 {
	auc, _ := newRanking(scores, labels, nil).areas(ones(1))
	return auc
}

// aucByUser returns the users' AUC and their numbers of rows; both are 0 for a
// user with rows of one label only, and oneClass counts those. The mean of the
// former, weighted by the latter, is GAUC: Zhou et al., Deep interest network for
// click-through rate prediction, KDD 2018, section 6.3.
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

// rows returns for each user the values that are theirs, ascending.
func (u units) rows() [][]int32 {
	rows := make([][]int32, u.users)
	for i, k := range u.of {
		rows[k] = append(rows[k], int32(i))
	}
	return rows
}

// ranking is rows from the highest score down, in columns.
type ranking struct {
	user  []int32   // whose row it is
	liked []float32 // 1 or 0
	ends  []int32   // where each run of equal scores ends
}

// newRanking sorts rows, row i being of users[i]; nil: all are of user 0.
func newRanking(scores []float64, labels []bool, users []int) *ranking {
	order := make([]int32, len(scores))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
	r := &ranking{user: make([]int32, len(order)), liked: make([]float32, len(order))}
	for i, row := range order {
		if labels[row] {
			r.liked[i] = 1
		}
		if users != nil {
			r.user[i] = int32(users[row])
		}
		if i+1 == len(order) || scores[row] != scores[order[i+1]] {
			r.ends = append(r.ends, int32(i+1))
		}
	}
	return r
}

// areas returns the areas under the ROC curve and under the precision-recall curve
// when each row of user u counts times[u]. The latter is average precision: Σ (recall
// of this score and above - recall above it) · precision of this score and above, over
// the scores there are. Nothing is interpolated between them: a straight line would
// promise too much (Davis & Goadrich, The relationship between precision-recall and
// ROC curves, ICML 2006). It is NaN where nothing is liked, as the former is where one
// of the labels is missing.
func (r *ranking) areas(times []float64) (auc, pr float64) {
	var liked, all, pairs, sum float64
	i := int32(0)
	for _, end := range r.ends {
		var l, n float64 // of the run: what is liked, and all
		for ; i < end; i++ {
			w := times[r.user[i]]
			l += w * float64(r.liked[i])
			n += w
		}
		pairs += (n - l) * (liked + l/2)
		liked += l
		all += n
		if l > 0 {
			sum += l * liked / all
		}
	}
	return pairs / (liked * (all - liked)), sum / liked
}
