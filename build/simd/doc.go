// Package simd has the inner loops of training.
package simd
