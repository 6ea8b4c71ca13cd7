// Package examples makes training rows of which none knows more than was known at
// its moment.
package examples
