package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image/png"
	"maps"
	"os"
	"path/filepath"

	"sparrow/app/site"
	"sparrow/wasm/vocabulary"
)

// mostLogo is in bytes: every page shows it, and the app keeps it to open without a network.
const mostLogo = 64 << 10

// leastLogo is the side in pixels from which on browsers install an app by a PNG.
const leastLogo = 192

// logo is the mark of the site's owner in place of the app's own; the zero value is none.
type logo struct {
	url, kind, sizes string // of the file, as a manifest has them
}

// putLogo adds the logo that a vocabulary has or names to the site. A file is read below folder, that of
// the catalog's pictures, else below before, where the site that this one replaces has them. said is what the owner should know.
func putLogo(out *site.Site, v *vocabulary.Vocabulary, folder, before string) (l logo, said []string) {
	if v.Logo == "" {
		return logo{}, nil
	}
	text, ending, inline := v.Inline()
	body, err := base64.StdEncoding.DecodeString(text)
	if !inline {
		ending = filepath.Ext(v.Logo)
		if body, err = readBelow(folder, v.Logo); errors.Is(err, errNoFile) {
			body, err = readBelow(before, v.Logo)
		}
	}
	l = logo{kind: vocabulary.LogoKinds[ending], sizes: "any"}
	switch {
	case err == nil && len(body) > mostLogo:
		err = fmt.Errorf("has %d KB, and the limit is %d", len(body)>>10, mostLogo>>10)
	case err == nil && ending == ".png":
		c, broken := png.DecodeConfig(bytes.NewReader(body))
		if broken != nil {
			err = broken
			break
		}
		l.sizes = fmt.Sprintf("%dx%d", c.Width, c.Height)
		if min(c.Width, c.Height) < leastLogo {
			said = append(said, fmt.Sprintf("vocabulary: logo has %s pixels; browsers that install an app want a square of %d or more, or SVG", l.sizes, leastLogo))
		}
	case err == nil && !bytes.Contains(body, []byte("<svg")):
		err = errors.New("is no SVG")
	}
	if err != nil {
		name := "of the vocabulary"
		if !inline {
			name = fmt.Sprintf("%q below %q (--pictures, make site PICTURES=…)", v.Logo, folder)
		}
		return logo{}, []string{fmt.Sprintf("vocabulary: logo %s: %v; the app's own mark stays", name, err)}
	}
	if !inline {
		out.Put("/pictures/"+v.Logo, body) // where the next site finds it
	}
	l.url = out.Asset("logo"+ending, body)
	return l, said
}

// readBelow reads a picture in a folder, "" for none.
func readBelow(folder, name string) ([]byte, error) {
	if folder == "" {
		return nil, errNoFile
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, errNoFile
	}
	defer root.Close()
	return readPicture(root, name)
}

// rule returns the style of the mark in the header: the picture in place of a shape in the accent's colour.
func (l logo) rule() string {
	if l.url == "" {
		return ""
	}
	return fmt.Sprintf(`.mark{background:url(%q) center/contain no-repeat;mask:none}`, l.url)
}

// icons returns the assets with the logo in place of the app's icons.
func (l logo) icons(assets map[string]string) map[string]string {
	if l.url == "" {
		return assets
	}
	assets = maps.Clone(assets)
	assets["icon.svg"], assets["apple-touch-icon.png"] = l.url, l.url
	delete(assets, "icon-512.png") // the app's own mark, which pages would name as the picture of a link
	return assets
}
