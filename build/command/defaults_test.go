package command

import (
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"sparrow/build/compare"
	"sparrow/build/pipeline"
)

// TestDefaults holds that the flags' defaults are those of the packages below:
// what is measured with those is what a user gets who gives no flag.
func TestDefaults(t *testing.T) {
	dir := t.TempDir()
	var v struct {
		Bundle  bundleVerb  `cmd:""`
		Compare compareVerb `cmd:""`
	}
	parser, err := kong.New(&v)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"bundle", "--input", dir, "--out", "x"}, {"compare", "--input", dir}} {
		if _, err := parser.Parse(args); err != nil {
			t.Fatalf("%v: %v", args, err)
		}
	}
	in, err := v.Bundle.input()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(in, pipeline.DefaultInput(in.Dir)); d != "" {
		t.Errorf("flags of the data (-flags +default):\n%s", d)
	}
	if d := cmp.Diff(v.Bundle.options(), pipeline.DefaultOptions(), cmp.AllowUnexported(pipeline.Options{})); d != "" {
		t.Errorf("flags of the training (-flags +default):\n%s", d)
	}
	want := compare.DefaultOptions()
	got := compare.Options{Models: v.Compare.Models, Preset: v.Compare.Preset, Protocol: v.Compare.Protocol, Share: float64(v.Compare.Share), Likes: v.Compare.Likes, Seed: v.Compare.Seed, Tune: v.Compare.Tune, Random: v.Compare.Random, K: v.Compare.K}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("flags of the comparison (-flags +default):\n%s", d)
	}
}
