package engine

// Stages are the parts of the work on a list, in their order: retrieval,
// ranking, the choice of the list (dislikes, variety, exploration), and the item of
// the history that carries each recommendation.
const Stages = 4

// SetClock gives the engine a clock: milliseconds since whenever.
func (e *Engine) SetClock(now func() float64) { e.clock = now }

// mark notes when stage i begins, which is when the one before it ends.
func (e *Engine) mark(i int) {
	if e.clock != nil {
		e.moments[i] = e.clock()
	}
}

// Timing returns what each of the Stages took when the last list was made, in
// milliseconds and in their order; nil without a clock.
func (e *Engine) Timing() []float32 {
	if e.clock == nil {
		return nil
	}
	took := make([]float32, Stages)
	for i := range took {
		took[i] = float32(e.moments[i+1] - e.moments[i])
	}
	return took
}
