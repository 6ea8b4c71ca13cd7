// Package stats is what several packages know of statistics: intervals of 95 %
// and the logistic function.
package stats
