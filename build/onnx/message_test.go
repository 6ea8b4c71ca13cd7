package onnx

import (
	"encoding/binary"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
)

// message writes a message of onnx.proto.
type message []byte

func (m message) bytes(n protowire.Number, data []byte) message {
	return protowire.AppendBytes(protowire.AppendTag(m, n, protowire.BytesType), data)
}

func (m message) text(n protowire.Number, s string) message { return m.bytes(n, []byte(s)) }

func (m message) whole(n protowire.Number, v int) message {
	return protowire.AppendVarint(protowire.AppendTag(m, n, protowire.VarintType), uint64(v))
}

// weights is an initializer of float32.
func weights(name string, dims []int, v ...float32) message {
	var t message
	for _, d := range dims {
		t = t.whole(1, d)
	}
	raw, _ := binary.Append(nil, binary.LittleEndian, v)
	return t.whole(2, typeFloat).text(8, name).bytes(9, raw)
}

// wholes is an initializer of int64.
func wholes(name string, dims []int, v ...int64) message {
	var t message
	for _, d := range dims {
		t = t.whole(1, d)
	}
	raw, _ := binary.Append(nil, binary.LittleEndian, v)
	return t.whole(2, typeInt64).text(8, name).bytes(9, raw)
}

// operation is a node; in and out are names with spaces between.
func operation(op, in, out string, attributes ...message) message {
	var n message
	for _, name := range strings.Split(in, " ") {
		n = n.text(1, name)
	}
	n = n.text(2, out).text(3, "the "+op).text(4, op)
	for _, a := range attributes {
		n = n.bytes(5, a)
	}
	return n
}

func whole(name string, i int) message { return message(nil).text(1, name).whole(3, i).whole(20, 2) }

// written is a model of opset 17 with these inputs, initializers and nodes, whose output is y.
func written(inputs string, initializers []message, nodes ...message) []byte {
	var g message
	for _, n := range nodes {
		g = g.bytes(1, n)
	}
	for _, t := range initializers {
		g = g.bytes(5, t)
	}
	for _, name := range strings.Fields(inputs) {
		g = g.bytes(11, message(nil).text(1, name))
	}
	g = g.bytes(12, message(nil).text(1, "y"))
	return message(nil).whole(1, 8).bytes(8, message(nil).whole(2, 17)).bytes(7, g)
}
