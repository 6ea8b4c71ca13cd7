package main

import (
	"encoding/json"

	"sparrow/build/bundledir"
)

// usersBeside returns the people of a data set beside a bundle, and the id of the first of them as JSON; nil where there are none.
func usersBeside(bundle string) (text []byte, first string, err error) {
	text, id, err := bundledir.ReadUsers(folderOf(bundle))
	if text == nil || err != nil {
		return nil, "", err
	}
	quoted, err := json.Marshal(id)
	return text, string(quoted), err
}
