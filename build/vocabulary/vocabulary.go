// Package vocabulary reads vocabulary.json, the file in which a catalog's owner says what
// they call their items.
package vocabulary

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"sparrow/wasm/vocabulary"
)

// File is the name under which the file is found beside items.csv.
const File = "vocabulary.json"

// Read reads the file at path and returns what it says and its text without spaces, as a
// bundle keeps it.
func Read(path string) (*vocabulary.Vocabulary, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, vocabulary.Most+1))
	if err != nil {
		return nil, "", err
	}
	v, err := Parse(text)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	return v, compact.String(), nil
}

// Parse reads the text of a vocabulary; none is the zero value. A key that is not known
// is an error that names it.
func Parse(text []byte) (*vocabulary.Vocabulary, error) {
	v := new(vocabulary.Vocabulary)
	if len(text) == 0 {
		return v, nil
	}
	if len(text) > vocabulary.Most {
		return nil, fmt.Errorf("vocabulary: more than %d KB", vocabulary.Most>>10)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
			return nil, fmt.Errorf("vocabulary: %s is not a key; there are name, path, years, accent, logo, currency, facets, nouns, texts, genres, limits", name)
		}
		return nil, fmt.Errorf("vocabulary: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("vocabulary: something stands behind the object")
	}
	if err := v.Check(); err != nil {
		return nil, fmt.Errorf("vocabulary: %w", err)
	}
	return v, nil
}
