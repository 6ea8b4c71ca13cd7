package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// script is one of our scripts as it ships: bundled with its imports, and
// minified.
type script struct {
	entry  string              // file in the folder of the site's sources: "js/engine-worker.js"
	module bool                // an ES module, else a classic script, which can also be a worker
	old    bool                // browsers that cannot run the rest must be able to read it, to say so
	define map[string]string   // name in the source → JavaScript that replaces it
	apart  map[string]string   // file that import() names → address of a script of its own
	inside map[string][]string // scripts that a file "later.js" has inside in place of import(), and what each exports
}

// bundle reads a script from the folder static. Its import 'wasm_exec.js'
// resolves to the Go toolchain's own file in goroot.
func (s script) bundle(static, goroot string) ([]byte, error) {
	format := api.FormatIIFE
	if s.module {
		format = api.FormatESModule
	}
	loader, err := filepath.Abs(wasmExec(goroot))
	if err != nil {
		return nil, err
	}
	target := api.ES2022
	if s.old {
		target = api.ES2017
	}
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{filepath.Join(static, s.entry)},
		Bundle:      true,
		Format:      format,
		Target:      target,
		Supported:   map[string]bool{"dynamic-import": true}, // where there is none, its caller goes on without
		Charset:     api.CharsetUTF8,
		Define:      s.define,
		Alias:       map[string]string{"wasm_exec.js": loader},
		Plugins:     []api.Plugin{sheets, {Name: "others", Setup: s.others}},

		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
	})
	if len(result.Errors) > 0 {
		texts := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return nil, errors.New(strings.TrimSpace(strings.Join(texts, "")))
	}
	return result.OutputFiles[0].Contents, nil
}

// sheets turns a style sheet that a script imports into minified text.
var sheets = api.Plugin{Name: "sheets", Setup: func(build api.PluginBuild) {
	build.OnLoad(api.OnLoadOptions{Filter: `\.css$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		css, err := os.ReadFile(args.Path)
		if err != nil {
			return api.OnLoadResult{}, err
		}
		text, err := minifyCSS(string(css))
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderText}, err
	})
}}

// others decides where the scripts are that a bundle may want later: apart from
// it, or inside, where they share what they import. esbuild's own way, for
// import() of what is inside, walks over objects with for…in and fails where a
// page has added to Object.prototype; imports by name need no such object.
func (s script) others(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: `^\./`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		address := s.apart[filepath.Base(args.Path)]
		return api.OnResolveResult{Path: address, External: address != ""}, nil
	})
	if s.inside == nil {
		return
	}
	build.OnLoad(api.OnLoadOptions{Filter: `/later\.js$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		var text, words strings.Builder
		for _, script := range slices.Sorted(maps.Keys(s.inside)) {
			var imports, fields []string
			folder, name := path.Split(script)
			for _, export := range s.inside[script] {
				local := name + "_" + export
				imports, fields = append(imports, export+" as "+local), append(fields, export+":"+local)
			}
			fmt.Fprintf(&text, "import {%s} from './%s.js';\n", strings.Join(imports, ","), script)
			if folder == "words/" {
				fmt.Fprintf(&words, "%s:{%s},", name, strings.Join(fields, ","))
			} else {
				fmt.Fprintf(&text, "export const %s = async () => ({%s});\n", name, strings.Join(fields, ","))
			}
		}
		fmt.Fprintf(&text, "const languages = {%s};\nexport const words = async (code) => languages[code];\n", words.String())
		contents := text.String()
		return api.OnLoadResult{Contents: &contents, ResolveDir: filepath.Dir(args.Path)}, nil
	})
}

var exports = regexp.MustCompile(`export\{([^{}]*)\};?\s*$`)

// exportsOf returns the names of what a bundled ES module exports.
func exportsOf(module []byte) ([]string, error) {
	found := exports.FindSubmatch(module)
	if found == nil {
		return nil, errors.New("the script does not end with its exports")
	}
	var names []string
	for one := range strings.SplitSeq(string(found[1]), ",") {
		local, name, renamed := strings.Cut(one, " as ")
		if !renamed {
			name = local
		}
		names = append(names, name)
	}
	return names, nil
}

// minifyCSS returns a style sheet without what a browser does not need. A
// warning of esbuild is an error.
func minifyCSS(css string) (string, error) {
	result := api.Transform(css, api.TransformOptions{Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true})
	if all := append(result.Errors, result.Warnings...); len(all) > 0 {
		texts := api.FormatMessages(all, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return "", errors.New(strings.TrimSpace(strings.Join(texts, "")))
	}
	return strings.TrimSpace(string(result.Code)), nil
}

func wasmExec(goroot string) string { return filepath.Join(goroot, "lib", "wasm", "wasm_exec.js") }
