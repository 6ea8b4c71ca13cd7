package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestUsersBeside(t *testing.T) {
	dir := t.TempDir()
	if text, first, err := usersBeside(dir); text != nil || first != "" || err != nil {
		t.Errorf("where there are none: %q, %q, %v", text, first, err)
	}
	for _, c := range []struct {
		text, first string
		ok          bool
	}{
		{`{"of":"us","users":[{"id":"a\"b","rated":1,"entries":[["1",5,0]]}]}`, `"a\"b"`, true},
		{`{"of":"us"`, "", false},
	} {
		if err := os.WriteFile(filepath.Join(dir, "users.json"), []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		text, first, err := usersBeside(filepath.Join(dir, "a.bundle"))
		if (err == nil) != c.ok || first != c.first || c.ok && string(text) != c.text {
			t.Errorf("usersBeside of %s = %q, %q, %v", c.text, text, first, err)
		}
	}
}
