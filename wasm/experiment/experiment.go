// Package experiment is what the site's owner tries out on visitors who agreed
// to it: layers of arms, who gets which arm, and how two arms share a list.
package experiment

import "sparrow/wasm/catalog"

// Version is the File.Version that this package understands.
const Version = 1

// Visitor is an [event.Visitor] without the codec that comes with that package:
// 8 KB of engine.wasm.
type Visitor = [16]byte

// File is experiments.json. FORMAT.md describes it.
type File struct {
	Version int     `json:"version"`
	Layers  []Layer `json:"layers"`
}

// Layer is one experiment. Layers are orthogonal: the arm of one says nothing
// about the arm of another, and no two that run at the same time change the
// same thing.
type Layer struct {
	Name  string  `json:"name"`
	Salt  string  `json:"salt"`  // two layers of different salts assign independently
	Share float64 `json:"share"` // of the visitors that take part, 0 to 1
	Start Moment  `json:"start"` // the layer is active while Start ≤ now < End
	End   Moment  `json:"end"`
	Arms  []Arm   `json:"arms"` // by convention the control first
}

// Arm is what some of a layer's visitors get. What is nil or empty stays as it
// is without an experiment.
type Arm struct {
	Name       string   `json:"name"`
	Weight     float64  `json:"weight"`               // against the weights of the other arms, above 0
	Bundle     string   `json:"bundle,omitempty"`     // SHA-256 of another model, 64 hex digits
	Bytes      int      `json:"bytes,omitempty"`      // its length, with Bundle
	Mix        *Mix     `json:"mix,omitempty"`        // quotas of the sources of candidates
	Variety    *float32 `json:"variety,omitempty"`    // 0 to 1, where the visitor did not choose one
	Explore    *float32 `json:"explore,omitempty"`    // temperature, in standard deviations of the candidates' scores
	Interleave []string `json:"interleave,omitempty"` // the names of two arms of this layer that share the list
}

// Mix are the quotas of the sources of candidates, as shares of all candidates.
// What they leave goes to the pooling model.
type Mix struct {
	Transition float64 `json:"transition"`
	Popular    float64 `json:"popular"`
	Trending   float64 `json:"trending"`
}

// Enrolment is what a device knows of its visitor and of the experiments.
type Enrolment struct {
	Visitor  Visitor // zero for one who did not agree: they are in no layer
	Now      int64   // Unix seconds
	Layers   []Layer
	Trending []Trend // best first
}

// Trend is an item of trending.json.
type Trend struct {
	ID     catalog.ID
	Weight float32 // decayed count, above 0
}

// Active reports whether the layer runs at a moment in Unix seconds.
func (l *Layer) Active(now int64) bool { return int64(l.Start) <= now && now < int64(l.End) }

// Assigned is the arm of a layer that a visitor is in.
type Assigned struct {
	Layer *Layer
	Arm   *Arm
}

// Arms returns the arms that the visitor is in at a moment in Unix seconds, in
// the order of the layers. They point into e.
func (e *Enrolment) Arms(now int64) []Assigned {
	var in []Assigned
	if e.Visitor == (Visitor{}) {
		return nil
	}
	for i := range e.Layers {
		l := &e.Layers[i]
		if !l.Active(now) {
			continue
		}
		if arm, ok := l.Assign(e.Visitor); ok {
			in = append(in, Assigned{l, &l.Arms[arm]})
		}
	}
	return in
}

// ArmNamed returns the arm called name, nil when there is none.
func (l *Layer) ArmNamed(name string) *Arm {
	for i := range l.Arms {
		if l.Arms[i].Name == name {
			return &l.Arms[i]
		}
	}
	return nil
}
