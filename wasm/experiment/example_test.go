package experiment_test

import (
	"fmt"

	"sparrow/wasm/experiment"
)

// Which arm a visitor is in is a hash of the layer's salt and the visitor: no
// network and no memory, and the same answer wherever it is asked.
func ExampleLayer_Assign() {
	layer := experiment.Layer{
		Name: "variety", Salt: "variety-1", Share: 0.5, // half of the visitors take part
		Arms: []experiment.Arm{{Name: "control", Weight: 3}, {Name: "more", Weight: 1}},
	}
	count := map[string]int{}
	for i := range 10_000 {
		arm, in := layer.Assign(experiment.Visitor{byte(i), byte(i >> 8)})
		if in {
			count[layer.Arms[arm].Name]++
		} else {
			count["not in it"]++
		}
	}
	fmt.Println(count)
	// Output: map[control:3843 more:1234 not in it:4923]
}
