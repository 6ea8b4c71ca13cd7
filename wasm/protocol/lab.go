package protocol

// Models that make a list with any bundle, for Request.Model of LabList.
const (
	ModelRanked    = "ranked"    // the visitor's list, as Recommend makes it where no experiment shares it between two arms
	ModelRetrieved = "retrieved" // the candidates in the order and with the scores of retrieval
	ModelTaste     = "taste"     // like ModelRanked, with taste as the only source of candidates
	ModelPopular   = "popular"   // the best known items of which the visitor has no opinion
)

// LabModels are those that any bundle has, the usual one first. A bundle may
// carry more: Answer.Models has them all.
var LabModels = []string{ModelRanked, ModelRetrieved, ModelTaste, ModelPopular}

// Stages are the parts of the work on a list, in the order of the work. Both
// columns are equally long.
type Stages struct {
	Names        []string  // "retrieve", "rank", "diversify" (dislikes, variety, exploration), "reasons"
	Milliseconds []float32 // what each took
}

// Curve is how well an approximate search finds the 10 items nearest by taste:
// means over its queries, 0 to 1, for 1, 2, … probed cells up to all of them.
// Both columns are equally long.
type Curve struct {
	Recall   []float32 // share of the exact answer that is found
	Compared []float32 // share of the catalog that a query is compared with
}

// Points are where items lie on a plane: along the first two principal
// components of their vectors, which are of unit length, about the mean: -2 to
// 2. Both columns are equally long.
type Points struct {
	X []float32
	Y []float32 // upwards
}

// even reports whether the columns of a that belong together are equally long.
func (a *Answer) even() bool {
	return len(a.Stages.Names) == len(a.Stages.Milliseconds) &&
		len(a.Curve.Recall) == len(a.Curve.Compared) && len(a.Points.X) == len(a.Points.Y)
}
