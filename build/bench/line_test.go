package main

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// TestTheLineSpeaksTheProtocolAndPassesAnswersOn: what the server behind it answers comes
// back whole, by HTTP/2 or, where it is old, by HTTP/1.1.
func TestTheLineSpeaksTheProtocolAndPassesAnswersOn(t *testing.T) {
	long := strings.Repeat("0123456789", 10_000)
	behind := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Asked", r.URL.Path)
		w.WriteHeader(http.StatusTeapot)
		io.WriteString(w, long)
	}))
	defer behind.Close()
	to, err := url.Parse(behind.URL)
	if err != nil {
		t.Fatal(err)
	}
	for old, want := range map[bool]string{false: "HTTP/2.0", true: "HTTP/1.1"} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		certificate, err := ownCertificate()
		if err != nil {
			t.Fatal(err)
		}
		go (&Line{To: to, Rate: 1 << 30, Old: old}).serve(listener, certificate)
		client := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
		defer client.CloseIdleConnections()
		answer, err := client.Get("https://" + listener.Addr().String() + "/some/file")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || string(body) != long {
			t.Errorf("old %t: %d bytes arrived of %d: %v", old, len(body), len(long), err)
		}
		if answer.Proto != want || answer.StatusCode != http.StatusTeapot || answer.Header.Get("X-Asked") != "/some/file" {
			t.Errorf("old %t: answered by %s, %d, asked for %q; want %s, %d, /some/file",
				old, answer.Proto, answer.StatusCode, answer.Header.Get("X-Asked"), want, http.StatusTeapot)
		}
	}
}
