package onnx

import (
	"encoding/binary"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// message writes a message of onnx.proto, field by field.
type message []byte

func (m message) bytes(n protowire.Number, data []byte) message {
	return protowire.AppendBytes(protowire.AppendTag(m, n, protowire.BytesType), data)
}

func (m message) text(n protowire.Number, s string) message { return m.bytes(n, []byte(s)) }

func (m message) whole(n protowire.Number, v int) message {
	return protowire.AppendVarint(protowire.AppendTag(m, n, protowire.VarintType), uint64(v))
}

func (m message) float(n protowire.Number, v float32) message {
	return protowire.AppendFixed32(protowire.AppendTag(m, n, protowire.Fixed32Type), math.Float32bits(v))
}

// weights is an initializer of float32.
func weights(name string, dims []int, v ...float32) message {
	raw, _ := binary.Append(nil, binary.LittleEndian, v)
	return initializer(name, typeFloat, dims, raw)
}

// wholes is an initializer of int64.
func wholes(name string, dims []int, v ...int64) message {
	raw, _ := binary.Append(nil, binary.LittleEndian, v)
	return initializer(name, typeInt64, dims, raw)
}

func initializer(name string, kind int, dims []int, raw []byte) (t message) {
	for _, d := range dims {
		t = t.whole(1, d)
	}
	return t.whole(2, kind).text(8, name).bytes(9, raw)
}

// Types of attributes: AttributeProto.AttributeType.
const attributeFloat, attributeInt, attributeInts = 1, 2, 7

func whole(name string, i int) message {
	return message(nil).text(1, name).whole(3, i).whole(20, attributeInt)
}

func real(name string, f float32) message {
	return message(nil).text(1, name).float(2, f).whole(20, attributeFloat)
}

func several(name string, list ...int) message {
	m := message(nil).text(1, name)
	for _, i := range list {
		m = m.whole(8, i)
	}
	return m.whole(20, attributeInts)
}

// step is a node: its operation, its inputs, its output and its attributes.
func step(op, name string, in []string, out string, attributes ...message) (n message) {
	for _, from := range in {
		n = n.text(1, from)
	}
	n = n.text(2, out).text(3, name).text(4, op)
	for _, a := range attributes {
		n = n.bytes(5, a)
	}
	return n
}

// described is an input or output of numbers of a type: the batch, then dims.
func described(name string, kind int, dims ...int) message {
	shape := message(nil).bytes(1, message(nil).text(2, "batch"))
	for _, d := range dims {
		shape = shape.bytes(1, message(nil).whole(1, d))
	}
	of := message(nil).bytes(1, message(nil).whole(1, kind).bytes(2, shape))
	return message(nil).text(1, name).bytes(2, of)
}

// The versions that are written.
const writtenIR, writtenOpset = 8, 17

// enclosed is a model with a graph and what its metadata say: pairs of names and texts.
func enclosed(graph message, metadata ...[2]string) []byte {
	m := message(nil).whole(1, writtenIR).text(2, "sparrow").bytes(7, graph).bytes(8, message(nil).whole(2, writtenOpset))
	for _, kv := range metadata {
		m = m.bytes(14, message(nil).text(1, kv[0]).text(2, kv[1]))
	}
	return m
}
