// Package retrieval finds candidates: a few hundred of N items that are worth
// the ranker's time, from several sources, each with a quota and a name.
package retrieval
