package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"

	"sparrow/wasm/filter"
)

// refusal says why a request has no answer.
type refusal struct {
	status int

	Where  string `json:"where"` // the parameter, or the place in the body: history[3].stars
	Why    string `json:"why"`
	Do     string `json:"do"`               // what to do about it
	Column int    `json:"column,omitempty"` // of a filter or quotas, in characters from 1 on
	Caret  string `json:"caret,omitempty"`  // that text, and below it a mark at that column
}

const busy = http.StatusServiceUnavailable

// bad returns the refusal of a request that is wrong.
func bad(where, why, do string) *refusal {
	return &refusal{status: http.StatusBadRequest, Where: where, Why: why, Do: do}
}

// within returns r as of a request that stands at a place of another one.
func (r *refusal) within(place string) *refusal {
	if r != nil {
		r.Where = place + "." + r.Where
	}
	return r
}

// ofText returns the refusal of a text that names columns and cannot be read: a filter, or one of quotas.
func ofText(where, text string, err error) *refusal {
	const do = "see wasm/filter/GRAMMAR.md for the language, and go run ./build inspect for the columns"
	var mistake *filter.Error
	if !errors.As(err, &mistake) {
		return bad(where, err.Error(), do)
	}
	r := bad(where, mistake.Problem, do)
	r.Column = mistake.Column
	shown := strings.NewReplacer("\n", " ", "\t", " ").Replace(text)
	r.Caret = shown + "\n" + strings.Repeat(" ", mistake.Column-1) + "^"
	return r
}

// decode reads the one JSON value of a body, of at most most bytes, into v. What v has no
// field for is refused: a field that is misspelt is not left out in silence.
func decode(w http.ResponseWriter, r *http.Request, most int64, v any) *refusal {
	const see = "see /openapi.json for what a body has"
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, most))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil {
		if _, after := d.Token(); after == io.EOF {
			return nil
		}
		return bad("body", fmt.Sprintf("something stands behind the JSON value, from byte %d on", d.InputOffset()), "send one JSON value")
	}
	var large *http.MaxBytesError
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &large):
		return &refusal{status: http.StatusRequestEntityTooLarge, Where: "body", Why: fmt.Sprintf("it has more than %d bytes", most), Do: "send less at a time"}
	case errors.As(err, &kind):
		where := "body"
		if kind.Field != "" {
			where = inList.ReplaceAllString(kind.Field, "[$1]")
		}
		return bad(where, fmt.Sprintf("a %s stands there, before byte %d, and it has to be a %s", kind.Value, kind.Offset, nameOf(kind.Type.Kind().String())), see)
	case errors.As(err, &syntax):
		return bad("body", fmt.Sprintf("it is no JSON, at byte %d: %v", syntax.Offset, err), see)
	case err == io.EOF:
		return bad("body", "it is empty", see)
	}
	return bad("body", strings.TrimPrefix(err.Error(), "json: "), see)
}

// inList is a place in a list, as package json names it.
var inList = regexp.MustCompile(`\.(\d+)`)

// nameOf returns what JSON calls a kind of Go's.
func nameOf(kind string) string {
	switch {
	case strings.HasPrefix(kind, "float"), strings.HasPrefix(kind, "int"):
		return "number"
	case kind == "slice":
		return "list"
	case kind == "struct":
		return "object"
	}
	return kind
}
