package session

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/protocol"
)

func TestRefusals(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, 1)
	before := s.Profile()
	tests := []struct {
		name    string
		request protocol.Request
		code    string
	}{
		{"no verb", protocol.Request{}, "bad-request"},
		{"a verb that does not exist", protocol.Request{Verb: "lab-cellar"}, "bad-request"},
		{"a model that does not exist", protocol.Request{Verb: protocol.LabList, Model: "no such model"}, "bad-request"},
		{"a map around a movie that is not", protocol.Request{Verb: protocol.LabMap, ID: "x"}, "unknown-movie"},
		{"what is like it", protocol.Request{Verb: protocol.LabSimilar, ID: "x"}, "unknown-movie"},
		{"a movie that is not", protocol.Request{Verb: protocol.Item, ID: "x"}, "unknown-movie"},
		{"an explanation of it", protocol.Request{Verb: protocol.Explain, ID: "x"}, "unknown-movie"},
		{"an act on it", protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{entry("x", protocol.Like, 0, 1)}}, "unknown-movie"},
		{"an act without entry", protocol.Request{Verb: protocol.Act}, "bad-request"},
		{"a time for reasons that is not", protocol.Request{Verb: protocol.Recommend, Reasons: "never"}, "bad-request"},
		{"a time for reasons that is not, at home", protocol.Request{Verb: protocol.Home, Reasons: "never"}, "bad-request"},
		{"a genre that is not", protocol.Request{Verb: protocol.Recommend, Genre: "Noir"}, "bad-request"},
		{"a sort that is not", protocol.Request{Verb: protocol.Browse, Sort: "price"}, "bad-request"},
		{"six stars", protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{entry("1", protocol.Rate, 6, 1)}}, "bad-request"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answer := s.Answer(tt.request)
			if answer.Error == nil || answer.Error.Code != tt.code || !strings.HasSuffix(answer.Error.Text, ".") {
				t.Errorf("Answer(%+v) = %+v, want error %q and a sentence", tt.request, answer.Error, tt.code)
			}
			if diff := cmp.Diff(protocol.Answer{Error: answer.Error}, answer); diff != "" {
				t.Errorf("Answer(%+v) is more than an error: -want +got\n%s", tt.request, diff)
			}
		})
	}
	if !slices.Equal(before, s.Profile()) {
		t.Error("a refused request changed the profile")
	}
	if err := s.Load([]byte("junk")); err == nil || !slices.Equal(before, s.Profile()) {
		t.Errorf("Load(junk) = %v; want an error and the profile as it was", err)
	}
	empty, _ := parity()
	if answer := empty.Answer(protocol.Request{Verb: protocol.Undo}); answer.Error == nil {
		t.Error("undo of nothing is no error")
	}
}

func TestMutates(t *testing.T) {
	for verb, want := range map[protocol.Verb]bool{
		protocol.Open: false, protocol.Recommend: false, protocol.Profile: false, "": false,
		protocol.Act: true, protocol.Amend: true, protocol.Undo: true, protocol.Import: true, protocol.Erase: true,
	} {
		if got := Mutates(verb); got != want {
			t.Errorf("Mutates(%q) = %v, want %v", verb, got, want)
		}
	}
}
