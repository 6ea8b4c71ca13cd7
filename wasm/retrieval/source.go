package retrieval

// Source is a set of sources of candidates.
type Source uint8

const (
	FromTaste      Source = 1 << iota // the model scores it high
	FromTransition                    // it follows what the user saw lately
	FromPopular                       // the crowd likes it now
	FromTrending                      // it rises in the site's own feedback
)

var sourceNames = [...]string{"taste", "transition", "popular", "trending"}

// String returns the names of the sources, joined by "+", as events carry them.
func (s Source) String() string {
	text := ""
	for i, name := range sourceNames {
		if s>>i&1 == 0 {
			continue
		}
		if text != "" {
			text += "+"
		}
		text += name
	}
	return text
}

// Mix are the quotas of the sources, as shares of k candidates, together 1 at
// most. What they leave, also because two found the same movie or one did not
// find enough, goes to the model.
type Mix struct{ Transition, Popular, Trending float64 }

// DefaultMix is the mix that quality is measured with.
var DefaultMix = Mix{Transition: 0.25, Popular: 0.05, Trending: 0.05}
