package command

import (
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/feedback"
	"sparrow/build/pipeline"
)

// dataFlags are which data set is read, and how strictly.
type dataFlags struct {
	Input    string             `required:"" type:"existingdir" placeholder:"DIR" help:"Folder with items.csv and interactions.csv[.gz], or a MovieLens folder."`
	Name     string             `placeholder:"TEXT" help:"Name of the data set, shown to people."`
	Licence  string             `placeholder:"TEXT" help:"Terms of the data, one sentence, kept in the bundle."`
	Citation string             `placeholder:"TEXT" help:"How the data's makers want to be cited, kept in the bundle."`
	MaxBad   share              `default:"0.1%" placeholder:"SHARE" help:"Fail when more rows are bad, and more than 10: 0.1% or 0.001 (${default})."`
	Feedback place              `placeholder:"PLACE" help:"Also learn from visitors' feedback: a folder with segments, or s3://bucket/prefix."`
	Repeats  string             `default:"auto" enum:"auto,sum,newest" placeholder:"NAME" help:"Rows of the same user and item: sum adds their weights, so that ten plays weigh ten; newest drops the others; auto takes newest where that row has a rating, else sum (${default})."`
	Weights  map[string]float64 `mapsep:"," placeholder:"KIND=WEIGHT" help:"What an event of a kind counts for: purchase=1,cart=.5,view=.1; all=.5 for every other kind, 0 leaves a kind out (build/README.md has the defaults)."`
	HalfLife float64            `default:"90" placeholder:"DAYS" help:"Age of an older row of a user and an item, against their newest, at which it counts half; 0 for all in full (${default})."`
	Click    share              `default:"25%" placeholder:"SHARE" help:"How much a click or a view without an opinion counts beside a rating, on average (${default})."`
	valueFlags
	guardFlags
	unknownFlags
	Attributes string `placeholder:"NAME[:KIND],…" help:"Columns of items.csv that lists can be filtered by, kept in the bundle: price:number,brand,author:list,in_stock:bool (text without a kind)."`
	Vocabulary string `type:"existingfile" placeholder:"FILE" help:"What items are called, as JSON, kept in the bundle (vocabulary.json of the input folder, where there is one)."`
	Titles     string `type:"existingfile" placeholder:"FILE" help:"Further names of items, item_id,lang,title, kept in the bundle for searches and pages in other languages (titles.csv of the input folder, where there is one)."`
	DropLast   int    `default:"0" placeholder:"N" help:"Remove each user's newest N interactions before anything else, to tune without seeing them (${default})."`
}

// valueFlags say what cannot be recognized in a file.
type valueFlags struct {
	Encoding    string            `placeholder:"NAME" help:"Encoding of CSV files that are not UTF-8: windows-1252, gb18030, shift_jis …"`
	RatingScale string            `placeholder:"MIN-MAX" help:"What ratings mean: 1-10, 0-100 … (recognized where it is clear)."`
	Events      map[string]string `mapsep:"," placeholder:"NAME=KIND" help:"What unknown names of events mean: gekauft=buy,merkzettel=wishlist."`
}

// scale returns the scale of the ratings; the zero value is recognized.
func (f *valueFlags) scale() (dataset.Scale, error) {
	if f.RatingScale == "" {
		return dataset.Scale{}, nil
	}
	s, err := dataset.ParseScale(f.RatingScale)
	if err != nil {
		return s, console.Usagef("--rating-scale: %v", err)
	}
	return s, nil
}

// repeats are the values of --repeats.
var repeats = map[string]string{"auto": dataset.RepeatsAuto, "sum": dataset.RepeatsSum, "newest": dataset.RepeatsNewest}

// input returns the flags as an input.
func (f *dataFlags) input() (*pipeline.Input, error) {
	if f.DropLast < 0 {
		return nil, console.Usagef("--drop-last must not be negative")
	}
	if f.Click <= 0 {
		return nil, console.Usagef("--click must be above 0; leave --feedback out to do without it")
	}
	guard, err := f.guard(feedback.DefaultGuard)
	if err != nil {
		return nil, err
	}
	scale, err := f.scale()
	if err != nil {
		return nil, err
	}
	attributes, err := dataset.ParseAttributes(f.Attributes)
	if err != nil {
		return nil, console.Usagef("--attributes: %v", err)
	}
	if err := dataset.CheckWeights(f.Weights, f.HalfLife); err != nil {
		return nil, console.Usage(err)
	}
	return &pipeline.Input{
		Encoding: f.Encoding, Scale: scale, Events: f.Events,
		Dir: f.Input, Name: f.Name, Licence: f.Licence, Citation: f.Citation, MaxBad: float64(f.MaxBad), MaxUnknown: float64(f.MaxUnknown),
		Feedback: string(f.Feedback), Guard: guard, Click: float64(f.Click), Repeats: repeats[f.Repeats], Weights: f.Weights, HalfLife: f.HalfLife, DropLast: f.DropLast,
		Attributes: attributes, Vocabulary: f.Vocabulary, Titles: f.Titles,
	}, nil
}

// read reads the data set that the flags name.
func (f *dataFlags) read(c *console.Console) (*dataset.Dataset, pipeline.DataFigures, error) {
	in, err := f.input()
	if err != nil {
		return nil, pipeline.DataFigures{}, err
	}
	return in.Read(c.Ctx, c)
}
