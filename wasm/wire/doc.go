// Package wire reads and writes MessagePack
// (https://github.com/msgpack/msgpack/blob/master/spec.md), bounded by the
// length of the input and without reflection.
package wire
