package onnx

import (
	"errors"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// What is read of the messages of onnx.proto, github.com/onnx/onnx: the numbers below are
// those of its fields.

// model is a ModelProto.
type model struct {
	opset int64 // of the operations without a domain of their own
	nodes []*node
	// tensors that are constant, by name
	constants map[string]*tensor
	ranks     map[string]int // of the inputs, where they are said
	inputs    []string       // without those that are constant
	outputs   []string
}

// node is a NodeProto.
type node struct {
	number     int // from 1
	name       string
	op, domain string
	in, out    []string
	attributes map[string]attribute
}

// String names the node in errors.
func (n *node) String() string {
	s := fmt.Sprintf("node %d, %s", n.number, n.op)
	if n.domain != "" && n.domain != "ai.onnx" {
		s = fmt.Sprintf("node %d, %s.%s", n.number, n.domain, n.op)
	}
	if n.name != "" {
		s += fmt.Sprintf(" %q", n.name)
	}
	return s
}

// attribute is an AttributeProto: the field that its type says.
type attribute struct {
	f      float32
	i      int64
	s      string
	t      *tensor
	floats []float32
	ints   []int64
}

// field is a field of a message.
type field struct {
	number protowire.Number
	kind   protowire.Type
	n      uint64 // of a varint, or of 32 or 64 bits
	data   []byte // of bytes, shared with the message
}

// each calls do with each field of a message.
func each(message []byte, do func(f field) error) error {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return protowire.ParseError(n)
		}
		message = message[n:]
		f := field{number: number, kind: kind}
		switch kind {
		case protowire.VarintType:
			f.n, n = protowire.ConsumeVarint(message)
		case protowire.Fixed32Type:
			var v uint32
			v, n = protowire.ConsumeFixed32(message)
			f.n = uint64(v)
		case protowire.Fixed64Type:
			f.n, n = protowire.ConsumeFixed64(message)
		case protowire.BytesType:
			f.data, n = protowire.ConsumeBytes(message)
		default:
			n = protowire.ConsumeFieldValue(number, kind, message)
		}
		if n < 0 {
			return protowire.ParseError(n)
		}
		message = message[n:]
		if err := do(f); err != nil {
			return err
		}
	}
	return nil
}

// ints appends the numbers of a repeated field, packed or not.
func (f *field) ints(list []int64) ([]int64, error) {
	if f.kind != protowire.BytesType {
		return append(list, int64(f.n)), nil
	}
	for data := f.data; len(data) > 0; {
		v, n := protowire.ConsumeVarint(data)
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		list, data = append(list, int64(v)), data[n:]
	}
	return list, nil
}

// floats appends the float32 of a repeated field, packed or not.
func (f *field) floats(list []float32) ([]float32, error) {
	if f.kind != protowire.BytesType {
		return append(list, math.Float32frombits(uint32(f.n))), nil
	}
	if len(f.data)%4 != 0 {
		return nil, errors.New("numbers that are cut short")
	}
	for data := f.data; len(data) > 0; data = data[4:] {
		v, _ := protowire.ConsumeFixed32(data)
		list = append(list, math.Float32frombits(v))
	}
	return list, nil
}

// readModel reads a ModelProto.
func readModel(data []byte) (*model, error) {
	m := &model{constants: map[string]*tensor{}, ranks: map[string]int{}}
	var graph []byte
	err := each(data, func(f field) error {
		switch f.number {
		case 7: // graph
			graph = f.data
		case 8: // opset_import
			return m.operations(f.data)
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("it is no ONNX file, or damaged: %w", err)
	case graph == nil:
		return nil, errors.New("it is no ONNX file: it has no graph")
	case m.opset < firstOpset:
		return nil, fmt.Errorf("it is of opset %d; what can be read is %d and later: export it again with opset_version=17", m.opset, firstOpset)
	}
	if err := each(graph, m.graphField); err != nil {
		return nil, err
	}
	inputs := m.inputs[:0]
	for _, name := range m.inputs { // older writers list what is constant, too
		if m.constants[name] == nil {
			inputs = append(inputs, name)
		}
	}
	m.inputs = inputs
	return m, nil
}

// firstOpset is the oldest version whose operations are as they are read here.
const firstOpset = 13

// operations reads an OperatorSetIdProto.
func (m *model) operations(data []byte) error {
	domain, version := "", int64(0)
	err := each(data, func(f field) error {
		switch f.number {
		case 1:
			domain = string(f.data)
		case 2:
			version = int64(f.n)
		}
		return nil
	})
	if domain == "" || domain == "ai.onnx" {
		m.opset = version
	}
	return err
}

// graphField reads a field of a GraphProto.
func (m *model) graphField(f field) error {
	switch f.number {
	case 1: // node
		n := &node{number: len(m.nodes) + 1, attributes: map[string]attribute{}}
		m.nodes = append(m.nodes, n)
		if err := each(f.data, n.field); err != nil {
			return fmt.Errorf("%v: %w", n, err)
		}
	case 5: // initializer
		t, err := readTensor(f.data)
		if err != nil {
			return fmt.Errorf("tensor %q: %w", t.name, err)
		}
		m.constants[t.name] = t
	case 11, 12: // input, output: ValueInfoProto
		name, rank := "", 0
		err := each(f.data, func(v field) error {
			switch v.number {
			case 1:
				name = string(v.data)
			case 2:
				return dimensions(v.data, &rank)
			}
			return nil
		})
		if m.outputs = append(m.outputs, name); f.number == 11 {
			m.outputs, m.inputs = m.outputs[:len(m.outputs)-1], append(m.inputs, name)
			m.ranks[name] = rank
		}
		return err
	}
	return nil
}

// field reads a field of a NodeProto.
func (n *node) field(f field) error {
	switch f.number {
	case 1:
		n.in = append(n.in, string(f.data))
	case 2:
		n.out = append(n.out, string(f.data))
	case 3:
		n.name = string(f.data)
	case 4:
		n.op = string(f.data)
	case 7:
		n.domain = string(f.data)
	case 5:
		name, a := "", attribute{}
		err := each(f.data, func(f field) (err error) {
			switch f.number {
			case 1:
				name = string(f.data)
			case 2:
				a.f = math.Float32frombits(uint32(f.n))
			case 3:
				a.i = int64(f.n)
			case 4:
				a.s = string(f.data)
			case 5:
				a.t, err = readTensor(f.data)
			case 7:
				a.floats, err = f.floats(a.floats)
			case 8:
				a.ints, err = f.ints(a.ints)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("attribute %q: %w", name, err)
		}
		n.attributes[name] = a
	}
	return nil
}

// dimensions counts the dimensions of a TypeProto: tensor_type, its shape, its dims.
func dimensions(data []byte, rank *int) error {
	return each(data, func(f field) error {
		if f.number != 1 {
			return nil
		}
		return each(f.data, func(f field) error {
			if f.number != 2 {
				return nil
			}
			return each(f.data, func(f field) error {
				if f.number == 1 {
					*rank++
				}
				return nil
			})
		})
	})
}
