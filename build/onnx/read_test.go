package onnx

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/nn"
	"sparrow/wasm/ranking"
)

// shelf is a catalog of the items i0 to i11, in another order than models have them.
func shelf() *catalog.Catalog {
	c := &catalog.Catalog{GenreNames: []string{"Crime", "Travel"}}
	for _, id := range []string{"i3", "i1", "i2", "i0", "i11", "i10", "i9", "i8", "i7", "i6", "i5", "i4", "new"} {
		c.IDs = append(c.IDs, catalog.ID(id))
	}
	c.Index()
	return c
}

func names(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprint("i", i))
	}
	return list
}

func numbersOf(n int) input {
	features := []string{"movieRatingCount", "movieAvgRating", "userAvgRating", "movieTrend", "releaseYear"}
	var x input
	for i := range n {
		x.numbers = append(x.numbers, number{Feature: features[i]})
	}
	return x
}

// asked makes a model of data and runs it for rows of numbers and ids of fields.
func asked(t *testing.T, p *ranking.Pointwise, rows int, numbers []float32, fields ...[]int32) []float32 {
	t.Helper()
	r, err := nn.NewRunner(p.Graph, nn.Portable)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(r.Forward(&nn.Batch{Rows: rows, Numeric: numbers, IDs: fields}))
}

func made(t *testing.T, data []byte, b *Bind) *ranking.Pointwise {
	t.Helper()
	m, err := readModel(data)
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.pointwise(b, shelf())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func near(got, want []float32) bool {
	return slices.EqualFunc(got, want, func(a, b float32) bool { return math.Abs(float64(a-b)) < 1e-5 })
}

// TestLayersByHand: 2·1 + 3·-1 = -1, which ReLU makes 0, and 2 + 3 + .5 = 5.5: then
// 10·0 + 5.5 - 1 = 4.5, of which the sigmoid is left out.
func TestLayersByHand(t *testing.T) {
	first := []message{weights("w", []int{2, 2}, 1, -1, 1, 1), weights("b", []int{2}, 0, 0.5), weights("v", []int{2, 1}, 10, 1), weights("c", []int{1}, -1)}
	for name, nodes := range map[string][]message{
		"Gemm":            {operation("Gemm", "x w b", "h", whole("transB", 1)), operation("Relu", "h", "a"), operation("MatMul", "a v", "z"), operation("Add", "z c", "s"), operation("Sigmoid", "s", "y")},
		"an input behind": {operation("Gemm", "x w b", "h", whole("transB", 1)), operation("Relu", "h", "a"), operation("MatMul", "a v", "z"), operation("Add", "c z", "y")},
	} {
		p := made(t, written("x", first, nodes...), &Bind{Name: "N", Inputs: map[string]input{"x": numbersOf(2)}})
		if got := asked(t, p, 2, []float32{2, 3, 0, 0}); !near(got, []float32{4.5, -0.5}) {
			t.Errorf("%s: %v", name, got)
		}
		if len(p.Graph.Nodes) != 4 { // input, layer, ReLU, layer
			t.Errorf("%s: the sum is no part of its layer: %d nodes", name, len(p.Graph.Nodes))
		}
	}
}

// TestASharedLayerStays: what a second node reads is not changed by what follows the first.
// x·2 = 6; (6 + 1)·6 = 42.
func TestASharedLayerStays(t *testing.T) {
	p := made(t, written("x", []message{weights("w", []int{1, 1}, 2), weights("c", []int{1}, 1)},
		operation("MatMul", "x w", "h"), operation("Identity", "h", "i"), operation("Add", "i c", "s"), operation("Mul", "s h", "y")),
		&Bind{Name: "N", Inputs: map[string]input{"x": numbersOf(1)}})
	if got := asked(t, p, 1, []float32{3}); !near(got, []float32{42}) {
		t.Errorf("%v", got)
	}
}

// TestTablesGetTheRowsOfTheCatalog: the model's row of i1 is 1, the catalog's is 1 as well, of
// i3 they are 3 and 0; an item that the model does not know has zeros.
func TestTablesGetTheRowsOfTheCatalog(t *testing.T) {
	table := weights("t", []int{12, 1}, 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110)
	p := made(t, written("x item", []message{table}, operation("Gather", "t item", "e"), operation("Add", "e x", "y")),
		&Bind{Name: "N", Inputs: map[string]input{"x": numbersOf(1), "item": {ids: &ids{Feature: "movieId", names: names(12)}}}})
	if got := asked(t, p, 4, []float32{1, 2, 3, 4}, []int32{0, 1, 4, 12}); !near(got, []float32{31, 12, 113, 4}) {
		t.Errorf("%v", got)
	}
}

// TestTwoOfASoftmax: ln(p/(1-p)) of a softmax of two is the difference.
func TestTwoOfASoftmax(t *testing.T) {
	p := made(t, written("x", []message{weights("w", []int{1, 2}, 1, 3)}, operation("MatMul", "x w", "h"), operation("Softmax", "h", "y")),
		&Bind{Name: "N", Inputs: map[string]input{"x": numbersOf(1)}})
	if got := asked(t, p, 1, []float32{2}); !near(got, []float32{4}) {
		t.Errorf("%v", got)
	}
}

// TestSlicesAndASoftmaxOfColumns: Keras slices the batch, too, which stays whole. Of 1, 2, 3 the last two have a
// softmax of .26894 and .73106, and 10·.26894 + 20·.73106 = 17.3106.
func TestSlicesAndASoftmaxOfColumns(t *testing.T) {
	all := int64(math.MaxInt32)
	p := made(t, written("x", []message{wholes("from", []int{2}, 0, 1), wholes("to", []int{2}, all, 3), wholes("axes", []int{2}, 0, 1), weights("w", []int{2, 1}, 10, 20)},
		operation("Slice", "x from to axes", "s"), operation("Softmax", "s", "e"), operation("MatMul", "e w", "y")),
		&Bind{Name: "N", Inputs: map[string]input{"x": numbersOf(3)}})
	if got := asked(t, p, 2, []float32{1, 2, 3, 3, 2, 3}); !near(got, []float32{17.310586, 17.310586}) {
		t.Errorf("%v", got)
	}
}

// TestWhatCannotBeRead is said with the node, or the input, that is at fault.
func TestWhatCannotBeRead(t *testing.T) {
	one := map[string]input{"x": numbersOf(1)}
	for name, c := range map[string]struct {
		data []byte
		bind *Bind
		want string
	}{
		"an unknown operation":    {written("x", nil, operation("Identity", "x", "h"), operation("Einsum", "h", "y")), &Bind{Inputs: one}, `node 2, Einsum "the Einsum": a graph of a bundle has no such operation`},
		"a recurrence":            {written("x", nil, operation("GRU", "x x", "y")), &Bind{Inputs: one}, `node 1, GRU "the GRU": a recurrence is read where its steps are written out`},
		"a slice of the batch":    {written("x", []message{wholes("a", []int{2}, 1, 0), wholes("b", []int{2}, 9, 1), wholes("c", []int{2}, 0, 1)}, operation("Slice", "x a b c", "y")), &Bind{Inputs: one}, "steps or columns side by side"},
		"every second column":     {written("x", []message{wholes("a", []int{1}, 0), wholes("b", []int{1}, 2), wholes("c", []int{1}, 1), wholes("d", []int{1}, 2)}, operation("Slice", "x a b c d", "y")), &Bind{Inputs: one}, "steps or columns side by side"},
		"a softmax of the batch":  {written("x", nil, operation("Softmax", "x", "h", whole("axis", 0)), operation("Relu", "h", "y")), &Bind{Inputs: one}, "a softmax of other than"},
		"weights that are made":   {written("x", nil, operation("MatMul", "x x", "y")), &Bind{Inputs: one}, `node 1, MatMul "the MatMul": weights that are not constant`},
		"weights that do not fit": {written("x", []message{weights("w", []int{2, 1}, 1, 1)}, operation("MatMul", "x w", "y")), &Bind{Inputs: one}, "weights of 2 × 1 for an input of 1"},
		"an input without words":  {written("x z", nil, operation("Add", "x z", "y")), &Bind{Inputs: one}, `nothing is said of the model's input "z"`},
		"another input":           {written("z", nil, operation("Identity", "z", "y")), &Bind{Inputs: one}, `the model has no input "x": it has z`},
		"an unknown feature":      {written("x", nil, operation("Identity", "x", "y")), &Bind{Inputs: map[string]input{"x": {numbers: []number{{Feature: "age"}}}}}, "unknown feature"},
		"several answers":         {written("x", nil, operation("Identity", "x", "y")), &Bind{Inputs: map[string]input{"x": numbersOf(2)}}, "2 numbers an example"},
		"a circle":                {written("x", nil, operation("Add", "x h", "h"), operation("Add", "x h", "y")), &Bind{Inputs: one}, "circle"},
		"ids as numbers":          {written("x i", nil, operation("Add", "x i", "y")), &Bind{Inputs: map[string]input{"x": numbersOf(1), "i": inputOf(&ids{Feature: "movieId", names: names(12)})}}, "ids are for looking up"},
		"an older opset":          {message(nil).bytes(8, message(nil).whole(2, 9)).bytes(7, nil), nil, "opset 9"},
		"a cut tensor":            {written("x", []message{weights("w", []int{3, 3}, 1)}), nil, `tensor "w": it announces a shape of [3 3] and has 1 numbers`},
		"no model":                {[]byte("hello"), nil, "no ONNX file"},
		"a layer norm of its own": {written("x", []message{weights("g", []int{1}, 1)}, operation("LayerNormalization", "x g", "y", message(nil).text(1, "axis").whole(3, 0))), &Bind{Inputs: one}, "last dimension"},
	} {
		m, err := readModel(c.data)
		if err == nil && c.bind != nil {
			_, err = m.pointwise(c.bind, shelf())
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// TestParity compares with what ONNX Runtime answers for models that other programs exported:
// testdata/export.py. The difference is at most 1e-4.
func TestParity(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no models: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var x struct {
				Output      string
				Probability bool
				Numbers     map[string][][]float32
				IDs         map[string][][]string
				Answers     []float32
			}
			if err := json.Unmarshal(text, &x); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile("testdata/" + name + ".onnx")
			if err != nil {
				t.Fatal(err)
			}
			m, err := readModel(data)
			if err != nil {
				t.Fatal(err)
			}
			c, b := shelf(), &Bind{Name: name, Output: x.Output, Inputs: map[string]input{}}
			for input, rows := range x.Numbers {
				b.Inputs[input] = numbersOf(len(rows[0]))
			}
			for input, rows := range x.IDs {
				of := &ids{Feature: "movieId", names: names(12)}
				if len(rows[0]) > 1 {
					of.Feature, of.Slots = "userHistory", int32(len(rows[0]))
				}
				b.Inputs[input] = inputOf(of)
			}
			p, err := m.pointwise(b, c)
			if err != nil {
				t.Fatal(err)
			}
			var numbers []float32
			var fields [][]int32
			for _, input := range m.inputs { // one of them has the numbers
				for _, row := range x.Numbers[input] {
					numbers = append(numbers, row...)
				}
				var field []int32
				for _, row := range x.IDs[input] {
					for _, id := range row {
						r, _ := c.Row(catalog.ID(id))
						field = append(field, int32(r))
					}
				}
				if field != nil {
					fields = append(fields, field)
				}
			}
			worst := 0.0
			for i, got := range asked(t, p, len(x.Answers), numbers, fields...) {
				if x.Probability {
					got = float32(1 / (1 + math.Exp(-float64(got))))
				}
				worst = max(worst, math.Abs(float64(got-x.Answers[i])))
			}
			t.Logf("%s: %d operations, off by %.2g at most", name, len(p.Graph.Nodes), worst)
			if worst > 1e-4 {
				t.Errorf("off by %v", worst)
			}
		})
	}
}

func inputOf(x *ids) input { return input{ids: x} }

// FuzzRead: whatever the bytes, a model is made or refused, without a panic.
func FuzzRead(f *testing.F) {
	f.Add(written("x", []message{weights("w", []int{1, 1}, 2), weights("c", []int{1}, 1)}, operation("MatMul", "x w", "h"), operation("Add", "h c", "y")))
	f.Add(written("x", []message{wholes("n", []int{2}, 0, -1)}, operation("Reshape", "x n", "y")))
	f.Add(written("x", []message{wholes("n", []int{1}, 12), wholes("one", []int{1}, 1), weights("t", []int{12, 2}, make([]float32, 24)...)},
		operation("Equal", "x n", "e"), operation("Not", "e", "p"), operation("Cast", "p", "c"), operation("Unsqueeze", "c n", "m"), operation("Gather", "t x", "r"), operation("Mul", "r m", "k"),
		operation("ReduceSum", "k one", "s"), operation("ReduceSum", "m one", "q"), operation("Max", "q one", "g"), operation("Div", "s g", "y")))
	f.Add(written("x", []message{wholes("one", []int{1}, 1), wholes("two", []int{1}, 2)},
		operation("Slice", "x one two one", "a"), operation("ReduceL2", "a", "l", several("axes", -1)), operation("Clip", "l one", "f"), operation("Expand", "f one", "w"), operation("Div", "a w", "y")))
	f.Add(written("x", []message{wholes("from", []int{2}, 0, 1), wholes("to", []int{2}, math.MaxInt32, 3), wholes("axes", []int{2}, 0, 1), wholes("zero", []int{1}, 0), wholes("one", []int{1}, 1), wholes("n", []int{2}, -1, 2)},
		operation("Slice", "x from to axes", "s"), operation("Softmax", "s", "e"), operation("Shape", "e", "h"), operation("Slice", "h zero one zero", "k"), operation("Reshape", "e n", "y")))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := readModel(data)
		if err != nil {
			return
		}
		m.pointwise(&Bind{Name: "N", Inputs: map[string]input{"x": numbersOf(1)}}, shelf())
		m.pointwise(&Bind{Name: "N", Inputs: map[string]input{"x": inputOf(&ids{Feature: "userHistory", Slots: 3, names: names(12)})}}, shelf())
		m.tower(&Bind{Name: "N", Inputs: map[string]input{"x": {vectors: &vectors{ofSequence, 3}}}}, shelf(), 2, 1)
		m.tower(&Bind{Name: "N", Inputs: map[string]input{"x": inputOf(&ids{Feature: "userHistory", Slots: 3, names: names(12)})}}, shelf(), 2, 1)
	})
}
