package dataset_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"sparrow/build/dataset"
)

// Two CSV files become a data set. A row that cannot be read is
// reported with its line, and the others are kept.
func ExampleOpen() {
	dir, err := os.MkdirTemp("", "shop")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	for name, text := range map[string]string{
		"items.csv":        "item_id,title,year,genres\nteapot,A teapot,2021,Kitchen|Gift\nlamp,\"A lamp, small\",,Light\n",
		"interactions.csv": "user_id,item_id,timestamp,rating\nann,teapot,1500000000,5\nann,lamp,1500000060,4\nbob,lamp,yesterday,3\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			fmt.Println(err)
			return
		}
	}

	d, report, err := dataset.Open(context.Background(), dir, dataset.Options{Lines: func(line string) { fmt.Println(line) }})
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, bad := report.Rows()
	fmt.Println(d.Catalog.Len(), "items;", rows, "rows,", bad, "bad")
	for _, i := range d.Of(0) { // what the first user did, oldest first
		fmt.Println(d.Users[0], d.Catalog.Titles[i.Row], float32(i.Stars)/2)
	}
	// Output:
	// interactions.csv:4: time is neither Unix seconds nor like 2020-09-13 13:18:39: yesterday
	// 2 items; 5 rows, 1 bad
	// ann A teapot 5
	// ann A lamp, small 4
}
