package command

import (
	"fmt"
	"io"

	"sparrow/build/abtest"
	"sparrow/wasm/experiment"
)

// readExperiments reads and checks experiments.json.
func readExperiments(path string) (*experiment.File, error) {
	in, err := openInput(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f, err := abtest.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}
