// Writes models in ONNX's format, protocol buffers, with the few fields that the networks
// measured here use: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.

export const FLOAT = 1;
export const UINT8 = 2;
export const INT8 = 3;
export const INT64 = 7;

const text = new TextEncoder();

// join returns parts as one array of bytes.
function join(parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function varint(value) {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push(value % 128 + 128);
  return Uint8Array.from([...bytes, value]);
}

const number = (field, value) => join([varint(field * 8), varint(value)]);
const bytes = (field, value) => join([varint(field * 8 + 2), varint(value.length), value]);
const string = (field, value) => bytes(field, text.encode(value));
const message = (field, parts) => bytes(field, join(parts));

// tensor returns a constant of the model; values is a typed array.
export const tensor = (name, type, dims, values) => join([
  ...dims.map((dim) => number(1, dim)), number(2, type), string(8, name),
  bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
]);

// node returns an operation; attributes are integers.
export const node = (operation, from, to, attributes = {}) => join([
  ...from.map((name) => string(1, name)), ...to.map((name) => string(2, name)), string(4, operation),
  ...Object.entries(attributes).map(([name, value]) => message(5, [string(1, name), number(3, value), number(20, 2)])),
]);

// value returns the declaration of an input or output.
export const value = (name, type, dims) => join([
  string(1, name), message(2, [message(1, [number(1, type), message(2, dims.map((dim) => message(1, [number(1, dim)])))])]),
]);

// model returns the bytes of a model.
export const model = ({ nodes, constants, from, to }) => join([
  number(1, 8), message(8, [number(2, 17)]),
  message(7, [
    ...nodes.map((one) => bytes(1, one)), string(2, 'graph'), ...constants.map((one) => bytes(5, one)),
    ...from.map((one) => bytes(11, one)), ...to.map((one) => bytes(12, one)),
  ]),
]);
