package main

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"strings"
)

// keys are the secrets of which a program of the owner's names one when it
// changes something here. Only their hashes are kept, so that neither a log nor a
// crash shows one.
type keys [][sha256.Size]byte

const (
	mostKeys = 2  // valid at once: the one in use, and the one that takes its place
	leastKey = 32 // characters, too many to be guessed; openssl rand -hex 32 makes 64
	mostKey  = 512
)

// parseKeys reads one key or two, with a line feed or blanks between them. Its
// error says which is wrong, and never shows it.
func parseKeys(text string) (keys, error) {
	var all keys
	for i, key := range strings.Fields(text) {
		if len(key) < leastKey || len(key) > mostKey {
			return nil, fmt.Errorf("key %d has %d characters: want %d to %d, as openssl rand -hex 32 makes them", i+1, len(key), leastKey, mostKey)
		}
		sum := sha256.Sum256([]byte(key))
		if all.have(sum) {
			return nil, fmt.Errorf("key %d is the same as one before it", i+1)
		}
		all = append(all, sum)
	}
	switch {
	case len(all) == 0:
		return nil, fmt.Errorf("no key: want one a line, as openssl rand -hex 32 makes them")
	case len(all) > mostKeys:
		return nil, fmt.Errorf("%d keys: want %d at most, the one in use and the next one", len(all), mostKeys)
	}
	return all, nil
}

// have reports whether a key of that hash is one of k, in a time that depends on
// neither.
func (k keys) have(sum [sha256.Size]byte) bool {
	found := 0
	for i := range k {
		found |= subtle.ConstantTimeCompare(k[i][:], sum[:])
	}
	return found == 1
}

// admit reports whether a request names one of the keys, as "Authorization:
// Bearer KEY"; otherwise it answers, and says what to do. where is the flag that
// the keys come from. A request of a page is refused whatever its key: there all
// visitors could read it.
func (k keys) admit(w http.ResponseWriter, r *http.Request, where string) bool {
	key, named := bearer(r)
	switch {
	case len(k) == 0:
		refuse(w, http.StatusForbidden, "this edge has no key for this: start it with "+where)
	case r.Header.Get("Origin") != "":
		refuse(w, http.StatusForbidden, "a page sent this, and a key in a page is everybody's: send it from a server, and make another key")
	case !named:
		w.Header().Set("WWW-Authenticate", "Bearer")
		refuse(w, http.StatusUnauthorized, "name a key: Authorization: Bearer KEY, with one of "+where)
	case !k.have(sha256.Sum256([]byte(key))):
		refuse(w, http.StatusForbidden, "this key is none of "+where)
	default:
		return true
	}
	return false
}

// bearer returns the key of "Authorization: Bearer KEY".
func bearer(r *http.Request) (key string, ok bool) {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	key = strings.TrimSpace(key)
	return key, key != "" && strings.EqualFold(scheme, "Bearer")
}
