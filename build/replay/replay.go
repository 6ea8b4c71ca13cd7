// Package replay estimates from logged lists what the lists of another bundle would
// have been worth.
package replay

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"sparrow/build/feedback"
)

// Options steer [Run].
type Options struct {
	Reward      string  // "click" or "like"
	Temperature float32 // of the new bundle's exploration, in standard deviations of the scores
	Clip        float64 // largest weight
	Bootstraps  int
	Known       bool // also lists from before the newest interaction that the bundle was trained on
	Seed        uint64
	Progress    func(done, all int64) // lists, called from several goroutines; nil for none
}

// DefaultOptions returns the options that the builder uses.
func DefaultOptions() Options {
	return Options{Reward: "click", Temperature: 0.5, Clip: 50, Bootstraps: 1000, Seed: 1}
}

// Report is what a bundle's lists would have been worth: the mean reward of a
// card, given the cards before it as they were logged.
type Report struct {
	Reward      string  `json:"reward"`
	Temperature float32 `json:"temperature"`
	Lists       int     `json:"lists"`
	Known       int     `json:"known"` // lists not used: they are not newer than what the bundle was trained on
	Cards       int     `json:"cards"` // impressions with a propensity
	Gaps        int     `json:"gaps"`  // of them not used: a card before them was not seen, or the list changed
	Estimates
}

// ErrNoChance is returned for a log without propensities.
var ErrNoChance = errors.New("no impression of this log has a propensity: nothing on its lists was left to chance, so it does not show what other lists would have been worth; " +
	"run an experiment with an arm that explores (\"explore\": 0.5) first")

// ErrKnown is returned for a log that is not newer than the bundle.
var ErrKnown = errors.New("the bundle was trained on interactions as new as every list of this log: what it learnt of them would pass for foresight; " +
	"judge it by newer feedback, or train it on older")

// Run judges the bundle that data encodes by the lists of a log, those that are
// newer than all that the bundle was trained on.
func Run(ctx context.Context, data []byte, log *feedback.Log, o Options) (*Report, error) {
	if rewards[o.Reward] == nil {
		return nil, fmt.Errorf("replay: there is no reward called %q", o.Reward)
	}
	policies := make([]*policy, runtime.GOMAXPROCS(0))
	for i := range policies {
		var err error
		if policies[i], err = newPolicy(data, o.Temperature); err != nil {
			return nil, fmt.Errorf("replay: %w", err)
		}
	}
	logged := Read(log, o.Reward)
	if len(logged.Lists) == 0 {
		return nil, fmt.Errorf("replay: %w", ErrNoChance)
	}
	known := 0
	if asOf := policies[0].asOf(); !o.Known {
		all := len(logged.Lists)
		logged.Lists = slices.DeleteFunc(logged.Lists, func(l List) bool { return l.At <= asOf })
		if known = all - len(logged.Lists); known == all {
			return nil, fmt.Errorf("replay: %w", ErrKnown)
		}
	}
	var models [folds]*model
	for f := range models {
		models[f] = fit(logged.Lists, f)
	}
	samples, err := decideAll(ctx, logged.Lists, policies, models[:], o.Progress)
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	return &Report{
		Reward: o.Reward, Temperature: o.Temperature, Lists: len(logged.Lists), Known: known, Cards: logged.Cards, Gaps: logged.Gaps,
		Estimates: Judge(samples, o.Clip, o.Bootstraps, o.Seed),
	}, nil
}

// decideAll returns the samples of all lists in their order. Every policy works
// on a processor of its own.
func decideAll(ctx context.Context, lists []List, policies []*policy, models []*model, progress func(done, all int64)) ([]Sample, error) {
	each, errs := make([][]Sample, len(lists)), make([]error, len(policies))
	var next, done atomic.Int64
	var wg sync.WaitGroup
	for n, p := range policies {
		wg.Go(func() {
			for ctx.Err() == nil && errs[n] == nil {
				i := int(next.Add(1) - 1)
				if i >= len(lists) {
					return
				}
				var weights []weighted
				if weights, errs[n] = p.weights(lists[i].Profile, lists[i].At); errs[n] == nil {
					each[i] = decide(nil, &lists[i], weights, models[lists[i].Visitor%folds])
				}
				if d := done.Add(1); progress != nil {
					progress(d, int64(len(lists)))
				}
			}
		})
	}
	wg.Wait()
	return slices.Concat(each...), errors.Join(append(errs, ctx.Err())...)
}

// decide appends a sample for each place of a list. weights are those of the new
// policy; it uses them up.
func decide(samples []Sample, l *List, weights []weighted, m *model) []Sample {
	for k, s := range l.Shown {
		rest, value, of := 0.0, 0.0, 0.0
		for i := range weights {
			w := &weights[i]
			rest += w.weight
			value += w.weight * m.expect(w.id, k)
			if w.id == s.Item {
				of, w.weight = w.weight, 0 // not left for the places after it
			}
		}
		if rest <= 0 { // nothing left that the new policy would show
			break
		}
		samples = append(samples, Sample{
			Visitor: l.Visitor, Reward: s.Reward, Weight: of / rest / s.Propensity, Model: m.expect(s.Item, k), Value: value / rest,
		})
	}
	return samples
}
