package bundle

import "sparrow/wasm/retrieval"

// profile reads the lists of the profile's score and its gate.
func (d *decoder) profile() {
	var gate []float32
	l := d.lists(func(key string) bool {
		if key == "gate" {
			gate = d.floats("gate")
		}
		return key == "gate"
	})
	if d.Err() != nil || !d.want("gate", len(gate), 3) {
		return
	}
	g := retrieval.Gate{Most: gate[0], From: gate[1], Weight: gate[2]}
	if !g.Valid() {
		d.Fail("gate: not two shares of 0 to 1 and a weight above 0")
		return
	}
	d.bundle.Profile = &retrieval.Profile{Lists: *l, Gate: g}
}
