//go:build !js

package delta

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// Suffix ends the names of deltas.
const Suffix = ".dcz"

// Most is how many deltas stand beside one file: the versions before it that
// visitors may come back with, the newest ones.
const Most = 8

// MinBytes is the size from which on files have deltas: below it they are a few
// KB after compression, less than they would cost in files and requests.
const MinBytes = 64 << 10

// Family returns what all versions of a file are called, without the hash in
// hexadecimal digits that their names begin with: "app.wasm" for
// "0123456789abcdef.app.wasm". It is "" for a file that is not named so, and for
// letters that would mean something in a pattern of addresses.
func Family(name string) string {
	hash, family, ok := strings.Cut(name, ".")
	if !ok || len(hash) < 16 || !only(hash, hexDigits) || !only(family, hexDigits+"ghijklmnopqrstuvwxyz.-") {
		return ""
	}
	return family
}

// Match returns the Use-As-Dictionary header of every version of a family: each
// is the dictionary of the next one, which lies in the same folder.
func Match(family string) string { return `match="*.` + family + `"` }

const hexDigits = "0123456789abcdef"

// only reports whether text has none but the given ASCII characters.
func only(text, characters string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune(characters, r) })
}

// Sum returns what a dictionary is known by.
func Sum(dictionary []byte) [sha256.Size]byte { return sha256.Sum256(dictionary) }

// Name returns the name of the file that holds the delta of the file called
// name: <name>.<SHA-256 of the dictionary>.dcz.
func Name(name string, dictionary [sha256.Size]byte) string {
	return name + "." + hex.EncodeToString(dictionary[:]) + Suffix
}

// Of returns the name of the file that a delta is of; "" when name is not one of
// a delta.
func Of(name string) string {
	rest, ok := strings.CutSuffix(name, Suffix)
	at := len(rest) - 2*sha256.Size - 1
	if !ok || at <= 0 || rest[at] != '.' || !only(rest[at+1:], hexDigits) {
		return ""
	}
	return rest[:at]
}

// Asked reads an Available-Dictionary header: the SHA-256 of the dictionary that
// a browser has, as a byte sequence of RFC 8941, in colons. ok is false for
// anything else, so that no other text of a header ever becomes part of a name.
func Asked(header string) (dictionary [sha256.Size]byte, ok bool) {
	const length = (sha256.Size + 2) / 3 * 4
	if len(header) != length+2 || header[0] != ':' || header[length+1] != ':' {
		return dictionary, false
	}
	var sum [length / 4 * 3]byte
	n, err := base64.StdEncoding.Strict().Decode(sum[:], []byte(header[1:length+1]))
	return [sha256.Size]byte(sum[:]), err == nil && n == sha256.Size
}
