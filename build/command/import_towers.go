package command

import (
	"fmt"
	"time"

	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/embedding"
	"sparrow/build/onnx"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
)

// mostTowerWidth is how wide the vectors of two towers may be: a product of projected ones is
// another one.
const mostTowerWidth = 256

// towers makes a bundle of the vectors given and of the user's tower.
func (v *importVerb) towers(c *console.Console, o pipeline.Options, d *dataset.Dataset, data pipeline.DataFigures, given *embedding.Vectors, begun time.Time) error {
	if given.From > mostTowerWidth {
		return fmt.Errorf("%s: its vectors have %d numbers, and those of two towers may have %d: train narrower ones", given.File, given.From, mostTowerWidth)
	}
	bind, err := onnx.ReadBind(v.Bind)
	if err != nil {
		return err
	}
	length := 0.0 // of the vectors, on average
	for _, l := range given.Length {
		length += float64(l) / float64(given.Used)
	}
	tower, err := onnx.ReadTower(v.UserTower, bind, d.Catalog, given.Width, length)
	if err != nil {
		return err
	}
	p, f, err := o.ImportTowers(c.Ctx, c, d, given, &pipeline.Tower{Name: tower.Name, Network: tower.Network, Beside: tower.Beside, Columns: tower.Columns}, string(v.Out))
	if err != nil {
		return err
	}
	p.Data, p.Vectors, p.Seconds = data, &given.Figures, time.Since(begun).Seconds()
	if v.JSON {
		return c.JSON(struct {
			*pipeline.Packed
			Towers *pipeline.TowerFigures `json:"towers"`
		}{p, f})
	}
	c.Say("%s: a network of %d operations; 8 bits keep %.3f of the ten best items, for %s", tower.Name, len(tower.Network.Nodes), f.Kept, plural.Of(f.Histories, "made-up history"))
	return printPacked(c, p, false)
}
