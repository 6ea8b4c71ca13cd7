//go:build !js

package site

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"sparrow/edge/delta"
)

// stays reports whether open pages ask for a file though the site has it no more:
// one that is named by its content, or the picture of an item that is gone.
func stays(path string) bool { return byContent(path) || strings.HasPrefix(path, "pictures/") }

// byContent reports whether a file has a name that its content decides, so that
// no other bytes ever have it: pages, scripts and devices that know it may ask for
// it long after the site has another one in its place.
func byContent(path string) bool {
	for _, folder := range []string{"a/", "frame/", "v1/a/"} {
		if strings.HasPrefix(strings.TrimPrefix(path, "/"), folder) {
			return true
		}
	}
	return false
}

// last are the files that say what is new, after all that is.
var last = map[string]bool{"/sw.js": true, "/v1/latest.json": true}

// contents is the part of [Site.inOrder] that has the files named by content.
const contents = 1

// inOrder returns the paths of all files in the order in which they are written,
// the mark first: every part names files of the parts before it only.
func (s *Site) inOrder() (parts [4][]string) {
	for _, p := range s.Paths() {
		switch {
		case p == "/"+mark:
			parts[0] = append(parts[0], p)
		case byContent(p):
			parts[contents] = append(parts[contents], p)
		case last[p]:
			parts[3] = append(parts[3], p)
		default:
			parts[2] = append(parts[2], p)
		}
	}
	return parts
}

// retiredFile says of files that are kept though the site has them no more since
// when, in Unix seconds. Servers hand out no file whose name begins with a dot.
const retiredFile = ".retired"

// removeOthers removes every file that is not kept, except in folders of the
// owner's that begin with a dot, and except those that are to stay for a while.
func (s *Site) removeOthers(root *os.Root, keep map[string]bool, now time.Time) error {
	before := map[string]int64{}
	switch text, err := root.ReadFile(retiredFile); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case json.Unmarshal(text, &before) != nil:
		before = map[string]int64{} // torn: all begin to wait once more
	}
	retired := map[string]int64{}
	err := fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || keep[name] || name == retiredFile:
			return err
		case entry.IsDir() && name != "." && name[0] == '.':
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		if stays(name) && s.Keep > 0 && !strings.HasSuffix(name, ".part") && !strings.HasSuffix(name, delta.Suffix) {
			since, known := before[name]
			if !known || since > now.Unix() {
				since = now.Unix()
			}
			if now.Sub(time.Unix(since, 0)) < s.Keep {
				retired[name] = since
				return nil
			}
		}
		return root.Remove(name)
	})
	if err != nil {
		return err
	}
	if len(retired) == 0 {
		err := root.Remove(retiredFile)
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return err
	}
	text, err := json.Marshal(retired)
	if err != nil {
		return err
	}
	return replaceFile(root, retiredFile, append(text, '\n'))
}
