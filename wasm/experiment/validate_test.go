package experiment

import (
	"strings"
	"testing"
)

func ptr[T any](v T) *T { return &v }

// good returns two layers that run at the same time and use every setting.
func good() []Layer {
	hash := strings.Repeat("0123456789abcdef", 4)
	return []Layer{
		{Name: "lists", Salt: "lists-1", Share: 1, Start: 10, End: 20, Arms: []Arm{
			{Name: "control", Weight: 1},
			{Name: "mixed", Weight: 2, Mix: &Mix{Transition: 0.5, Popular: 0.25, Trending: 0.25}, Variety: ptr[float32](0.1)},
			{Name: "draft", Weight: 1, Interleave: []string{"control", "mixed"}},
		}},
		{Name: "model", Salt: "model-1", Share: 0.5, Start: 10, End: 20, Arms: []Arm{
			{Name: "control", Weight: 1}, {Name: "new", Weight: 1, Bundle: hash, Bytes: 1000},
		}},
	}
}

func TestValidate(t *testing.T) {
	const rule = "name must have 1 to 64 letters, digits, dots, hyphens or underscores"
	later := Layer{Name: "later", Salt: "later", Share: 1, Start: 20, End: 30, Arms: []Arm{{Name: "a", Weight: 1, Explore: ptr[float32](0.2)}}}
	for _, c := range []struct {
		name string
		edit func(l []Layer) []Layer
		want string // "" for valid
	}{
		{"all is well", func(l []Layer) []Layer { return l }, ""},
		{"a layer that explores after one that interleaves", func(l []Layer) []Layer { return append(l, later) }, ""},
		{"no layers", func([]Layer) []Layer { return nil }, ""},
		{"nine layers", func(l []Layer) []Layer { return append(l, make([]Layer, 7)...) }, "more than 8 layers"},
		{"a name of spaces", func(l []Layer) []Layer { l[0].Name = "my lists"; return l }, `layer "my lists": its ` + rule},
		{"a salt with a slash", func(l []Layer) []Layer { l[0].Salt = "lists/share"; return l }, `layer "lists": its salt: a ` + rule},
		{"a share in percent", func(l []Layer) []Layer { l[0].Share = 50; return l }, `layer "lists": its share must be 0 to 1`},
		{"over before it starts", func(l []Layer) []Layer { l[0].End = 10; return l }, `layer "lists": its start must be before its end`},
		{"no arms", func(l []Layer) []Layer { l[0].Arms = nil; return l }, `layer "lists": it must have 1 to 20 arms`},
		{"two layers of a name", func(l []Layer) []Layer { l[1].Name = "lists"; return l }, `layer "lists": another layer has the same name`},
		{"two layers of a salt", func(l []Layer) []Layer { l[1].Salt = "lists-1"; return l },
			`layer "model": layer "lists" has the same salt, so both would split the visitors alike`},
		{"two layers of variety", func(l []Layer) []Layer { l[1].Arms[0].Variety = ptr[float32](0); return l },
			`layer "model": layer "lists" changes the variety at the same time`},
		{"exploration beside interleaving", func(l []Layer) []Layer { l[1].Arms[0].Explore = ptr[float32](1); return l },
			`layer "model": layer "lists" runs at the same time, and an interleaved list neither explores nor is interleaved twice`},
		{"two arms of a name", func(l []Layer) []Layer { l[1].Arms[1].Name = "control"; return l }, `layer "model": arm "control": another arm has the same name`},
		{"an arm for nobody", func(l []Layer) []Layer { l[1].Arms[1].Weight = 0; return l }, `layer "model": arm "new": its weight must be above 0`},
		{"half a hash", func(l []Layer) []Layer { l[1].Arms[1].Bundle = "0123"; return l },
			`layer "model": arm "new": its bundle must be a SHA-256 in 64 hex digits, lower case`},
		{"a hash in capitals", func(l []Layer) []Layer { l[1].Arms[1].Bundle = strings.Repeat("AB", 32); return l },
			`layer "model": arm "new": its bundle must be a SHA-256 in 64 hex digits, lower case`},
		{"a bundle of no bytes", func(l []Layer) []Layer { l[1].Arms[1].Bytes = 0; return l },
			`layer "model": arm "new": bundle and bytes belong together, bytes from 1 to 268435456`},
		{"bytes of no bundle", func(l []Layer) []Layer { l[1].Arms[0].Bytes = 5; return l },
			`layer "model": arm "control": bundle and bytes belong together, bytes from 1 to 268435456`},
		{"a mix of more than all", func(l []Layer) []Layer { l[0].Arms[1].Mix.Popular = 0.3; return l },
			`layer "lists": arm "mixed": the shares of its mix must be 0 to 1, and their sum too`},
		{"a negative quota", func(l []Layer) []Layer { l[0].Arms[1].Mix.Popular = -0.1; return l },
			`layer "lists": arm "mixed": the shares of its mix must be 0 to 1, and their sum too`},
		{"too various", func(l []Layer) []Layer { l[0].Arms[1].Variety = ptr[float32](1.1); return l }, `layer "lists": arm "mixed": its variety must be 0 to 1`},
		{"no exploration at all", func(l []Layer) []Layer { l[0].Arms[1].Explore = ptr[float32](0); return l },
			`layer "lists": arm "mixed": its explore must be above 0, and 10 at most`},
		{"three in a draft", func(l []Layer) []Layer { l[0].Arms[2].Interleave = []string{"control", "mixed", "draft"}; return l },
			`layer "lists": arm "draft": interleave must name two different arms`},
		{"a draft with itself", func(l []Layer) []Layer { l[0].Arms[2].Interleave = []string{"mixed", "mixed"}; return l },
			`layer "lists": arm "draft": interleave must name two different arms`},
		{"a draft of strangers", func(l []Layer) []Layer { l[0].Arms[2].Interleave[1] = "new"; return l },
			`layer "lists": arm "draft": interleave names "new", and this layer has no such arm`},
		{"a draft of drafts", func(l []Layer) []Layer { l[0].Arms[2].Interleave[1] = "draft"; return l },
			`layer "lists": arm "draft": interleave names "draft", which interleaves itself`},
		{"a draft that explores", func(l []Layer) []Layer { l[0].Arms[1].Explore = ptr[float32](1); return l },
			`layer "lists": arm "draft": interleave names "mixed", which explores: a win could then be luck`},
		{"a draft of two models", func(l []Layer) []Layer {
			l[1].Arms = append(l[1].Arms, Arm{Name: "draft", Weight: 1, Interleave: []string{"control", "new"}})
			return l[1:]
		}, `layer "model": arm "draft": interleave names "new", which has another bundle: one engine makes both lists`},
		{"a draft with a mix of its own", func(l []Layer) []Layer { l[0].Arms[2].Mix = &Mix{}; return l },
			`layer "lists": arm "draft": it interleaves two arms and has no mix, variety or explore of its own`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, want := "", c.want
			f := File{Version: Version, Layers: c.edit(good())}
			if err := f.Validate(); err != nil {
				got = err.Error()
			}
			if want != "" {
				want = "experiment: " + want
			}
			if got != want {
				t.Errorf("Validate: %q, want %q", got, want)
			}
		})
	}
	if err := (&File{Version: 2}).Validate(); err == nil || err.Error() != "experiment: version 2 is not known, only 1" {
		t.Errorf("Validate of version 2: %v", err)
	}
}
