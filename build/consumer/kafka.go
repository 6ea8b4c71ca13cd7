package consumer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"sparrow/edge/topic"
)

const (
	// patience is how long Kafka may say nothing.
	patience = 30 * time.Second
	// What one broker sends at once, and of one partition.
	fetchBytes          = 8 << 20
	fetchPartitionBytes = 1 << 20
)

// kafka is a topic of a cluster.
type kafka struct {
	name   string
	client *kgo.Client
}

func newKafka(a topic.Address) (*kafka, error) {
	client, err := kgo.NewClient(
		kgo.SeedBrokers(a.Brokers...), kgo.ClientID("sparrow-build"), kgo.DisableClientMetrics(), kgo.RetryTimeout(patience),
		kgo.FetchMaxBytes(fetchBytes), kgo.FetchMaxPartitionBytes(fetchPartitionBytes), kgo.MaxConcurrentFetches(2),
		kgo.ConsumeResetOffset(kgo.NoResetOffset()), kgo.KeepControlRecords(),
	)
	if err != nil {
		return nil, err
	}
	return &kafka{a.Name, client}, nil
}

// spans implements source.
func (k *kafka) spans(ctx context.Context) (id [16]byte, all []span, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request := kmsg.NewPtrMetadataRequest()
	wanted := kmsg.NewMetadataRequestTopic()
	wanted.Topic = kmsg.StringPtr(k.name)
	request.Topics = append(request.Topics, wanted)
	answer, err := request.RequestWith(ctx, k.client)
	if err != nil {
		return id, nil, fmt.Errorf("asking for the topic: %w", err)
	}
	if len(answer.Topics) != 1 {
		return id, nil, fmt.Errorf("the cluster describes %d topics, not one", len(answer.Topics))
	}
	t := answer.Topics[0]
	if err := kerr.ErrorForCode(t.ErrorCode); errors.Is(err, kerr.UnknownTopicOrPartition) {
		return id, nil, errors.New("the cluster has no such topic: look at its name with kafka-topics.sh --list")
	} else if err != nil {
		return id, nil, err
	}
	if id = t.TopicID; id == ([16]byte{}) {
		return id, nil, errors.New("the cluster gives its topics no ids: it must be Kafka 2.8 or later")
	}
	begins, err := k.offsets(ctx, t.Partitions, -2)
	if err != nil {
		return id, nil, err
	}
	ends, err := k.offsets(ctx, t.Partitions, -1)
	for _, p := range t.Partitions {
		all = append(all, span{p.Partition, begins[p.Partition], ends[p.Partition]})
	}
	slices.SortFunc(all, func(a, b span) int { return int(a.partition) - int(b.partition) })
	return id, all, err
}

// offsets asks for the first offset of each partition (moment -2) or the one behind
// the last (-1).
func (k *kafka) offsets(ctx context.Context, partitions []kmsg.MetadataResponseTopicPartition, moment int64) (map[int32]int64, error) {
	request := kmsg.NewPtrListOffsetsRequest()
	request.ReplicaID = -1
	of := kmsg.NewListOffsetsRequestTopic()
	of.Topic = k.name
	for _, p := range partitions {
		one := kmsg.NewListOffsetsRequestTopicPartition()
		one.Partition, one.Timestamp = p.Partition, moment
		of.Partitions = append(of.Partitions, one)
	}
	request.Topics = append(request.Topics, of)
	answer, err := request.RequestWith(ctx, k.client)
	if err != nil {
		return nil, fmt.Errorf("asking for offsets: %w", err)
	}
	found := map[int32]int64{}
	for _, t := range answer.Topics {
		for _, p := range t.Partitions {
			if err := kerr.ErrorForCode(p.ErrorCode); err != nil {
				return nil, fmt.Errorf("asking for the offsets of partition %d: %w", p.Partition, err)
			}
			found[p.Partition] = p.Offset
		}
	}
	if len(found) != len(partitions) {
		return nil, fmt.Errorf("asking for offsets: %d of %d partitions answer", len(found), len(partitions))
	}
	return found, nil
}

// read implements source.
func (k *kafka) read(ctx context.Context, wanted []span, take func(m message) error) error {
	next := map[int32]int64{}
	offsets := map[int32]kgo.Offset{}
	for _, s := range wanted {
		next[s.partition] = s.next
		offsets[s.partition] = kgo.NoResetOffset().At(s.first)
	}
	k.client.AddConsumePartitions(map[string]map[int32]kgo.Offset{k.name: offsets})
	defer func() {
		for partition := range next { // an error leaves them
			k.drop(partition)
		}
	}()
	for len(next) > 0 {
		quiet, cancel := context.WithTimeout(ctx, patience)
		fetches := k.client.PollFetches(quiet)
		cancel()
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, e := range fetches.Errors() {
			if errors.Is(e.Err, context.DeadlineExceeded) {
				return fmt.Errorf("nothing came for %v; %d partitions are not read to their end", patience, len(next))
			}
			return fmt.Errorf("partition %d: %w", e.Partition, e.Err)
		}
		var err error
		fetches.EachPartition(func(p kgo.FetchTopicPartition) {
			for _, r := range p.Records {
				end, open := next[p.Partition]
				if !open || err != nil {
					return // came after this run began
				}
				if r.Offset < end && !r.Attrs.IsControl() {
					err = take(message{p.Partition, r.Offset, r.Key, r.Value})
				}
				if r.Offset+1 >= end {
					delete(next, p.Partition)
					k.drop(p.Partition)
				}
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// drop reads no more of a partition, until it is read again.
func (k *kafka) drop(partition int32) {
	k.client.RemoveConsumePartitions(map[string][]int32{k.name: {partition}})
}
