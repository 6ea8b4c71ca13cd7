package main

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"sparrow/app/site"
)

// widgetOf exports a site and returns it with its widget.
func widgetOf(t *testing.T) (*site.Site, widget) {
	t.Helper()
	out := site.New("")
	out.Asset("engine.wasm", []byte("engine"))
	out.Asset("engine-worker.js", []byte("worker"))
	goroot, err := goroot()
	if err != nil {
		t.Fatal(err)
	}
	w, err := putWidget(out, "../../static", goroot)
	if err != nil {
		t.Fatal(err)
	}
	return out, w
}

func TestTheWidgetIsPinnedByItsContent(t *testing.T) {
	out, w := widgetOf(t)
	alias, pinned := out.File("/v1/widget.js"), out.File(w.pinned)
	if len(alias) == 0 || !bytes.Equal(alias, pinned) {
		t.Errorf("/v1/widget.js has %d bytes and %s has %d, want the same ones", len(alias), w.pinned, len(pinned))
	}
	sum := sha512.Sum384(alias)
	if want := "sha384-" + base64.StdEncoding.EncodeToString(sum[:]); w.integrity != want {
		t.Errorf("integrity %s, want %s", w.integrity, want)
	}
}

func TestTheWidgetNamesFilesOfTheSite(t *testing.T) {
	out, w := widgetOf(t)
	for _, from := range out.Paths() {
		if from != w.pinned && !strings.HasPrefix(from, "/frame/") {
			continue
		}
		text := string(out.File(from))
		if strings.Contains(text, "__") {
			t.Errorf("%s holds a token that was not filled in", from)
		}
		names := regexp.MustCompile(`\b(a|frame)/[0-9a-f]{16}[\w.-]*`).FindAllString(text, -1)
		if len(names) == 0 {
			t.Errorf("%s names no file", from)
		}
		for _, name := range names {
			if out.File("/"+name) == nil && out.File("/"+name+".html") == nil {
				t.Errorf("%s names %s, which is not there", from, name)
			}
		}
	}
}

func TestTheWidgetIsNoPartOfTheApp(t *testing.T) {
	out, _ := widgetOf(t)
	for name := range out.Assets() {
		if name != "engine.wasm" && name != "engine-worker.js" {
			t.Errorf("the app would keep %s for a visit without a network", name)
		}
	}
}
