package command

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/plural"
	"sparrow/wasm/catalog"
)

// sampledNegatives and sampledSeed are what leave-one-out-sampled ranks an answer among.
const (
	sampledNegatives = 99
	sampledSeed      = 1
)

// splitSeed draws what hold-out, k-fold and bootstrap hide.
const splitSeed = 1

// questions are the cases that methods are judged on after one training.
type questions struct {
	protocol string
	train    *dataset.Dataset // what they may have learned from
	cases    []evaluation.Case
	pools    [][]catalog.Row // for each case what may be recommended; nil: the catalog
	sampled  int             // negatives in a pool, 0 if there are none
	masked   [][]catalog.Row // for each case what may not be recommended besides its history
	recall   int             // places of the recall that the protocol's figures have, 0 for none
	retrain  bool            // the bundle has seen answers and must be trained again
}

// questionsFor returns the questions about d that the flags choose: several with k-fold.
func (v *evaluateVerb) questionsFor(c *console.Console, d *dataset.Dataset) ([]*questions, error) {
	pool, err := v.items(d)
	if err != nil {
		return nil, err
	}
	var all []*questions
	name := v.Protocol
	if name == "leave-one-out" {
		name = evaluation.LeaveOneOutName(d)
	}
	one := func(train *dataset.Dataset, cases []evaluation.Case, retrain bool) {
		all = append(all, &questions{protocol: name, train: train, cases: cases, retrain: retrain})
	}
	drawn := func(s *evaluation.Split, err error) error {
		if err == nil {
			one(s.Train, s.Cases(), true)
		}
		return err
	}
	switch {
	case v.TestFile != "":
		one(d, nil, false)
		all[0].protocol = filepath.Base(v.TestFile)
		err = v.readTestFile(c, all[0], pool)
	case v.Protocol == "time-split":
		var x *evaluation.Exam
		if x, err = evaluation.Examine(d, v.Protocol, float64(v.Share), 0); err == nil {
			name = x.Protocol
			one(x.Train, x.Cases, true)
		}
	case v.Protocol == "hold-out":
		err = drawn(evaluation.HoldOut(d, evaluation.Labels{}, float64(v.Share), splitSeed))
	case v.Protocol == "bootstrap":
		err = drawn(evaluation.OutOfBag(d, evaluation.Labels{}, splitSeed))
	case v.Protocol == "k-fold":
		var splits []*evaluation.Split
		splits, err = evaluation.KFold(d, evaluation.Labels{}, v.Folds, splitSeed)
		for _, s := range splits {
			one(s.Train, s.Cases(), true)
		}
	case v.Protocol == "strangers" || v.Protocol == "random-ratio":
		all, err = v.exams(d)
	default:
		one(d.WithoutOpinions(1), evaluation.LeaveOneOut(d), false)
	}
	if err != nil {
		return nil, err
	}
	for _, q := range all {
		if err := v.limitCandidates(c, d, q, pool); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// exams returns the questions of each draw of a protocol that draws.
func (v *evaluateVerb) exams(d *dataset.Dataset) ([]*questions, error) {
	var all []*questions
	for draw := range v.Draws {
		x, err := evaluation.Examine(d, v.Protocol, float64(v.Share), draw)
		if err != nil {
			return nil, err
		}
		if v.Draws > 1 {
			x.Protocol = fmt.Sprintf("%s, %d draws", x.Protocol, v.Draws)
		}
		all = append(all, &questions{protocol: x.Protocol, train: x.Train, cases: x.Cases, masked: x.Masked, recall: x.Recall, retrain: true})
	}
	return all, nil
}

// limitCandidates limits the cases of q to v.Users, and what may be recommended to pool, if there is
// one, or to sampled negatives.
func (v *evaluateVerb) limitCandidates(c *console.Console, d *dataset.Dataset, q *questions, pool []catalog.Row) error {
	q.protocol += ", full ranking, history masked"
	if pool != nil {
		q.protocol = fmt.Sprintf("%s, %s of %s", q.protocol, plural.Of(len(pool), "item"), filepath.Base(v.ItemsFile))
		q.keepRelevant(c, pool)
	}
	if len(q.cases) == 0 {
		return errors.New("no user has an answer to look for: it takes two interactions, one of which is the history; --test-file takes answers of your own")
	}
	q.cases, q.masked = evaluation.Evenly(q.cases, v.Users), evaluation.Evenly(q.masked, v.Users)
	if v.Protocol == "leave-one-out-sampled" {
		q.sampled = sampledNegatives
		q.protocol = fmt.Sprintf("%s, ranking among %d sampled negatives, history masked", evaluation.LeaveOneOutName(d), sampledNegatives)
		q.pools = evaluation.SampledNegatives(d, q.cases, sampledNegatives, sampledSeed)
	}
	if pool != nil {
		q.pools = slices.Repeat([][]catalog.Row{pool}, len(q.cases))
	}
	return nil
}

// items returns the items of --items-file, nil without one.
func (v *evaluateVerb) items(d *dataset.Dataset) (pool []catalog.Row, err error) {
	if v.ItemsFile == "" {
		return nil, nil
	}
	err = readText(v.ItemsFile, func(r io.Reader) error {
		pool, err = evaluation.ReadItems(r, filepath.Base(v.ItemsFile), d.Catalog)
		return err
	})
	return pool, err
}

// readTestFile takes the cases from --test-file.
func (v *evaluateVerb) readTestFile(c *console.Console, q *questions, pool []catalog.Row) error {
	return readText(v.TestFile, func(r io.Reader) error {
		cases, unknown, err := evaluation.ReadAnswers(r, filepath.Base(v.TestFile), q.train, pool)
		if unknown > 0 {
			c.Say("without a history: %d of %s of %s", unknown, plural.Of(len(cases), "user"), filepath.Base(v.TestFile))
		}
		q.cases = cases
		return err
	})
}

// keepRelevant leaves out answers that may not be recommended.
func (q *questions) keepRelevant(c *console.Console, pool []catalog.Row) {
	in := make([]bool, q.train.Catalog.Len())
	for _, r := range pool {
		in[r] = true
	}
	lost := 0
	var cases []evaluation.Case
	for _, x := range q.cases {
		n := len(x.Relevant)
		x.Relevant = slices.DeleteFunc(slices.Clone(x.Relevant), func(r catalog.Row) bool { return !in[r] })
		lost += n - len(x.Relevant)
		if len(x.Relevant) > 0 {
			cases = append(cases, x)
		}
	}
	if lost > 0 {
		c.Say("left out, since it may not be recommended: %s; what stays: %d of %s", plural.Of(lost, "answer"), len(cases), plural.Of(len(q.cases), "user"))
	}
	q.cases = cases
}

// readText opens a file that is plain or gzip.
func readText(path string, read func(r io.Reader) error) error {
	f, err := openInput(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReader(f)
	if magic, _ := r.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return read(r)
	}
	unpacked, err := gzip.NewReader(r)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return read(unpacked)
}
