//go:build !js

package main

import (
	"strings"
	"testing"
)

func TestParseOrigins(t *testing.T) {
	got, err := parseOrigins([]string{"https://shop.example=shop", " http://localhost:3000=dev "})
	if err != nil || len(got) != 2 || got["https://shop.example"] != "shop" || got["http://localhost:3000"] != "dev" {
		t.Errorf("parseOrigins = %v, %v", got, err)
	}
	for _, bad := range []string{"", "shop", "https://shop.example", "https://shop.example=", "https://shop.example=self", "shop.example=shop", "ftp://shop.example=shop",
		"https://shop.example/=shop", "https://shop.example/x=shop", "https://Shop.example=shop", "https://*.example=shop", "https://u@shop.example=shop", "https://s.example=" + strings.Repeat("x", 65)} {
		if o, err := parseOrigins([]string{bad}); err == nil {
			t.Errorf("parseOrigins(%q) = %v, want an error", bad, o)
		}
	}
	if _, err := parseOrigins([]string{"https://a.example=a", "https://a.example=b"}); err == nil {
		t.Error("one origin with two names is accepted")
	}
}
