package dataset

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkOpen reads a million interactions in the plain form.
func BenchmarkOpen(b *testing.B) {
	const rows, items = 1_000_000, 5000
	dir := b.TempDir()
	var text strings.Builder
	text.WriteString("item_id,title,year,genres\n")
	for i := range items {
		fmt.Fprintf(&text, "%d,Item %d,%d,Drama|Comedy\n", i, i, 1950+i%70)
	}
	write(b, filepath.Join(dir, "items.csv"), text.String())
	text.Reset()
	text.WriteString("user_id,item_id,rating,timestamp\n")
	for i := range rows {
		fmt.Fprintf(&text, "%d,%d,%d.%d,%d\n", i/100, i*7919%items, 1+i%4, i%2*5, 1_500_000_000+i*17%1000003)
	}
	write(b, filepath.Join(dir, "interactions.csv"), text.String())
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		d, _, err := Open(context.Background(), dir, Options{})
		if err != nil || len(d.Users) != rows/100 {
			b.Fatal(err)
		}
	}
}

func write(b *testing.B, path, text string) {
	b.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}
