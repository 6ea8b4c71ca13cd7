package bundledir_test

import (
	"context"
	"fmt"
	"os"

	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine/enginetest"
)

// A folder of bundles as the edge hands it out: a file named by its content,
// and latest.json, which names the newest.
func Example() {
	dir, err := os.MkdirTemp("", "bundles")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	data, err := bundle.Encode(enginetest.Parity(60))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, hash, err := bundledir.Write(context.Background(), dir+"/", data)
	if err != nil {
		fmt.Println(err)
		return
	}
	b, read, err := bundledir.Open(dir) // the newest; a name that its content does not have is an error
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(b.Meta.Name, hash == bundledir.Hash(read))
	files, _ := os.ReadDir(dir)
	fmt.Println(len(files), "files, the last one", files[len(files)-1].Name())
	// Output:
	// Parity true
	// 2 files, the last one latest.json
}
