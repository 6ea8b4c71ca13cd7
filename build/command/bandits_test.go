package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// TestBandits judges the bandits on few people over the small bundle.
func TestBandits(t *testing.T) {
	bundle := trainedSmall(t)
	judge := func(flags ...string) (f judged) {
		out, _ := call(t, append([]string{"bandits", "--bundle", bundle, "--users", "40", "--visits", "600", "--seeds", "4", "--arms", "12", "--length", "2", "--json"}, flags...)...)
		if err := json.Unmarshal([]byte(out), &f); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return f
	}
	f := judge()
	won := map[string]float64{}
	for _, p := range f.Policies {
		won[p.Name] = p.Share.Value
		if p.Reward.Low > p.Reward.Value || p.Reward.High < p.Reward.Value || len(p.Curve) != 10 {
			t.Errorf("%+v: want the reward in its interval, and ten tenths", p)
		}
		if all := p.Reward.Value*float64(f.Visits) + p.Regret.Value; all < 1 || all-f.Policies[0].Reward.Value*float64(f.Visits) > 1e-6 {
			t.Errorf("%s: reward and regret of all visits are %.3f, the oracle gets %.3f", p.Name, all, f.Policies[0].Reward.Value*float64(f.Visits))
		}
	}
	if won["random"] != 0 || won["oracle"] != 1 || won["Thompson"] < 0.1 || won["LinUCB"] < 0.1 {
		t.Errorf("won %v; want 0 of random, 1 of the oracle, a tenth at least of Thompson and LinUCB", won)
	}
	for _, r := range f.Replay {
		if d := r.Difference; d.Low > 0.05 || d.High < -0.05 || r.Kept < 0.05 || r.Kept > 0.12 {
			t.Errorf("%s: replay - world %.3f to %.3f, kept %.3f: want 0 in it and 1 of 12", r.Name, d.Low, d.High, r.Kept)
		}
	}
	if again := judge(); fmt.Sprint(again) != fmt.Sprint(f) {
		t.Errorf("the same seed gives %+v, then %+v", f, again)
	}
	table, _ := call(t, "bandits", "--bundle", bundle, "--users", "1", "--visits", "10", "--seeds", "1", "--arms", "3", "--length", "2")
	if !strings.Contains(table, "linear Thompson") || !strings.Contains(table, "replay") || strings.Contains(table, "NaN") {
		t.Errorf("the table lacks a policy or the replay, or has no numbers:\n%s", table)
	}
}

func TestBanditsRefuse(t *testing.T) {
	bundle := trainedSmall(t)
	for flags, want := range map[string]string{
		"--seeds 0": "at least 1", "--visits 5": "at least 10", "--arms 3": "at least --length", "--shift 2": "0 to 1", "--arms 88": "too many",
	} {
		var out, said bytes.Buffer
		args := append([]string{"bandits", "--bundle", bundle}, strings.Fields(flags)...)
		if code := Run(context.Background(), args, &out, &said); code != exitUsage || !strings.Contains(said.String(), want) {
			t.Errorf("%s: exit code %d, says %q, want %q in it", flags, code, said.String(), want)
		}
	}
}
