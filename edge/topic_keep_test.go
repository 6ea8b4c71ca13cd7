//go:build !js

package main

import (
	"strings"
	"testing"
	"time"
)

func TestTopicThatKeepsTooLong(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct {
		ms     int64
		policy string
		want   string
	}{
		{(7 * day).Milliseconds(), "delete", ""},
		{(90 * day).Milliseconds(), "compact,delete", ""},
		{(90 * day).Milliseconds() + 1, "delete", "retention.ms=7776000000"},
		{-1, "delete", "retention.ms=7776000000"},
		{5, "compact", "cleanup.policy=delete"},
	} {
		err := longer(c.ms, c.policy, 90*day)
		if (err == nil) != (c.want == "") || err != nil && (!strings.HasSuffix(err.Error(), " --add-config "+c.want) || !strings.Contains(err.Error(), "the 90 days of --keep")) {
			t.Errorf("longer(%d, %q) = %v, want %q", c.ms, c.policy, err, c.want)
		}
	}
}
