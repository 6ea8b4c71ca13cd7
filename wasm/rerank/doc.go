// Package rerank turns the ranker's order into the list a visitor sees. It
// works on scores and unit vectors and knows nothing of what they mean.
package rerank
