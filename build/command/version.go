package command

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// version returns what --version prints of a program: its module and version, the
// version of Go and, where it was built in a repository, the revision.
func version(info *debug.BuildInfo, ok bool) string {
	if !ok {
		return "sparrow, built without module support"
	}
	text := fmt.Sprintf("%s %s %s", info.Main.Path, info.Main.Version, info.GoVersion)
	set := make(map[string]string)
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	if revision := set["vcs.revision"]; revision != "" {
		text += " revision " + revision
		if set["vcs.modified"] == "true" {
			text += " with changes"
		}
	}
	return strings.Join(strings.Fields(text), " ")
}
