// Package cluster is the tests of what several machines share: they start Redis,
// Kafka, Spark and Python on this one, on loopback, and end them.
//
// All of it is behind the build tag cluster: make cluster-test.
package cluster
