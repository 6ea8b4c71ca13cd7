package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"sparrow/app/site"
	"sparrow/app/ui"
	"sparrow/build/bundledir"
	"sparrow/wasm/session"
	"sparrow/wasm/vocabulary"
)

// exportCommand writes the site.
type exportCommand struct {
	Bundle     string `required:"" help:"A .bundle file, or a folder with latest.json."`
	Out        string `required:"" help:"The folder to write."`
	Quality    int    `default:"11" help:"Brotli quality, 0 to 11."`
	AppWasm    string `default:".build/app.wasm" help:"The app with its engine, compiled for js/wasm."`
	EngineWasm string `default:".build/engine.wasm" help:"The engine alone, for the widget, compiled for js/wasm."`
	Static     string `default:"static" help:"The folder of style sheets, icons and scripts."`
	Items      int    `default:"500" help:"How many items get a page rendered in advance, the most popular first."`
	Keep       int    `default:"0" placeholder:"DAYS" help:"Days that files of the site before stay, pictures and those named by their content: pages that are open, and scripts that browsers keep for a week, may ask for them (${default})."`
	Deltas     bool   `negatable:"" default:"true" help:"Make deltas of large files for visitors who have them of a site that lies in the folder: the edge sends them."`
	Feedback   bool   `negatable:"" default:"true" help:"Offer visitors to share what they see, open and rate; the site needs an edge for it."`
	BaseURL    string `help:"The address the site will have, https://example.org: for canonical links, the languages of a page, site map and robots.txt."`
	Pictures   string `placeholder:"DIR" help:"The folder of the pictures that a catalog names by a path, covers/1.jpg: that of items.csv. They become part of the site."`
	Base       string `help:"The path on its host that the site will have, /repo/, when it is not the whole host; that of --base-url when left out."`

	vocabulary vocabulary.Vocabulary // what the catalog's owner calls things
	supplement []byte                // the second file of the bundle; nil for none
	pictures   pictures              // none until Run has found them
	at         place                 // nowhere until build has read it from the flags
	widget     widget                // empty until build has made it
	logo       logo                  // of the vocabulary
	said       []string              // what of the vocabulary is not used as it stands
	shy        int                   // items and genres without a page of their own, the same
}

// Run writes the site and reports what it wrote.
func (c *exportCommand) Run() error {
	bundle, file, err := bundledir.Read(c.Bundle)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	s, err := session.Open(bundle)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	v, err := vocabularyOf(bundle)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	c.vocabulary = *v
	switch c.supplement, err = bundledir.SupplementFor(bundle, file); {
	case errors.Is(err, fs.ErrNotExist): // lists do without
		fmt.Printf("export: the Lab will lack further models: %v\n", err)
	case err != nil:
		return fmt.Errorf("export: %w", err)
	}
	c.pictures = picturesOf(c.Bundle, bundle)
	out, err := c.build(s, bundle)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	out.Keep, out.Deltas = time.Duration(c.Keep)*24*time.Hour, c.Deltas
	total := 0
	if err := out.Write(c.Out, c.Quality, func(path string) { total += len(out.File(path)) }); err != nil {
		return err
	}
	fmt.Printf("export: %d files, %.1f MB, in %s\n", len(out.Paths()), float64(total)/1e6, c.Out)
	if text := c.at.missing(); text != "" {
		fmt.Println("export: " + text)
	}
	for _, text := range append(c.said, c.pictures.said...) {
		fmt.Println("export: " + text)
	}
	if c.shy > 0 {
		fmt.Printf("export: %d items or genres have no page of their own, since their ids are very long or equal but for case; the app draws them\n", c.shy)
	}
	fmt.Printf("export: widget %s integrity=\"%s\"\n", c.widget.pinned, c.widget.integrity)
	return nil
}

// build puts the whole site together.
func (c *exportCommand) build(s ui.Session, bundle []byte) (*site.Site, error) {
	var err error
	if c.at, err = c.place(); err != nil {
		return nil, err
	}
	out := site.New(c.at.base)
	for _, text := range ui.Speak(&c.vocabulary) {
		c.said = append(c.said, "vocabulary: "+text)
	}
	c.said = append(c.said, faint(&c.vocabulary)...)
	before := ""
	if c.Keep > 0 {
		before = filepath.Join(c.Out, "pictures")
	}
	var said []string
	c.logo, said = putLogo(out, &c.vocabulary, c.Pictures, before)
	c.said = append(c.said, said...)
	scripts, err := c.assets(out)
	if err != nil {
		return nil, err
	}
	name := bundledir.Hash(bundle)
	links, linked, err := bundledir.Links(c.Bundle)
	if err != nil {
		return nil, err
	}
	latest := fmt.Sprintf("{\"bundle\":%q,\"bytes\":%d", name, len(bundle))
	if links != nil {
		latest += fmt.Sprintf(",\"links\":%q", linked)
		out.Put("/v1/a/"+linked+".links", links)
	}
	people, first, err := usersBeside(c.Bundle)
	if err != nil {
		return nil, err
	}
	if people != nil {
		latest += ",\"users\":" + first
		out.Put("/v1/users.json", people)
	}
	out.Put("/v1/latest.json", []byte(latest+"}\n"))
	out.Put("/v1/a/"+name+".bundle", bundle)
	if c.supplement != nil {
		out.Put("/v1/a/"+name+".supplement", c.supplement)
	}

	live, err := overlayBeside(c.Bundle)
	if err != nil {
		return nil, err
	}
	out.Put("/v1/live.json", live)

	paths, shy := addresses(s, c.Items)
	c.shy = shy
	previews, err := putPreviews(out, s, paths, c.at)
	if err != nil {
		return nil, err
	}
	pages, err := renderAll(s, paths, c.logo.icons(out.Assets()), c.at, c.Feedback, previews)
	if err != nil {
		return nil, err
	}
	if c.widget, err = putWidget(out, c.Static, scripts.goroot, scripts.engine); err != nil {
		return nil, err
	}
	if err := putDemo(out, s, c.Static, scripts.goroot, c.at.base, c.widget, &c.vocabulary); err != nil {
		return nil, err
	}
	if err := c.pictures.put(out, c.Pictures, before); err != nil {
		return nil, err
	}
	screenshots, said, err := putScreenshots(out, c.Bundle)
	if err != nil {
		return nil, err
	}
	c.said = append(c.said, said...)
	for _, lang := range []string{"en", "zh"} {
		out.Put(manifestPath(lang), manifest(lang, out.Assets(), c.logo, screenshots[lang]))
	}
	if err := scripts.seal(out, pages, &c.vocabulary, c.pictures.sources, c.Feedback); err != nil {
		return nil, err
	}
	if err := putHostFiles(out, c.vocabulary.Root(), c.pictures.sources); err != nil {
		return nil, err
	}
	c.at.putMaps(out, pages)
	return out, nil
}

// assets adds everything but the pages and the scripts that name the rest.
func (c *exportCommand) assets(out *site.Site) (scripts, error) {
	var sheets []string
	for _, name := range styleSheets {
		text, err := os.ReadFile(filepath.Join(c.Static, "css", name))
		if err != nil {
			return scripts{}, err
		}
		sheets = append(sheets, string(text))
	}
	sheet, err := minifyCSS(strings.Join(sheets, "\n") + accentOf(&c.vocabulary) + c.logo.rule())
	if err != nil {
		return scripts{}, err
	}
	out.Asset("app.css", []byte(sheet))
	goroot, err := goroot()
	if err != nil {
		return scripts{}, err
	}
	files := map[string]string{
		"app.wasm": c.AppWasm, "wasm_exec.js": wasmExec(goroot),
	}
	for _, name := range []string{"icon.svg", "icon-192.png", "icon-512.png", "icon-maskable-512.png", "apple-touch-icon.png"} {
		files[name] = filepath.Join(c.Static, "icons", name)
	}
	for name, path := range files {
		body, err := readFile(path)
		if err != nil {
			return scripts{}, err
		}
		out.Asset(name, body)
	}
	engine, err := readFile(c.EngineWasm)
	if err != nil {
		return scripts{}, err
	}
	for _, s := range []script{{entry: "js/engine-worker.js"}, {entry: "js/import-worker.js"}, {entry: "js/focus.js", module: true}, {entry: "js/qr.js", module: true}, {entry: "js/sharing.js", module: true}, {entry: "js/taste-picture.js", module: true}, {entry: "js/users.js", module: true}, {entry: "js/webmcp.js", module: true}} {
		body, err := s.bundle(c.Static, goroot)
		if err != nil {
			return scripts{}, err
		}
		out.Asset(filepath.Base(s.entry), body)
	}
	page, err := script{entry: "js/app.js", old: true}.bundle(c.Static, goroot)
	if err != nil {
		return scripts{}, err
	}
	worker, err := os.ReadFile(filepath.Join(c.Static, "js", "sw.js"))
	return scripts{string(page), string(worker), goroot, out.Hashed("engine.wasm", engine)}, err
}

// readFile reads a file of the site's sources, or a program that was built.
func readFile(name string) ([]byte, error) {
	body, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) && strings.HasSuffix(name, ".wasm") {
		return nil, fmt.Errorf("%w; make wasm builds it", err)
	}
	return body, err
}

// goroot returns the folder of the toolchain, which holds wasm_exec.js.
func goroot() (string, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOROOT: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}
