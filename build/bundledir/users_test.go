package bundledir_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/bundledir"
)

// TestUsersAreBounded: a file that pages could not read is neither written nor read.
func TestUsersAreBounded(t *testing.T) {
	dir := t.TempDir()
	long := &bundledir.Users{Of: strings.Repeat("x", bundledir.MostUsersBytes), Users: []bundledir.User{{ID: "1"}}}
	if _, _, err := bundledir.WriteUsers(t.Context(), dir, long); err == nil || !strings.Contains(err.Error(), "fewer users") {
		t.Errorf("too long: %v", err)
	}
	if text, _, err := bundledir.ReadUsers(dir); text != nil || err != nil {
		t.Errorf("where there is none: %.20s, %v", text, err)
	}
	for name, text := range map[string]string{"broken": `{"of":`, "of another form": `{"users":[{"entries":[["1"],7]}]}`, "nobody": `{"users":[]}`, "too long": strings.Repeat(" ", bundledir.MostUsersBytes+1)} {
		if err := os.WriteFile(filepath.Join(dir, "users.json"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, _, err := bundledir.ReadUsers(dir); err == nil || !strings.Contains(err.Error(), "make it again with build users") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if text, _, err := bundledir.ReadUsers(filepath.Join(dir, "a.bundle")); text != nil || err != nil {
		t.Errorf("of a single bundle: %.20s, %v", text, err)
	}
}
