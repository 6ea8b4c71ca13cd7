package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// killed starts the edge again and again on one folder and ends it by SIGKILL
// while devices send, of whom one in two asks to be forgotten on the way: what
// it confirmed must be read, once, and nothing of those who asked.
func (t *tools) killed(ctx context.Context, kills int) ([]Figure, error) {
	const many = 8
	folder := t.work + "/killed"
	dice := rand.New(rand.NewPCG(1, 2))
	var past, devices []*device
	failed, resent := 0, 0
	for i := range kills {
		if i%10 == 0 { // others come, half of whom have asked for the end of the last ones
			past = append(past, devices...)
			devices = nil
			for range many {
				devices = append(devices, newDevice())
			}
		}
		edge, err := t.startEdge(ctx, folder)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			failed++
			continue
		}
		over := make(chan struct{})
		time.AfterFunc(time.Duration(20+dice.IntN(60))*time.Millisecond, func() {
			edge.kill()
			close(over)
		})
		all(devices, func(d *device) {
			for !d.gone && d.send(edge.url) != 0 {
			}
		})
		<-over
		if i%10 == 8 {
			for k, d := range devices {
				d.wishing = k%2 == 0
			}
		}
	}
	devices = append(past, devices...)
	edge, err := t.startEdge(ctx, folder)
	if err != nil {
		return nil, err
	}
	defer edge.kill()
	for _, d := range devices { // what is under way arrives, and so does a late batch of those who are gone
		for (d.waiting != nil || d.wishing) && d.send(edge.url) != 202 {
			if d.answers[0] > 2*kills {
				return nil, errors.New("an edge that is not killed does not answer")
			}
		}
		if d.gone {
			d.send(edge.url)
		}
		resent += d.answers[0]
	}
	b, report, err := weigh(ctx, folder, devices)
	for deadline := time.Now().Add(time.Minute); err == nil && report.Erased > 0; b, report, err = weigh(ctx, folder, devices) {
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("%d events of visitors who asked to be forgotten are still on the disk", report.Erased)
		}
		time.Sleep(200 * time.Millisecond)
	}
	if err != nil {
		return nil, err
	}
	rows := []Figure{
		{Name: "native edge killed while devices send", Unit: "times", Bar: float64(kills), AtLeast: true, Measured: float64(kills - failed), Runs: "1"},
		{Name: "starts that failed", Unit: "times", Measured: float64(failed), Runs: fmt.Sprint(kills)},
		{Name: "… requests without an answer, sent again", Unit: "requests", Bar: 1, AtLeast: true, Measured: float64(resent), Runs: "1"},
		{Name: "… visitors forgotten meanwhile", Unit: "visitors", Bar: 1, AtLeast: true, Measured: float64(report.Erasures), Runs: "1"},
	}
	return append(rows, b.figures("of those who stay", fmt.Sprint(kills))...), nil
}
