//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"sparrow/edge/topic"
)

const (
	// produceWithin is how long a request waits for Kafka before its record goes
	// to the disk.
	produceWithin = 3 * time.Second
	// What the client holds at most of messages that Kafka has not answered to.
	maxBuffered      = 20_000
	maxBufferedBytes = 32 << 20
)

// kafka writes messages to a topic: idempotent, acknowledged by all replicas that
// are in sync.
type kafka struct {
	address topic.Address
	client  *kgo.Client
}

// newKafka connects when it is first used.
func newKafka(address topic.Address) (*kafka, error) {
	client, err := kgo.NewClient(
		kgo.SeedBrokers(address.Brokers...), kgo.DefaultProduceTopic(address.Name), kgo.ClientID("sparrow-edge"),
		kgo.RequiredAcks(kgo.AllISRAcks()), kgo.ProducerLinger(0), kgo.DisableClientMetrics(),
		kgo.RecordDeliveryTimeout(produceWithin), kgo.ProduceRequestTimeout(produceWithin), kgo.DialTimeout(produceWithin),
		kgo.MaxBufferedRecords(maxBuffered), kgo.MaxBufferedBytes(maxBufferedBytes),
		kgo.MetadataMinAge(250*time.Millisecond), // after a restart a broker is found at once
		kgo.RetryBackoffFn(func(tries int) time.Duration {
			return min(50*time.Millisecond<<min(tries, 10), time.Second)
		}),
	)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	return &kafka{address, client}, nil
}

var errSlow = fmt.Errorf("no answer in %v", produceWithin)

// produce returns nil when all brokers that must have the messages have them.
// After an error they may have some of them, or get them later.
func (k *kafka) produce(messages []topic.Message) error {
	answers := make(chan error, len(messages))
	for _, m := range messages {
		k.client.TryProduce(context.Background(), &kgo.Record{Key: m.Key, Value: m.Value}, func(_ *kgo.Record, err error) { answers <- err })
	}
	patience := time.NewTimer(produceWithin)
	defer patience.Stop()
	for range messages {
		select {
		case err := <-answers:
			if err != nil {
				return k.wrong(err)
			}
		case <-patience.C:
			return k.wrong(errSlow)
		}
	}
	return nil
}

// up returns nil when the cluster answers and has the topic.
func (k *kafka) up(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, produceWithin)
	defer cancel()
	request := kmsg.NewPtrMetadataRequest()
	wanted := kmsg.NewMetadataRequestTopic()
	wanted.Topic = kmsg.StringPtr(k.address.Name)
	request.Topics = append(request.Topics, wanted)
	answer, err := request.RequestWith(ctx, k.client)
	if err != nil {
		return k.wrong(err)
	}
	for _, t := range answer.Topics {
		if err := kerr.ErrorForCode(t.ErrorCode); err != nil {
			return k.wrong(err)
		}
	}
	return nil
}

// settle returns nil when no message is under way: what was given to
// [kafka.produce] before was written, or never will be.
func (k *kafka) settle(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, produceWithin)
	defer cancel()
	if err := k.client.Flush(ctx); err != nil {
		return k.wrong(err)
	}
	return nil
}

// wrong says where an error comes from, and what to do where that is known.
func (k *kafka) wrong(err error) error {
	if errors.Is(err, kerr.UnknownTopicOrPartition) {
		return fmt.Errorf("%s: the cluster has no such topic: make it with kafka-topics.sh --create --topic %s", k.address, k.address.Name)
	}
	return fmt.Errorf("%s: %w", k.address, err)
}

func (k *kafka) close() { k.client.Close() }
