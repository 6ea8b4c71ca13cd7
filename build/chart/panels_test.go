package chart

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestPanelsStandBesideEachOther(t *testing.T) {
	one, err := Points("one", "x", "y", []Point{{"a", 1, 2}, {"b", 2, 3}}, false)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := Panels(&b, `two & "more"`, one, one); err != nil {
		t.Fatal(err)
	}
	svg := b.String()
	for _, want := range []string{`viewBox="0 0 696 260"`, `<svg x="0" width="348" height="260"`, `<svg x="348" width="348"`, "prefers-color-scheme:dark", "aria-label=\"two &amp; &#34;more&#34;\""} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture lacks %s:\n%.600s", want, svg)
		}
	}
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("the picture is no XML: %v", err)
		}
	}
	if Panels(io.Discard, "none", "<p>") == nil {
		t.Error("what is no plot is drawn")
	}
}
