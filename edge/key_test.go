//go:build !js

package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

var (
	oldKey = strings.Repeat("a1", 32)
	newKey = strings.Repeat("b2", 32)
)

func TestParseKeys(t *testing.T) {
	for _, c := range []struct{ name, text, err string }{
		{"one", oldKey + "\n", ""},
		{"two, while one takes the place of the other", oldKey + "\n" + newKey + "\n", ""},
		{"none", " \n", "no key: want one a line"},
		{"three", oldKey + "\n" + newKey + "\n" + strings.Repeat("c3", 32), "3 keys: want 2 at most"},
		{"one that can be guessed", oldKey + "\nsesame", "key 2 has 6 characters: want 32 to 512"},
		{"one that fits no header", strings.Repeat("a", 513), "key 1 has 513 characters"},
		{"the same twice", oldKey + "\n" + oldKey, "key 2 is the same"},
	} {
		k, err := parseKeys(c.text)
		if got := text(err); !strings.HasPrefix(got, c.err) || (got == "") != (c.err == "") {
			t.Errorf("%s: parseKeys gives %d keys and %q, want the error %q", c.name, len(k), got, c.err)
		}
		if err != nil && (strings.Contains(err.Error(), oldKey) || strings.Contains(err.Error(), "sesame")) {
			t.Errorf("%s: the error shows a key: %v", c.name, err)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestKeysAdmit(t *testing.T) {
	both, err := parseKeys(oldKey + " " + newKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		keys   keys
		header string
		origin string
		status int // 200 when it is admitted
		says   string
	}{
		{"the key in use", both, "Bearer " + oldKey, "", 200, ""},
		{"the next one", both, "bearer " + newKey, "", 200, ""},
		{"one that was taken out", both[1:], "Bearer " + oldKey, "", 403, "none of --file"},
		{"a part of one", both, "Bearer " + oldKey[:63], "", 403, "none of --file"},
		{"both at once", both, "Bearer " + oldKey + newKey, "", 403, "none of --file"},
		{"another scheme", both, "Basic " + oldKey, "", 401, "Authorization: Bearer KEY"},
		{"no header", both, "", "", 401, "Authorization: Bearer KEY"},
		{"no key", both, "Bearer ", "", 401, "Authorization: Bearer KEY"},
		{"a page", both, "Bearer " + oldKey, "https://shop.example", 403, "make another key"},
		{"an edge without keys", nil, "Bearer " + oldKey, "", 403, "start it with --file"},
	} {
		r := httptest.NewRequest("PUT", "/", nil)
		for name, value := range map[string]string{"Authorization": c.header, "Origin": c.origin} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		w := httptest.NewRecorder()
		ok := c.keys.admit(w, r, "--file")
		if w.Code != c.status || ok != (c.status == 200) || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: admit is %v with %d %q, want %d %q", c.name, ok, w.Code, w.Body, c.status, c.says)
		}
		if challenge := w.Header().Get("WWW-Authenticate"); (challenge != "") != (c.status == 401) {
			t.Errorf("%s: WWW-Authenticate is %q with %d", c.name, challenge, w.Code)
		}
		if strings.Contains(w.Body.String(), oldKey[:16]) {
			t.Errorf("%s: the answer shows the key", c.name)
		}
	}
}
