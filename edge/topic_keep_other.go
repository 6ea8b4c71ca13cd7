//go:build !js

package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// askAgain is how long the edge waits for a cluster that does not say how long it
// keeps messages.
const askAgain = time.Minute

// checkKeep names, once, what makes a topic keep what visitors sent for longer than
// the edge does. It asks until the cluster answers or ctx ends.
func (k *kafka) checkKeep(ctx context.Context, keep time.Duration, say func(error)) {
	for {
		ms, policy, err := k.retention(ctx)
		if err == nil {
			if err := longer(ms, policy, keep); err != nil {
				say(k.wrong(err))
			}
			return
		}
		if !sleep(ctx, askAgain, nil) {
			return
		}
	}
}

// retention returns the topic's retention.ms, below 0 for ever, and cleanup.policy.
func (k *kafka) retention(ctx context.Context) (ms int64, policy string, err error) {
	ctx, cancel := context.WithTimeout(ctx, produceWithin)
	defer cancel()
	request := kmsg.NewPtrDescribeConfigsRequest()
	of := kmsg.NewDescribeConfigsRequestResource()
	of.ResourceType, of.ResourceName, of.ConfigNames = kmsg.ConfigResourceTypeTopic, k.address.Name, []string{"retention.ms", "cleanup.policy"}
	request.Resources = append(request.Resources, of)
	answer, err := request.RequestWith(ctx, k.client)
	if err != nil {
		return 0, "", err
	}
	found := map[string]string{}
	for _, r := range answer.Resources {
		if err := kerr.ErrorForCode(r.ErrorCode); err != nil {
			return 0, "", err
		}
		for _, c := range r.Configs {
			if c.Value != nil {
				found[c.Name] = *c.Value
			}
		}
	}
	ms, err = strconv.ParseInt(found["retention.ms"], 10, 64)
	return ms, found["cleanup.policy"], err
}

// longer returns what is wrong with a topic that keeps messages for longer than
// keep, and what to do.
func longer(ms int64, policy string, keep time.Duration) error {
	advice := fmt.Sprintf("what visitors sent, and what they asked to have deleted, stays in it beyond the %d days of --keep: kafka-configs.sh --alter --entity-type topics --add-config ", int(keep.Hours()/24))
	switch {
	case !strings.Contains(policy, "delete"):
		return fmt.Errorf("its cleanup.policy is %s: %scleanup.policy=delete", policy, advice)
	case ms < 0 || ms > keep.Milliseconds():
		return fmt.Errorf("its retention.ms is %d: %sretention.ms=%d", ms, advice, keep.Milliseconds())
	}
	return nil
}
