package command

import (
	"fmt"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/onnx"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
)

type rankerVerb struct {
	Model  string     `required:"" type:"existingfile" placeholder:"FILE" help:"Model in ONNX, of opset 13 or later."`
	Bind   string     `required:"" type:"existingfile" placeholder:"FILE" help:"JSON file that says which features its inputs are."`
	Bundle bundlePath `required:"" placeholder:"PATH" help:"Bundle to add it to, or folder with a latest.json."`
	Out    outBundle  `required:"" placeholder:"PATH" help:"File to write, or folder of bundles."`
	JSON   bool       `name:"json" help:"Print the figures as JSON."`
}

func (rankerVerb) Help() string {
	return `Adds a ranking model that was trained elsewhere to a bundle, beside its own ranker: the Lab page asks it, and recommend and
evaluate can be compared with it there. The model is read from ONNX, as PyTorch, Keras (tf2onnx) and scikit-learn (skl2onnx)
export it, and becomes a graph of a bundle, whose larger tables are int8; the run says what that changes in its answers. An
operation that a graph has nothing for is named with its node.

The file --bind names the features that the model's inputs are, in the words of wasm/feature/source.go and numeric.go:

  {"name": "My ranker", "source": "who trained it", "output": "probability", "inputs": {
    "x":     [{"feature": "movieRatingCount", "log": true, "mean": 3.1, "deviation": 1.2}, {"feature": "userAvgRating"}],
    "item":  {"feature": "movieId", "ids": "items.txt"},
    "liked": {"feature": "userRatedMovies", "ids": "items.txt", "slots": 5}}}

ids is a file beside it with the item id, or the name of a genre, of each row of the model's table, one a line. Where a model
has several outputs, output says which one is the answer; where that is a probability, its logit is taken.

Examples:
  go run ./build ranker --model ranker.onnx --bind bind.json --bundle data/mine --out data/mine/
  go run ./build ranker --model ranker.onnx --bind bind.json --bundle mine.bundle --out next.bundle --json`
}

func (v *rankerVerb) Run(c *console.Console) error {
	begun := time.Now()
	bind, err := onnx.ReadBind(v.Bind)
	if err != nil {
		return err
	}
	b, _, err := bundledir.Open(string(v.Bundle))
	if err != nil {
		return err
	}
	m, err := onnx.Read(v.Model, bind, b.Catalog)
	if err != nil {
		return err
	}
	p, r, err := pipeline.AddModel(c.Ctx, c, b, *m, string(v.Out))
	if err != nil {
		return err
	}
	p.Seconds = time.Since(begun).Seconds()
	if v.JSON {
		return c.JSON(struct {
			*pipeline.Packed
			Rounding *pipeline.Rounding `json:"rounding"`
		}{p, r})
	}
	c.Say("%s: %s, %d operations; 8 bits change a score by %.4f at most and %.4f on average, and keep %.3f of the ten best of %s, for %s", m.Name,
		plural.Of(len(m.Schema.Columns), "column"), len(m.Graph.Nodes), r.Most, r.Mean, r.Kept, plural.Of(r.Items, "item"), plural.Of(r.Histories, "history"))
	_, err = fmt.Fprintf(c.Out, "%s  %s  sha256 %s  %.1f s\n", p.Bundle, plural.Of(p.Bytes, "byte"), p.SHA256, p.Seconds)
	return err
}
