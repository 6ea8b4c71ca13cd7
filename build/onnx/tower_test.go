package onnx

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/nn"
)

// asTower reads a tower whose bind file is text; the ids of its table are names(12).
func asTower(path, text string, width int) (*Tower, error) {
	b := new(Bind)
	if err := json.Unmarshal([]byte(text), b); err != nil {
		return nil, err
	}
	for _, x := range b.Inputs {
		if x.ids != nil {
			x.ids.names = names(12)
		}
	}
	return ReadTower(path, b, shelf(), width, 3)
}

// TestParityOfTowers compares with what ONNX Runtime answers for users' towers that other programs
// exported, on histories of one event and of as many as there are slots: by 1e-4 at most.
func TestParityOfTowers(t *testing.T) {
	files, err := filepath.Glob("testdata/towers/*.json")
	if err != nil || len(files) < 3 {
		t.Fatalf("no towers: %v, %v", files, err)
	}
	c := shelf()
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var x struct {
				Bind      json.RawMessage
				Vectors   [][]float32
				Histories [][]int
				Answers   [][]float32
			}
			if err := json.Unmarshal(text, &x); err != nil {
				t.Fatal(err)
			}
			width := len(x.Vectors[0])
			tower, err := asTower(strings.TrimSuffix(file, ".json")+".onnx", string(x.Bind), width)
			if err != nil {
				t.Fatal(err)
			}
			d := width + tower.Columns
			b := &nn.Batch{Rows: len(x.Histories), IDs: make([][]int32, 1)}
			for _, h := range x.Histories {
				for _, item := range h {
					row := make([]float32, d)
					there := int32(-1)
					if item >= 0 {
						there = 0
						copy(row, x.Vectors[item])
						own, _ := c.Row(catalog.ID(names(12)[item]))
						for k := range tower.Columns {
							row[width+k] = tower.Beside[int(own)*tower.Columns+k]
						}
					}
					b.Numeric, b.IDs[0] = append(b.Numeric, row...), append(b.IDs[0], there)
				}
			}
			worst := 0.0
			for i, got := range forward(t, tower.Network, b) {
				want := float32(0)
				if i%d < width {
					want = x.Answers[i/d][i%d]
				}
				worst = max(worst, math.Abs(float64(got-want)))
			}
			t.Logf("%s: %d operations, off by %.2g at most", name, len(tower.Network.Nodes), worst)
			if worst > 1e-4 {
				t.Errorf("off by %v", worst)
			}
		})
	}
}

// TestTowersThatCannotBeRead is said with the input or the output that is at fault.
func TestTowersThatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		file, bind string
		width      int
		want       string
	}{
		{"sklearn", `{"inputs": {"X": {"vectors": "mean"}}}`, 4, `input "X" has 0 slots`},
		{"sklearn", `{"inputs": {"X": {"vectors": "median", "slots": 5}}}`, 4, `input "X" of a user's tower: bind it to userHistory`},
		{"sklearn", `{"inputs": {"X": {"vectors": "mean", "slots": 5}, "Y": {"vectors": "mean", "slots": 5}}}`, 4, `no input "Y"`},
		{"sklearn", `{"inputs": {"X": {"vectors": "mean", "slots": 5}}}`, 3, "weights of 4 × 8 for an input of 3"},
		{"torch", `{"inputs": {"history": {"feature": "userHistory", "ids": "x", "slots": 5}}}`, 8, "1 × 4 numbers, and the vectors of the items 8"},
		{"torch", `{"inputs": {"history": {"feature": "movieId", "ids": "x"}}}`, 4, "bind it to userHistory"},
	} {
		if _, err := asTower("testdata/towers/"+c.file+".onnx", c.bind, c.width); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s, %s: %v, want %q", c.file, c.bind, err, c.want)
		}
	}
}
