//go:build !js

package assets

import (
	"os"
	"path/filepath"
	"sync"
	"time"
)

// rules are what a site's folder says of itself: the headers of its files and the
// addresses that the app routes. They are read again when either file has changed,
// since a site that is written while it is served may name other hosts of pictures
// or have other routes.
type rules struct {
	lock  sync.Mutex
	known *declared
}

// declared is what the two files said, and which files that were.
type declared struct {
	headers headerRules
	shell   shell
	of      [2]version
}

// version is a file as far as a look at its folder tells; zero for none.
type version struct {
	size    int64
	changed time.Time
}

// read returns the rules of a folder. Where they have changed and cannot be read,
// it returns those of before, if any, with the error.
func (r *rules) read(folder string) (*declared, error) {
	names := [2]string{filepath.Join(folder, "_headers"), filepath.Join(folder, "shell.json")}
	var next declared
	for i, name := range names {
		if info, err := os.Stat(name); err == nil {
			next.of[i] = version{info.Size(), info.ModTime()}
		}
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.known != nil && r.known.of == next.of {
		return r.known, nil
	}
	var err error
	if next.headers, err = readHeaders(names[0]); err != nil {
		return r.known, err
	}
	if next.shell, err = readShell(names[1]); err != nil {
		return r.known, err
	}
	r.known = &next
	return r.known, nil
}
