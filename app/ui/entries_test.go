//go:build !js

package ui

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/protocol"
)

func TestSavedCopyComesBack(t *testing.T) {
	entries := []protocol.Entry{
		{ID: "6", Action: protocol.Rate, Stars: 4.5, At: 1000}, {ID: "7", Action: protocol.Like, At: 1001},
		{ID: `<"8">`, Action: protocol.Watchlist, At: 1002}, {ID: "9", Action: protocol.NotInterested, At: 1003},
	}
	got := importEntries(exportEntries(entries))
	if diff := cmp.Diff(entries, got); diff != "" {
		t.Errorf("importEntries(exportEntries(…)) (-want +got):\n%s", diff)
	}
}

func TestImportEntries(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []protocol.Entry
	}{
		{"ratings of MovieLens", "\ufeffuserId,movieId,rating,timestamp\r\n1,6,4.0,964982703\r\n1,47,0.5,964982931\r\n", []protocol.Entry{
			{ID: "6", Action: protocol.Rate, Stars: 4, At: 964982703}, {ID: "47", Action: protocol.Rate, Stars: 0.5, At: 964982931}}},
		{"stars out of range are left out", "1,6,5.5,1\n1,7,0,1\n1,8,3.2,1\n", nil},
		{"JSON of another program", `{"entries":[{"movie":"6","action":"like"}]}`, nil},
		{"an action that does not exist", `{"format":"sparrow-profile-1","entries":[{"movie":"6","action":"erase"}]}`, nil},
		{"half a file", `{"format":"sparrow-profile-1","entr`, nil},
		{"nothing", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, importEntries(test.text)); diff != "" {
				t.Errorf("importEntries(%q) (-want +got):\n%s", test.text, diff)
			}
		})
	}
}
