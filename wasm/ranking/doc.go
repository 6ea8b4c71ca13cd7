// Package ranking scores candidates with the ranking model of the bundle and
// says which feature contributed what to a score.
package ranking
