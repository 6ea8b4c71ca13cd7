// Package simulation is a world of people with latent tastes who use the real
// engine and, where there is one, the real edge.
package simulation
