package command

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"sparrow/build/bundledir"
	"sparrow/build/cell"
	"sparrow/build/console"
	"sparrow/build/embedding"
	"sparrow/build/plural"
	"sparrow/edge/durable"
	"sparrow/wasm/bundle"
	"sparrow/wasm/quant"
)

type exportVerb struct {
	Bundle bundlePath `placeholder:"PATH" help:"Bundle, or folder with a latest.json; for all but --rows."`
	Table  string     `default:"out" enum:"out,in" placeholder:"NAME" help:"out has the vectors of the items as they are scored, in those that a history is made of; with self-attention they are the same (${default})."`
	NPY    outFile    `name:"npy" placeholder:"FILE" help:"File for NumPy to write, float32; --ids gets the ids of its rows."`
	IDs    outFile    `name:"ids" placeholder:"FILE" help:"File to write the item ids to, one a line, in the order of --npy."`
	CSV    outStream  `name:"csv" placeholder:"FILE" help:"CSV file to write: item_id, and a column a number; - is the standard output."`
	JSONL  outStream  `name:"jsonl" placeholder:"FILE" help:"File to write with an object a line: item_id and vector; - is the standard output."`
	Redis  string     `placeholder:"URL" help:"A Redis to write the vectors to, redis://host:6379/0: the hash sparrow:item:<id> of each item, and none of others."`
	ONNX   outFile    `name:"onnx" placeholder:"FILE" help:"File to write the ranking model to, in ONNX; beside it, under its name, what its inputs are."`
	Model  string     `placeholder:"NAME" help:"With --onnx: a further model of the bundle, as inspect names it, in place of its own ranker."`
	Rows   outFile    `placeholder:"FILE" help:"File to write what the ranker has learned from to, a row a candidate; .jsonl, else CSV."`
	Work   outFolder  `type:"existingdir" placeholder:"DIR" help:"Work folder, with --rows one in which train has been run, with --tfrecord and --parquet prepare."`

	TFRecord outFolder `name:"tfrecord" placeholder:"DIR" help:"Folder for the rows of opinions, as models that judge one item learn from them: fit, valid and test.tfrecord, schema.json, and which item and genre each id is."`
	Parquet  outFolder `placeholder:"DIR" help:"The same in Parquet."`
}

func (exportVerb) Help() string {
	return `Gives the vectors of the items back, whether they were trained or imported: each number as it ships, an int8 times the
scale of its row, as float32. What --npy and --ids write, import reads.

--redis writes the same numbers, for other services: sparrow:item:<id> has vector, float32 of little endian, and bundle, a SHA-256.
FT.CREATE items ON HASH PREFIX 1 sparrow:item: SCHEMA vector VECTOR FLAT 6 TYPE FLOAT32 DIM 64 DISTANCE_METRIC IP
is an index over them; DIM is how many numbers a vector has.

--onnx writes the ranking model in ONNX of opset 17, of standard operations. Each input is a feature by its name, as wasm/feature says:
numbers as they are, [batch × 1], and rows of items or genres, [batch], -1 for none, whose ids are in FILE.items.txt and
FILE.genres.txt, where FILE is without its .onnx. Its output, score, is what the bundle itself answers with. A further model (--model) comes with
FILE.json, by which ranker reads it again; the bundle's own ranker orders whole lists, by features of the list as
retrievalRank, so that no bundle takes it as a further one.

--rows writes the training rows of the bundle's own ranker, from the work folder of prepare and train: list, item_id, chosen (1 or 0), weight of
the choice, then the inputs of --onnx by their names.

--tfrecord and --parquet write the rows of opinions that the models of bundle --models learn from, from the work folder of prepare: item_id, at
(Unix seconds), label (1 for four stars and more), then numbers, standardized, and ids, as schema.json says, which has for each what binds a model's input to it. valid
is newer than fit and test newer than valid, the newest tenth; where the data teach no order both are drawn at random. build/tensorflow trains on them.
A row names no user.

Examples:
  go run ./build export --bundle data/mine --npy emb.npy --ids ids.txt
  go run ./build export --bundle mine.bundle --table in --csv vectors.csv
  go run ./build export --bundle data/demo --jsonl -
  go run ./build export --bundle data/mine --redis redis://localhost:6379/0
  go run ./build export --bundle data/mine --onnx ranker.onnx
  go run ./build export --bundle data/mine --onnx din.onnx --model DIN
  go run ./build export --work data/work --rows rows.csv
  go run ./build export --work data/work --tfrecord data/rows/`
}

func (v *exportVerb) Run(c *console.Console) error {
	ofWork := v.Rows != "" || v.TFRecord != "" || v.Parquet != ""
	switch {
	case ofWork != (v.Work != ""):
		return console.Usagef("--work goes with --rows, --tfrecord or --parquet: the folder of what was prepared and trained, and what to write of it")
	case v.bare() && v.ONNX == "" && !ofWork:
		return console.Usagef("nothing to write: name a file with --npy and --ids, --csv, --jsonl, --redis, --onnx or --rows, or a folder with --tfrecord or --parquet")
	case v.Bundle == "" && !(v.bare() && v.ONNX == ""):
		return console.Usagef("--bundle is missing: whose vectors, or which model")
	case v.Model != "" && v.ONNX == "":
		return console.Usagef("--model names what --onnx writes, which is not there")
	case (v.NPY == "") != (v.IDs == ""):
		return console.Usagef("--npy and --ids go together: the numbers, and which item each row is of")
	case v.CSV.isStdout() && v.JSONL.isStdout():
		return console.Usagef("--csv and --jsonl would mix in the standard output: write one of them to a file")
	}
	if v.Rows != "" {
		if err := v.rows(c); err != nil {
			return err
		}
	}
	if v.TFRecord != "" || v.Parquet != "" {
		if err := v.labelled(c); err != nil {
			return err
		}
	}
	if v.Bundle == "" {
		return nil
	}
	b, data, err := bundledir.Open(string(v.Bundle))
	if err != nil {
		return err
	}
	if v.ONNX != "" {
		if err := v.model(c, b); err != nil {
			return err
		}
	}
	if v.bare() {
		return nil
	}
	m := &b.Retrieval.Out
	if v.Table == "in" {
		m = &b.Retrieval.In
	}
	for _, f := range []struct {
		path  string
		write func(w io.Writer) error
	}{
		{string(v.NPY), func(w io.Writer) error { return embedding.WriteNPY(w, m.Rows, m.Cols, m.Dequantize) }},
		{string(v.IDs), func(w io.Writer) error { return writeIDs(w, b) }},
		{string(v.CSV), func(w io.Writer) error { return writeCSV(w, b, m) }},
		{string(v.JSONL), func(w io.Writer) error { return writeJSONL(w, b, m) }},
	} {
		switch {
		case f.path == "":
			continue
		case outStream(f.path).isStdout():
			err = f.write(c.Data())
		default:
			err = durable.WriteFile(c.Ctx, f.path, f.write)
		}
		if err != nil {
			return err
		}
	}
	if v.Redis != "" {
		if err := toRedis(c.Ctx, v.Redis, b, m, bundledir.Hash(data)); err != nil {
			return err
		}
	}
	c.Say("%s of %d numbers", plural.Of(m.Rows, "vector"), m.Cols)
	return nil
}

// bare reports whether no vectors are to be written.
func (v *exportVerb) bare() bool { return v.NPY == "" && v.CSV == "" && v.JSONL == "" && v.Redis == "" }

func writeIDs(w io.Writer, b *bundle.Bundle) error {
	out := bufio.NewWriter(w)
	for _, id := range b.Catalog.IDs {
		out.WriteString(string(id) + "\n")
	}
	return out.Flush()
}

func writeCSV(w io.Writer, b *bundle.Bundle, m *quant.Matrix) error {
	out, row := csv.NewWriter(w), make([]float32, m.Cols)
	line := []string{"item_id"}
	for k := range row {
		line = append(line, fmt.Sprint("v", k))
	}
	for r := -1; r < m.Rows; r++ {
		if r >= 0 {
			m.Dequantize(row, r)
			line = append(line[:0], cell.Text(string(b.Catalog.IDs[r])))
			for _, x := range row {
				line = append(line, strconv.FormatFloat(float64(x), 'g', -1, 32))
			}
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func writeJSONL(w io.Writer, b *bundle.Bundle, m *quant.Matrix) error {
	buffer, row := bufio.NewWriter(w), make([]float32, m.Cols)
	out := json.NewEncoder(buffer)
	for r := range m.Rows {
		m.Dequantize(row, r)
		err := out.Encode(struct {
			ID     string    `json:"item_id"`
			Vector []float32 `json:"vector"`
		}{string(b.Catalog.IDs[r]), row})
		if err != nil {
			return err
		}
	}
	return buffer.Flush()
}
