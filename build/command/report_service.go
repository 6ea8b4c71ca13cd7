package command

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/report"
	"sparrow/wasm/experiment"
)

// serviceOf reads what a folder of bundles says of itself; of a single bundle that is
// its age. What cannot be read is said, and not told. asOf is when the newest
// bundle's data end, in Unix seconds.
func serviceOf(c *console.Console, path string, asOf int64) (s report.Service, err error) {
	data, file, err := bundledir.Read(path)
	if err != nil {
		return s, err
	}
	s.Bundle = bundledir.Hash(data)
	info, err := os.Stat(file)
	if err != nil {
		return s, err
	}
	s.Written = info.ModTime()
	if asOf > 0 {
		s.Learned = time.Unix(asOf, 0)
	}
	if !bundledir.IsFolder(path) {
		return s, nil
	}
	o, remarks, err := readOverlay(filepath.Join(path, "live.json"))
	switch {
	case err == nil:
		sayRemarks(c, "live.json", &remarks)
		s.Live = &report.Live{Items: len(o.Items), New: len(o.New), Rules: len(o.Rules)}
		if o.At > 0 {
			s.Live.Made = time.Unix(o.At, 0)
		}
	case !errors.Is(err, fs.ErrNotExist):
		c.Say("%v", err)
	}
	s.Trending = trendingOf(c, filepath.Join(path, "trending.json"))
	text, err := os.ReadFile(filepath.Join(path, "night.log"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.Say("%v", err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	s.Night = lines[len(lines)-1]
	return s, nil
}

// trendingOf returns what trending items are as of; zero where there are none.
func trendingOf(c *console.Console, path string) time.Time {
	text, err := os.ReadFile(path)
	var t struct {
		AsOf int64 `json:"asOf"`
	}
	if err == nil {
		err = json.Unmarshal(text, &t)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.Say("%s: %v", path, err)
	}
	if t.AsOf <= 0 {
		return time.Time{}
	}
	return time.Unix(t.AsOf, 0)
}

// layers returns the layers of experiments.json; none where there is no such file.
func (v *reportVerb) layers() ([]experiment.Layer, error) {
	path := v.Experiments
	if path == "" {
		path = filepath.Join(string(v.Bundle), "experiments.json")
		if _, err := os.Stat(path); err != nil {
			return nil, nil
		}
	}
	f, err := readExperiments(path)
	if err != nil {
		return nil, err
	}
	return f.Layers, nil
}
