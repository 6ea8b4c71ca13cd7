//go:build !js

package main

import (
	"strings"
	"testing"

	"sparrow/app/site"
)

func TestModulesNameWhatTheyImportByContent(t *testing.T) {
	out := site.New()
	err := putScripts(out, map[string][]byte{
		"a.js":   []byte("import { one } from './b.js';\nimport \"./c-d.js\";\nconst e = () => import('./e.js');\n"),
		"b.js":   []byte("export { two as one } from './c-d.js';\n"),
		"c-d.js": []byte("export const two = 2; // says 'import' and './a.js'\n"),
		"e.js":   []byte("importScripts('./a.js');\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	url := out.Assets()
	for name, want := range map[string]string{
		"a.js":   "import { one } from '" + url["b.js"] + "';\nimport \"" + url["c-d.js"] + "\";\nconst e = () => import('" + url["e.js"] + "');\n",
		"b.js":   "export { two as one } from '" + url["c-d.js"] + "';\n",
		"c-d.js": "export const two = 2; // says 'import' and './a.js'\n",
		"e.js":   "importScripts('./a.js');\n",
	} {
		if got := string(out.File(url[name])); got != want {
			t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestModulesThatImportWhatIsMissing(t *testing.T) {
	for name, text := range map[string]string{"itself": "import './a.js';", "what is missing": "import './b.js';"} {
		err := putScripts(site.New(), map[string][]byte{"a.js": []byte(text)})
		if err == nil || !strings.Contains(err.Error(), "a.js") {
			t.Errorf("a script that imports %s: error %v, want one that names it", name, err)
		}
	}
}
