package main

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sparrow/app/site"
	"sparrow/app/ui"
	"sparrow/build/bundledir"
	"sparrow/wasm/catalog"
)

const (
	mostSources = 30      // hosts that the policy names; a header has its limits
	mostPicture = 4 << 20 // bytes of one file
)

// kinds are the endings of files that browsers show as pictures.
var kinds = []string{".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg"}

// pictures are those of a site's catalogs.
type pictures struct {
	sources []string // what the policy of pages lets through besides the site itself, sorted
	files   []string // paths of files, as a catalog has them, sorted
	said    []string // what the owner should know
}

// picturesOf returns the pictures of the bundles at path: of a folder, those of
// all that it holds, since experiments and open pages ask for others than the
// newest. One that cannot be read names none; the newest is read elsewhere.
func picturesOf(path string, newest []byte) pictures {
	files := []string{path}
	if bundledir.IsFolder(path) {
		files, _ = filepath.Glob(filepath.Join(path, "*.bundle"))
	}
	hosts, names, upgraded := map[string]bool{}, map[string]bool{}, 0
	for _, file := range files {
		b, data, err := bundledir.Open(file)
		if err != nil {
			continue
		}
		for r := range b.Catalog.IDs {
			image := b.Catalog.Image(catalog.Row(r))
			at := ui.Picture(image)
			u, err := url.Parse(at)
			switch {
			case err != nil || at == "":
			case u.Host == "":
				names[image] = true
			default:
				hosts[u.Scheme+"://"+u.Host] = true
				if u.Scheme == "https" && strings.HasPrefix(image, "http:") && slices.Equal(data, newest) {
					upgraded++
				}
			}
		}
	}
	var p pictures
	p.files = sorted(names)
	if p.sources = slices.DeleteFunc(sorted(hosts), unfit); len(p.sources) > mostSources {
		p.said = append(p.said, fmt.Sprintf("pictures come from %d hosts: the policy of pages allows https: as a whole, since it names at most %d", len(p.sources), mostSources))
		p.sources = append([]string{"https:"}, slices.DeleteFunc(p.sources, func(s string) bool { return strings.HasPrefix(s, "https:") })...)
		p.sources = p.sources[:min(len(p.sources), mostSources)]
	} else if len(p.sources) > 0 {
		p.said = append(p.said, "the policy of pages allows pictures from "+strings.Join(p.sources, ", ")+"; a model whose pictures come from another host shows drawn covers until the site is written again")
	}
	if upgraded > 0 {
		p.said = append(p.said, fmt.Sprintf("%d pictures have addresses of http://, which a page of https does not show; they are asked for by https://", upgraded))
	}
	return p
}

func sorted(set map[string]bool) (list []string) {
	for name := range set {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// unfit reports whether a source would be more than one word of the policy.
func unfit(source string) bool {
	return strings.ContainsAny(source, " ;,'\"*\t\r\n") || len(source) > 260
}

// put copies the files of the pictures from a folder into the site. Those that it
// lacks are copied from before, the pictures of the site that this one replaces, ""
// for none: a folder that was forgotten takes no picture off a shop.
func (p *pictures) put(out *site.Site, folder, before string) error {
	if len(p.files) == 0 {
		return nil
	}
	var root *os.Root // nil without a folder
	if folder != "" {
		var err error
		if root, err = os.OpenRoot(folder); err != nil {
			return fmt.Errorf("--pictures: %w", err)
		}
		defer root.Close()
	}
	var last *os.Root
	if r, err := os.OpenRoot(before); before != "" && err == nil {
		last = r
		defer last.Close()
	}
	stay, missing := 0, map[string][]string{} // by the cause
	for _, address := range p.files {
		name, err := url.PathUnescape(address)
		if err != nil {
			continue // no builder writes it
		}
		body, err := readPicture(root, name)
		if errors.Is(err, errNoFile) {
			if body, err = readPicture(last, name); err == nil {
				stay++
			}
		}
		if err != nil {
			missing[err.Error()] = append(missing[err.Error()], name)
			continue
		}
		out.Put("/pictures/"+name, body)
	}
	if stay > 0 {
		p.said = append(p.said, fmt.Sprintf("%d pictures stay as the site has them, since %s: --pictures DIR (make night PICTURES=DIR) names the folder that they are in", stay, lack(folder)))
	}
	causes := map[string]bool{}
	for cause := range missing {
		causes[cause] = true
	}
	for _, cause := range sorted(causes) {
		if folder == "" {
			p.said = append(p.said, fmt.Sprintf("%d pictures are files, like %q, and their items have drawn covers: --pictures DIR (make site PICTURES=DIR) names the folder that they are in", len(missing[cause]), missing[cause][0]))
			continue
		}
		p.said = append(p.said, fmt.Sprintf("%d pictures %s in %s, like %q; their items have drawn covers", len(missing[cause]), cause, folder, missing[cause][0]))
	}
	return nil
}

// lack says why a picture was not in the folder.
func lack(folder string) string {
	if folder == "" {
		return "no folder was named"
	}
	return folder + " lacks them"
}

var (
	errNoFile  = errors.New("cannot be read")
	errNoKind  = errors.New("do not end in " + strings.Join(kinds, ", "))
	errTooLong = fmt.Errorf("are longer than %d MB", mostPicture>>20)
)

// readPicture reads a file that is a picture by its name. The root, nil where there
// is none, lets no path or link lead out of it.
func readPicture(root *os.Root, name string) ([]byte, error) {
	if root == nil {
		return nil, errNoFile
	}
	if !slices.Contains(kinds, strings.ToLower(filepath.Ext(name))) {
		return nil, errNoKind
	}
	if st, err := root.Stat(name); err != nil || !st.Mode().IsRegular() {
		return nil, errNoFile
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, errNoFile
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, mostPicture+1))
	if err != nil {
		return nil, errNoFile
	}
	if len(body) > mostPicture {
		return nil, errTooLong
	}
	return body, nil
}
