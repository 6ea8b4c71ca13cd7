// Package onnx reads models of ranking that were trained elsewhere and makes graphs of them
// that a bundle carries, and writes those of a bundle: see https://github.com/onnx/onnx.
package onnx
