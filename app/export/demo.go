package main

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"

	"sparrow/app/site"
	"sparrow/app/ui"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vocabulary"
)

// demoItems is how many popular items the demo page offers.
const demoItems = 60

// putDemo adds /demo/, where a site's owner tries the widget and copies its
// markup. Its style sheet begins with the app's tokens, and its script receives
// the name and the hash under which w can be pinned.
func putDemo(out *site.Site, s ui.Session, static, goroot, base string, w widget, v *vocabulary.Vocabulary) error {
	pin := map[string]string{"__PINNED__": strings.TrimPrefix(w.pinned, base+"/"), "__INTEGRITY__": w.integrity}
	for name, value := range pin {
		quoted, err := json.Marshal(value)
		if err != nil {
			return err
		}
		pin[name] = string(quoted)
	}
	nouns, err := json.Marshal(nounsOf(v))
	if err != nil {
		return err
	}
	pin["__NOUNS__"] = string(nouns)
	code, err := script{entry: "demo/demo.js", module: true, define: pin}.bundle(static, goroot)
	if err != nil {
		return err
	}
	var sheets strings.Builder
	for _, name := range []string{"css/tokens.css", "demo/demo.css", "demo/stage.css"} {
		text, err := os.ReadFile(filepath.Join(static, name))
		if err != nil {
			return err
		}
		sheets.Write(text)
	}
	sheet, err := minifyCSS(sheets.String())
	if err != nil {
		return err
	}
	page, err := os.ReadFile(filepath.Join(static, "demo", "index.html"))
	if err != nil {
		return err
	}
	out.Put("/demo/index.html", []byte(strings.NewReplacer(
		"__STYLE__", out.Hashed("demo.css", []byte(sheet)),
		"__SCRIPT__", out.Hashed("demo.js", code),
		"__ICON__", out.Assets()["icon.svg"],
		"__BASE__", base,
		"__PATH__", v.Root()+"{id}",
		"__ITEMS__", itemOptions(s, demoItems),
	).Replace(string(page))))
	return nil
}

// nounsOf returns what the demo page calls items, by language.
func nounsOf(v *vocabulary.Vocabulary) map[string]map[string]string {
	return map[string]map[string]string{
		"en": {"item": v.Noun("en", "item"), "items": v.Noun("en", "items")},
		"zh": {"item": v.Noun("zh", "item"), "measure": v.Noun("zh", "measure")},
	}
}

// itemOptions returns the n most popular items as options of a select
// element, whose text is the title and whose year stands beside it.
func itemOptions(s ui.Session, n int) string {
	var b strings.Builder
	for _, c := range s.Answer(protocol.Request{Verb: protocol.Browse, K: n}).Cards {
		year := ""
		if c.Year != 0 {
			year = fmt.Sprint(c.Year)
		}
		fmt.Fprintf(&b, "\n<option value=\"%s\" data-year=\"%s\">%s</option>", html.EscapeString(string(c.ID)), year, html.EscapeString(c.Title))
	}
	return b.String()
}
