package spark

import (
	"context"

	"sparrow/build/dataset"
)

// users writes users and sequences: those who gave an opinion.
func users(ctx context.Context, d *dataset.Dataset, dir string, shards int, f *Figures) error {
	all, err := newTable[User](ctx, dir, "users", shards)
	if err != nil {
		return err
	}
	sequences, err := newTable[Sequence](ctx, dir, "sequences", shards)
	if err != nil {
		return all.close(err)
	}
	for u, id := range d.Users {
		q := Sequence{User: int32(u), ID: id}
		for _, e := range d.Of(u) {
			if e.Part == 0 {
				q.Items, q.Times = append(q.Items, int32(e.Row)), append(q.Times, int64(e.At))
				q.Stars, q.Weights = append(q.Stars, float32(e.Stars)/2), append(q.Weights, float32(e.Target()))
			}
		}
		if n := len(q.Items); n > 0 {
			f.Sequences++
			err = sequences.write(id, q)
		}
		if own := d.Of(u); err == nil && len(own) > 0 {
			f.Users++
			err = all.write(id, User{q.User, id, int32(len(own)), int64(own[0].At), int64(own[len(own)-1].At)})
		}
		if err != nil {
			break
		}
	}
	if err := sequences.close(err); err != nil {
		return all.close(err)
	}
	return all.close(nil)
}
