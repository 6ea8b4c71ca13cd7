// Package listwise trains the model that orders what retrieval found.
package listwise
