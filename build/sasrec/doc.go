// Package sasrec trains the self-attentive sequence model: what a user does
// next, from what they did before, in its order.
package sasrec
