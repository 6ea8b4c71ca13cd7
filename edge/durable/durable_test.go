package durable

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteFileKeepsTheOldOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := WriteFile(ctx, path, func(w io.Writer) error { _, err := w.Write([]byte("new")); return err })
	if err == nil {
		t.Error("WriteFile wrote after its context had ended")
	}
	if got, _ := os.ReadFile(path); string(got) != "old" {
		t.Errorf("the file holds %q, want what was there", got)
	}
	if all, _ := os.ReadDir(filepath.Dir(path)); len(all) != 1 {
		t.Errorf("left behind: %v", all)
	}
}

func TestWritePrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	for _, c := range []struct {
		write func(context.Context, string, func(io.Writer) error) error
		want  os.FileMode
	}{{WriteFile, 0o644}, {WritePrivate, 0o600}} {
		if err := c.write(t.Context(), path, func(w io.Writer) error { _, err := w.Write([]byte("new")); return err }); err != nil {
			t.Fatal(err)
		}
		if st, err := os.Stat(path); err != nil || st.Mode().Perm() != c.want {
			t.Errorf("the mode is %v, %v, want %v", st.Mode(), err, c.want)
		}
	}
}
