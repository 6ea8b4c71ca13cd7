// Package evaluation measures recommenders on interactions that they have not
// seen, ranking the full catalog.
package evaluation
