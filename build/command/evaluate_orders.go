package command

import (
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/bundle"
)

// orders measures what lists owe to the order of likes, and to one like off the path.
func (v *evaluateVerb) orders(c *console.Console, b *bundle.Bundle, d *dataset.Dataset) error {
	o := evaluation.DefaultOrdersOptions()
	o.Likes = v.Likes
	if v.Users > 0 {
		o.People = v.Users
	}
	test, err := evaluation.Orders(d, o)
	if err != nil {
		return err
	}
	train := d.WithoutOpinions(1)
	if err := sameItems(b, train); err != nil {
		return err
	}
	if b.Meta.Sibling == 0 { // else it has seen all, and no answer is looked for
		warnSeen(c, b, train)
	}
	methods, err := v.methods(c, b, train)
	if err != nil {
		return err
	}
	report := evaluation.Report{Dataset: d.Name, Protocol: test.String()}
	for _, m := range methods {
		r, err := test.Measure(c.Ctx, m, v.K, c.Stage("measure "+m.Name))
		if err != nil {
			return err
		}
		report.Results = append(report.Results, r)
	}
	return v.write(c, &report)
}
