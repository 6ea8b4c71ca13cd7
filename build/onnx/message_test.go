package onnx

import "strings"

// operation is a node; in is names with spaces between.
func operation(op, in, out string, attributes ...message) message {
	return step(op, "the "+op, strings.Split(in, " "), out, attributes...)
}

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
	return enclosed(g.bytes(12, message(nil).text(1, "y")))
}
