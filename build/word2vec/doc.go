// Package word2vec makes vectors of items as word2vec makes them of words: what
// stands in the same surroundings becomes alike. Sentences are what users liked, in their
// order, or walks on the graph of what was liked after what.
package word2vec
