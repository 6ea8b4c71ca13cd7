package command

import (
	"fmt"
	"os"

	"sparrow/build/abtest"
	"sparrow/wasm/experiment"
)

// readExperiments reads and checks experiments.json.
func readExperiments(path string) (*experiment.File, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := abtest.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}
