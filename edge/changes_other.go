//go:build !js

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"

	"sparrow/edge/changes"
	"sparrow/edge/durable"
)

// changer takes the owner's changes of the live overlay in, and shows the history
// of these, and the owner's report. Other addresses are next's.
type changer struct {
	keys    func() (keys, error) // as they are now
	bundles string               // the folder that has the report
	folder  *changes.Folder      // the same, as changes are made there
	failed  func(error)
	changed func() // is called after each change; nil for nothing
	next    http.Handler
}

const keyFlag = "--live-key-file"

// newChanger takes the keys from a file, which may change at any time; without one
// it takes nothing.
func newChanger(keyFile, bundles string, folder *changes.Folder, failed func(error), next http.Handler) (*changer, error) {
	c := &changer{func() (keys, error) { return keysIn(keyFile) }, bundles, folder, failed, nil, next}
	if keyFile == "" {
		c.keys = func() (keys, error) { return nil, nil }
		return c, nil
	}
	if _, err := c.keys(); err != nil {
		return nil, err
	}
	if err := exposed(keyFile); err != nil {
		failed(err)
	}
	if err := durable.CheckFolder(bundles); err != nil {
		return nil, fmt.Errorf("%s: no change of the live overlay could be kept: %w", keyFlag, err)
	}
	folder.Await()
	return c, nil
}

// keysIn reads the keys of a file. Its error never shows one.
func keysIn(name string) (keys, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", keyFlag, err)
	}
	k, err := parseKeys(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", keyFlag, name, err)
	}
	return k, nil
}

func (c *changer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if r.URL.RawPath != "" {
		path = "" // no route has a second spelling
	}
	switch path {
	case "/v1/live":
		c.answer(w, r, http.MethodPut, c.change)
	case "/v1/live/history":
		c.answer(w, r, http.MethodGet, c.history)
	case ownerPath:
		c.owner(w, r)
	default:
		c.next.ServeHTTP(w, r)
	}
}

// answer passes a request on to take if it has a method and a key.
func (c *changer) answer(w http.ResponseWriter, r *http.Request, method string, take func(http.ResponseWriter, *http.Request)) {
	k, err := c.keys()
	switch {
	case err != nil:
		c.unavailable(w, err)
	case r.Method != method:
		w.Header().Set("Allow", method)
		refuse(w, http.StatusMethodNotAllowed, "only "+method+"; the overlay itself is /v1/live.json")
	case k.admit(w, r, keyFlag):
		take(w, r)
	}
}

func (c *changer) unavailable(w http.ResponseWriter, err error) {
	c.failed(err)
	w.Header().Set("Retry-After", "10")
	refuse(w, http.StatusServiceUnavailable, "not possible now, and nothing was changed; the log says why, please try again")
}

// change merges the body into the overlay and answers when it is on the disk.
func (c *changer) change(w http.ResponseWriter, r *http.Request) {
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		refuse(w, http.StatusUnsupportedMediaType, "send the change as it is, not compressed")
		return
	}
	text, err := body(r, changes.MostChange)
	if err == errTooLarge {
		w.Header().Set("Connection", "close") // and does not read on
		refuse(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("a change has at most %d bytes: send it in parts, or write the whole overlay with build overlay", changes.MostChange))
		return
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, "the body ended early")
		return
	}
	made, err := c.folder.Change(text)
	var refused changes.Refused
	var damaged changes.Damaged
	switch {
	case errors.As(err, &refused):
		refuse(w, http.StatusBadRequest, err.Error())
	case errors.As(err, &damaged):
		c.failed(err)
		refuse(w, http.StatusConflict, err.Error()+": mend or delete it, then send the change again")
	case err != nil:
		c.unavailable(w, err)
	default:
		if c.changed != nil {
			c.changed()
		}
		w.Header().Set("ETag", `"`+made.Tag+`"`)
		reply(w, http.StatusOK, typeJSON, answerOf(made))
	}
}

// answerOf says how many entries a change named, and what of it does nothing.
func answerOf(made changes.Made) []byte {
	text, err := json.Marshal(struct {
		Entries int      `json:"entries"`
		Unused  int      `json:"unused"` // how many remarks there are; the first are named
		Remarks []string `json:"remarks,omitempty"`
	}{made.Entries, made.Remarks.Count, made.Remarks.Lines})
	if err != nil {
		panic(err) // of texts and numbers
	}
	return append(text, '\n')
}

// history answers with the changes that were taken, a line each.
func (c *changer) history(w http.ResponseWriter, r *http.Request) {
	text, err := c.folder.History()
	if err != nil {
		c.unavailable(w, err)
		return
	}
	reply(w, http.StatusOK, "application/jsonl", text)
}
