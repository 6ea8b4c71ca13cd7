//go:build !js

package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
)

const reloadScript = `const source = new EventSource('/_live');
let first;
source.onmessage = async ({ data }) => {
  if (first === undefined) first = data;
  if (data === first) return;
  for (const r of await navigator.serviceWorker?.getRegistrations() ?? []) await r.unregister();
  location.reload();
};
`

// Reload adds to the pages of next a script that reloads them when the server
// comes back with another version. versioned is a file that differs between
// versions.
func Reload(next http.Handler, versioned string) http.Handler {
	body, _ := os.ReadFile(versioned)
	sum := sha256.Sum256(body)
	version := hex.EncodeToString(sum[:8])
	mux := http.NewServeMux()
	mux.HandleFunc("GET /_live.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", types[".js"])
		fmt.Fprint(w, reloadScript)
	})
	mux.HandleFunc("GET /_live", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-store")
		fmt.Fprintf(w, "retry: 300\ndata: %s\n\n", version)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept"), "text/html") {
			next.ServeHTTP(w, r)
			return
		}
		r.Header.Del("Accept-Encoding")
		r.Header.Del("If-None-Match")
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		page := bytes.Replace(answer.Body.Bytes(), []byte("</body>"), []byte(`<script src="/_live.js" defer></script></body>`), 1)
		for name, values := range answer.Header() {
			if name != "Content-Length" && name != "Etag" {
				w.Header()[name] = values
			}
		}
		w.WriteHeader(answer.Code)
		w.Write(page)
	})
	return mux
}
