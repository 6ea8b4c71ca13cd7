package pointwise

import "sparrow/wasm/nn"

// Inputs says what the inputs of the graphs are. Fields are indices into Categorical.
type Inputs struct {
	Numeric     int // F standardized features
	Baseline    int // the one of them that is what item and user get and give on average
	Categorical []nn.Field

	Item       int   // the candidate
	ItemGenres int   // multi-hot
	UserGenres int   // multi-hot: genres that the user liked most
	Recent     int   // the last items that the user liked, same vocabulary as Item
	History    int   // the last L items, liked or not, newest first, same vocabulary as Item
	Stars      int   // how the user liked each of History, as a level
	Buckets    []int // numeric features, cut at quantiles
	Crossed    int   // candidate × newest liked item, hashed
}

// Options are the widths of a model.
type Options struct {
	Width   int     // D, of all embeddings
	Hidden  []int   // widths of the deep layers
	Dropout float32 // behind each of them
}

// fields are the categorical inputs as vectors, [B×D] each: what the models
// with products between fields multiply. Items and genres have one table each,
// whether they are the candidate's or the user's; several ids are averaged.
type fields struct {
	item, itemGenres, userGenres, recent int32
	buckets                              []int32
	items                                int32 // the table
}

func newFields(b *nn.Builder, in *Inputs, width int) fields {
	items, genres := b.Table("movies", in.Item, width), b.Table("genres", in.ItemGenres, width)
	f := fields{
		item:       b.Embed(in.Item, items),
		itemGenres: mean(b, in.ItemGenres, genres),
		userGenres: mean(b, in.UserGenres, genres),
		recent:     mean(b, in.Recent, items),
		items:      items,
	}
	for _, at := range in.Buckets {
		f.buckets = append(f.buckets, b.Embed(at, b.Table("bucket "+in.Categorical[at].Name, at, width)))
	}
	return f
}

// mean averages the rows of table by the ids of a field: [B×D].
func mean(b *nn.Builder, field int, table int32) int32 {
	return b.Op(nn.OpMeanSteps, b.Embed(field, table), b.OpN(nn.OpPresent, field))
}

// all returns the vectors, the four of ids first.
func (f *fields) all() []int32 {
	return append([]int32{f.item, f.itemGenres, f.userGenres, f.recent}, f.buckets...)
}

// stacked returns the vectors as steps: [B·fields×D].
func (f *fields) stacked(b *nn.Builder) int32 {
	all := f.all()
	return b.OpN(nn.OpReshape, len(all), b.Op(nn.OpConcat, all...))
}

// flat returns numeric features and vectors side by side.
func (f *fields) flat(b *nn.Builder, more ...int32) int32 {
	return b.Op(nn.OpConcat, append(append([]int32{b.Op(nn.OpInput)}, f.all()...), more...)...)
}

// linear returns w·x + w₀ over all inputs, one weight an id and one a numeric
// feature: the first order of every model that has one. Its parameters begin
// with "wide".
func linear(b *nn.Builder, in *Inputs) int32 {
	sum := b.Linear("wide numeric", b.Op(nn.OpInput), 1)
	one := func(field int) {
		name := "wide " + in.Categorical[field].Name
		table := b.Param(name, in.Categorical[field].Vocabulary, 1, 0, 0)
		sum = b.Op(nn.OpAdd, sum, mean(b, field, table))
	}
	one(in.Item)
	one(in.ItemGenres)
	one(in.UserGenres)
	one(in.Recent)
	for _, at := range in.Buckets {
		one(at)
	}
	return sum
}
