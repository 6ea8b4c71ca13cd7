package command

import (
	"errors"
	"fmt"
	"time"

	"sparrow/build/console"
	"sparrow/build/embedding"
	"sparrow/build/pipeline"
)

type importVerb struct {
	Vectors    string    `type:"existingfile" placeholder:"FILE" help:"Vectors of the items: .npy, .safetensors, .parquet, or the text of word2vec, fastText or GloVe."`
	IDs        string    `name:"ids" type:"existingfile" placeholder:"FILE" help:"Item ids of the rows of a .npy or .safetensors file, one a line."`
	Column     string    `placeholder:"NAME" help:"Column of lists of a Parquet file, or tensor of a .safetensors file, that has the vectors (the only one there is)."`
	IDColumn   string    `name:"id-column" placeholder:"NAME" help:"Column of a Parquet file that has the item ids (item_id, or id)."`
	Also       string    `type:"existingfile" placeholder:"FILE" help:"A second space of vectors, as of texts beside those of a recommender, which is mixed in; any of these forms."`
	AlsoIDs    string    `name:"also-ids" type:"existingfile" placeholder:"FILE" help:"Item ids of the rows of --also, one a line, where it has none."`
	AlsoShare  share     `name:"also-share" default:"50%" placeholder:"SHARE" help:"How much of a cosine is that of --also, or of --text beside --vectors (${default})."`
	Text       []string  `sep:"," placeholder:"COLUMN" help:"Columns of the items' file whose words make vectors, in place of --vectors or mixed into them: title,description."`
	Items      itemsPath `required:"" placeholder:"PATH" help:"items.csv, or a folder with it; interactions.csv beside it in a folder says how popular items are, and may be missing."`
	Out        outBundle `required:"" placeholder:"PATH" help:"File to write, which has it all; a folder gets <sha256>.bundle, a latest.json that names it, and lists."`
	Width      int       `default:"0" placeholder:"D" help:"Width of the vectors that ship, 1 to 256; wider ones are projected to it. 0 takes 64 where enough of the nearest neighbours stay, else 128 (${default})."`
	UserTower  string    `name:"user-tower" type:"existingfile" placeholder:"FILE" help:"Model in ONNX that makes the vector of a user: the other side of the two towers whose items --vectors has."`
	Bind       string    `type:"existingfile" placeholder:"FILE" help:"JSON file that says what the inputs of --user-tower are."`
	Seed       uint64    `default:"1" placeholder:"N" help:"Seed of the samples; the same seed gives the same bytes (${default})."`
	Name       string    `placeholder:"TEXT" help:"Name of the data set, shown to people."`
	Licence    string    `placeholder:"TEXT" help:"Terms of the data, one sentence, kept in the bundle."`
	Citation   string    `placeholder:"TEXT" help:"How the data's makers want to be cited, kept in the bundle."`
	Vocabulary string    `type:"existingfile" placeholder:"FILE" help:"What items are called, as JSON, kept in the bundle (vocabulary.json beside items.csv, where there is one)."`
	MaxBad     share     `default:"0.1%" placeholder:"SHARE" help:"Fail when more rows of the items' files are bad, and more than 10: 0.1% or 0.001 (${default})."`
	valueFlags
	unknownFlags
	JSON bool `name:"json" help:"Print the figures as JSON."`
}

func (importVerb) Help() string {
	return fmt.Sprintf(`Makes a bundle of vectors that were trained elsewhere, of texts, of pictures, by another recommender: nothing is trained.
App, widget, similar, lists and inspect take it as any other.

Vectors are compared by their cosine. Wider ones than --width are projected on the directions in which they reach furthest
(principal components). The run says which share of the ten nearest neighbours of 500 items are still the nearest in what
ships, 8 bits a number; without --width it takes 64 numbers where that is %.2f or more, else 128.

A vector is not used where its id is not in items.csv or came before, or where it has NaN, infinity or zeros alone: each
kind is counted, with the places of the first few. An item without a vector is placed by its genres, decade and tags, as
far as these tell of the vectors of others.

With --also two spaces become one: the vectors of each, of length √(1-share) and √share, side by side, so that a cosine is the
mean of both by --also-share; then they are projected as others are, and what that loses is of the mean. An item that one
of them lacks stands where the other says. More than two: mix the bundle's own, by export, with the next.

With --text the words of columns of items.csv, the rare ones above all (TF-IDF), make vectors of 128 directions in which they differ most:
alone, or mixed into --vectors as --also is. A row without a word that another has, too, has none.

With --user-tower retrieval is a model of two towers, and the vectors, of at most 256 numbers, keep their length: the score of an item
is the product of its vector and the user's, which the tower makes of the newest events, whatever they were. --bind says of what:

  {"name": "My towers", "inputs": {"history": {"feature": "userHistory", "ids": "items.txt", "slots": 50}}}

looks the events up in a table of the tower's own, whose rows items.txt names; {"vectors": "sequence", "slots": 50} gives it the vectors of
--vectors, [batch × slots × D], newest first, zeros where there are fewer; "mean" their mean, [batch × D]; "present" 1 where there is an event,
else 0, [batch × slots]. It is no use for features of the user beside. An item without a vector is in no list that the towers make.

Examples:
  go run ./build import --vectors emb.npy --ids ids.txt --items items.csv --out data/mine/
  go run ./build import --vectors emb.parquet --column embedding --items mine --out mine.bundle --width 128
  go run ./build import --vectors items.vec --items mine --out data/mine/ --json
  go run ./build import --vectors emb.npy --ids ids.txt --also texts.parquet --also-share 30%% --items mine --out data/mine/
  go run ./build import --text title,description --items mine --out data/mine/
  go run ./build import --vectors items.npy --ids ids.txt --user-tower user.onnx --bind bind.json --items mine --out data/mine/`, embedding.Enough)
}

// Validate is called by kong.
func (v *importVerb) Validate() error {
	if v.Width < 0 || v.Width > 256 {
		return errors.New("--width must be 0 to 256")
	}
	if (v.UserTower == "") != (v.Bind == "") {
		return errors.New("--user-tower and --bind go together: the model, and what its inputs are")
	}
	switch {
	case v.Vectors == "" && v.Text == nil:
		return errors.New("--vectors is missing: a file of vectors, or --text with columns whose words make some")
	case v.Vectors == "" && (v.Also != "" || v.UserTower != ""):
		return errors.New("--also and --user-tower need --vectors")
	case v.Text != nil && (v.Also != "" || v.UserTower != ""):
		return errors.New("--text is mixed into --vectors, and so is --also, but not into those of --user-tower: leave one of them out")
	}
	if v.AlsoIDs != "" && v.Also == "" {
		return errors.New("--also-ids names the rows of --also, which is not there")
	}
	if v.Also != "" && v.UserTower != "" {
		return errors.New("--also mixes cosines, and the vectors of --user-tower keep their length: leave one of them out")
	}
	if (v.Also != "" || v.Text != nil) && (v.AlsoShare <= 0 || v.AlsoShare >= 1) {
		return errors.New("--also-share must be more than 0% and less than 100%")
	}
	if v.UserTower != "" && v.Width > 0 {
		return errors.New("--width is of vectors that are compared by their cosine; those of two towers keep theirs")
	}
	return nil
}

// spaces opens what vectors are made of, and what is mixed into them, if anything is.
func (v *importVerb) spaces() (f, also *embedding.File, err error) {
	if v.Vectors != "" {
		f, err = embedding.Open(v.Vectors, embedding.Options{IDs: v.IDs, Column: v.Column, IDColumn: v.IDColumn})
	}
	switch {
	case err != nil:
	case v.Also != "":
		also, err = embedding.Open(v.Also, embedding.Options{IDs: v.AlsoIDs})
	case v.Text != nil && f == nil:
		f, err = v.texts()
	case v.Text != nil:
		also, err = v.texts()
	}
	return f, also, err
}

func (v *importVerb) Run(c *console.Console) error {
	begun := time.Now()
	scale, err := v.scale()
	if err != nil {
		return err
	}
	f, also, err := v.spaces()
	if err != nil {
		return err
	}
	in := pipeline.DefaultInput(string(v.Items))
	in.Name, in.Licence, in.Citation, in.MaxBad, in.MaxUnknown = v.Name, v.Licence, v.Citation, float64(v.MaxBad), float64(v.MaxUnknown)
	in.Vocabulary = v.Vocabulary
	in.Encoding, in.Scale, in.Events = v.Encoding, scale, v.Events
	d, figures, err := in.Read(c.Ctx, c)
	if err != nil {
		return err
	}
	var second *embedding.Second
	if also != nil {
		if f, second, err = embedding.Mixed(c.Ctx, f, also, float64(v.AlsoShare), d.Catalog); err != nil {
			return err
		}
	}
	width := v.Width
	if v.UserTower != "" {
		width = mostTowerWidth
	}
	given, err := embedding.Read(c.Ctx, f, d.Catalog, width, v.Seed, c.Stage("read "+f.Name))
	c.Stop()
	if err != nil {
		return err
	}
	given.Mixed = second
	for _, line := range given.Lines() {
		c.Say("%s", line)
	}
	o := pipeline.Options{Seed: v.Seed, Index: "auto"}
	if v.UserTower != "" {
		return v.towers(c, o, d, figures, given, begun)
	}
	p, err := o.Import(c.Ctx, c, d, given, string(v.Out))
	if err != nil {
		return err
	}
	p.Data, p.Seconds = figures, time.Since(begun).Seconds()
	return printPacked(c, p, v.JSON)
}
