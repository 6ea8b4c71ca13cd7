//go:build !js

package ui

import (
	"net/url"
	"testing"
)

func TestParseRoute(t *testing.T) {
	for _, test := range []struct{ address, lang, page, param string }{
		{"/", "en", "home", ""},
		{"/zh/", "zh", "home", ""},
		{"/zh", "zh", "home", ""},
		{"/item/356", "en", "item", "356"},
		{"/zh/item/356", "zh", "item", "356"},
		{"/genre/%28no%20genres%20listed%29", "en", "browse", "(no genres listed)"},
		{"/browse?decade=1990", "en", "browse", ""},
		{"/for-you", "en", "for-you", ""},
		{"/user/42", "en", "user", "42"},
		{"/zh/user/a~2fb", "zh", "user", "a/b"},
		{"/user", "en", "missing", ""},
		{"/lab?item=6", "en", "lab", ""},
		{"/movie", "en", "missing", ""},
		{"/item/", "en", "missing", ""},
		{"/profile/1", "en", "missing", ""},
		{"/zhou", "en", "missing", ""},
	} {
		u, err := url.Parse(test.address)
		if err != nil {
			t.Fatal(err)
		}
		r := parseRoute(u)
		if r.lang != test.lang || r.page != test.page || r.param != test.param {
			t.Errorf("parseRoute(%q) = %s %s %q, want %s %s %q", test.address, r.lang, r.page, r.param, test.lang, test.page, test.param)
		}
		if r.page == "missing" {
			continue
		}
		back, err := url.Parse(r.address(r.lang))
		if err != nil {
			t.Fatal(err)
		}
		if again := parseRoute(back); again.page != r.page || again.param != r.param || again.lang != r.lang {
			t.Errorf("%q leads to %q, which is another page", test.address, back)
		}
	}
}

func TestSafeURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/1": "https://example.org/1", "/item/1": "/item/1", "#items": "#items",
		"javascript:alert(1)": "", "JAVASCRIPT:alert(1)": "", "data:text/html,x": "", "http://example.org": "", "//example.org": "",
		"/\\example.org": "", " https://example.org": "", "java\nscript:x": "", "": "",
	} {
		if got := safeURL(in); got != want {
			t.Errorf("safeURL(%q) = %q, want %q", in, got, want)
		}
	}
}
