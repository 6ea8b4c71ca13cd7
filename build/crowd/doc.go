// Package crowd counts what all users did with each item: statistics, and which
// item follows which.
package crowd
