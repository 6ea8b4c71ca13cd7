package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	_ "golang.org/x/image/webp"

	"sparrow/app/site"
	"sparrow/app/ui"
)

// Screenshots that Chromium shows with its offer to install the app have sides of 320 to 3,840 pixels, the longer at
// most 2.3 times the shorter: https://developer.chrome.com/docs/devtools/progressive-web-apps/manifest.
const (
	leastSide, mostSide = 320, 3840
	mostRatio           = 2.3
	mostScreenshot      = 300 << 10 // bytes: only who may install the app gets them
)

// screenshot is a picture of the app, as a manifest has it.
type screenshot struct {
	Src   string `json:"src"`
	Sizes string `json:"sizes"`
	Type  string `json:"type"`
	Form  string `json:"form_factor"`
	Label string `json:"label"`
}

// forms are what screenshots are for, with what each is called in the languages of the app.
var forms = []struct {
	name string
	wide bool
	text map[string]string
}{
	{"narrow", false, map[string]string{"en": "%s on a phone", "zh": "手机上的 %s"}},
	{"wide", true, map[string]string{"en": "%s on a wide screen", "zh": "宽屏上的 %s"}},
}

// putScreenshots adds the screenshots that lie beside a bundle, screenshots/narrow-en.webp, to the site, and
// returns them by language. They show that bundle's items, so that a bundle without such a folder has none.
// They are no assets of the app: nothing but the offer to install it asks for them. said is what of the folder is not used, and why.
func putScreenshots(out *site.Site, bundle string) (all map[string][]screenshot, said []string, err error) {
	dir := filepath.Join(folderOf(bundle), "screenshots")
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	all = map[string][]screenshot{}
	left := map[string]bool{}
	for _, file := range files {
		left[file.Name()] = true
	}
	for _, lang := range []string{"en", "zh"} {
		for _, form := range forms {
			base, used := form.name+"-"+lang, ""
			for _, file := range files {
				name := file.Name()
				if strings.TrimSuffix(name, filepath.Ext(name)) != base {
					continue
				}
				delete(left, name)
				if used != "" {
					said = append(said, fmt.Sprintf("%s is left out: %s is there, too, and comes first", filepath.Join(dir, name), used))
					continue
				}
				shot, body, err := readScreenshot(root, name, form.wide)
				if err != nil {
					said = append(said, fmt.Sprintf("%s is left out: it %v", filepath.Join(dir, name), err))
					continue
				}
				used = name
				shot.Src, shot.Form, shot.Label = out.Hashed(name, body), form.name, fmt.Sprintf(form.text[lang], ui.ManifestOf(lang).Name)
				all[lang] = append(all[lang], shot)
			}
		}
	}
	for _, name := range sorted(left) {
		said = append(said, fmt.Sprintf("%s is left out: screenshots are called narrow-en, wide-en, narrow-zh and wide-zh, and end in .webp, .png or .jpg", filepath.Join(dir, name)))
	}
	return all, said, nil
}

// readScreenshot reads a file that Chromium shows; what is wrong with one goes on after "it".
func readScreenshot(root *os.Root, name string, wide bool) (shot screenshot, body []byte, err error) {
	if body, err = readPicture(root, name); err != nil {
		return shot, nil, errors.New("cannot be read as a picture")
	}
	if len(body) > mostScreenshot {
		return shot, nil, fmt.Errorf("has %d KB, and the limit is %d", len(body)>>10, mostScreenshot>>10)
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(body))
	short, long := min(c.Width, c.Height), max(c.Width, c.Height)
	switch {
	case err != nil:
		return shot, nil, errors.New("is no WebP, PNG or JPEG")
	case short < leastSide || long > mostSide:
		return shot, nil, fmt.Errorf("has %d×%d pixels, and a side must have %d to %d", c.Width, c.Height, leastSide, mostSide)
	case float64(long) > mostRatio*float64(short):
		return shot, nil, fmt.Errorf("has %d×%d pixels, and the longer side may be at most %v times the shorter", c.Width, c.Height, mostRatio)
	case wide != (c.Width > c.Height):
		return shot, nil, fmt.Errorf("has %d×%d pixels, which is not what its name says", c.Width, c.Height)
	}
	return screenshot{Sizes: fmt.Sprintf("%dx%d", c.Width, c.Height), Type: "image/" + kind}, body, nil
}
