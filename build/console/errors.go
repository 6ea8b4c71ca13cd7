package console

import "fmt"

// UsageError is a mistake in the command line: exit code 2.
type UsageError struct{ error }

// Usagef returns a usage error with a sentence.
func Usagef(format string, args ...any) error { return UsageError{fmt.Errorf(format, args...)} }

// Usage returns err as a usage error.
func Usage(err error) error { return UsageError{err} }

// Refused is an error of figures that cannot be trusted: exit code 3.
type Refused struct{ error }

// Refusedf returns a refusal with a sentence.
func Refusedf(format string, args ...any) error { return Refused{fmt.Errorf(format, args...)} }
