package bundledir

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"sparrow/edge/durable"
)

// usersFile is beside latest.json, whose "users" is the id of the first of them.
const usersFile = "users.json"

// MostUsersBytes is how long a users.json may be: a page reads all of it for one of its people.
const MostUsersBytes = 4_000_000

// Users are people of a data set that pages may show, in the order in which one leads to the next.
type Users struct {
	Of    string `json:"of"` // name of the data set
	Users []User `json:"users"`
}

// User is one of them.
type User struct {
	ID      string   `json:"id"` // as the data set has it
	Rated   int      `json:"rated"`
	Since   int64    `json:"since,omitempty"` // Unix seconds of the first; 0 where there are no times
	Entries [][3]any `json:"entries"`         // the newest first: id, stars (0.5 to 5 in halves, 0 for none), Unix seconds (0 for none)
}

// WriteUsers writes users.json, of one user at least, into the folder of bundles, in place of the one before, and returns its path and length.
func WriteUsers(ctx context.Context, dir string, u *Users) (path string, length int, err error) {
	text, err := json.Marshal(u)
	if err != nil {
		return "", 0, err
	}
	if len(text) > MostUsersBytes {
		return "", 0, fmt.Errorf("%s would have %d bytes, and pages read %d at most: name fewer users, or fewer entries of each", usersFile, len(text), MostUsersBytes)
	}
	path = filepath.Join(dir, usersFile)
	if err := durable.WriteFile(ctx, path, func(w io.Writer) error { _, err := w.Write(text); return err }); err != nil {
		return "", 0, err
	}
	return path, len(text), AmendLatest(ctx, dir, map[string]any{"users": u.Users[0].ID})
}

// ReadUsers returns the users.json of a folder of bundles and the id of the first of them; nil where there is none, or path is no folder.
func ReadUsers(path string) (text []byte, first string, err error) {
	if !IsFolder(path) {
		return nil, "", nil
	}
	name := filepath.Join(path, usersFile)
	text, err = os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	if len(text) > MostUsersBytes {
		return nil, "", fmt.Errorf("%s has %d bytes, and pages read %d at most: make it again with build users, or take it away", name, len(text), MostUsersBytes)
	}
	var all Users
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, "", fmt.Errorf("%s: %w: make it again with build users, or take it away", name, err)
	}
	if len(all.Users) == 0 {
		return nil, "", fmt.Errorf("%s names nobody: make it again with build users, or take it away", name)
	}
	return text, all.Users[0].ID, nil
}
