package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// dotOf returns the dot that e is about; not truthy for none.
func dotOf(e app.Event) app.Value { return e.Get("target").Call("closest", ".dot[href]") }

// click follows a dot: go-app handles only the links of HTML, not those of SVG.
func (m *tasteMap) click(ctx app.Context, e app.Event) {
	ctx.PreventUpdate()
	dot := dotOf(e)
	if !dot.Truthy() || e.Get("metaKey").Bool() || e.Get("ctrlKey").Bool() || e.Get("shiftKey").Bool() {
		return
	}
	e.PreventDefault()
	navigate(dot.Call("getAttribute", "href").String())
}

// key walks to the nearest dot in the direction of an arrow key.
func (m *tasteMap) key(ctx app.Context, e app.Event) {
	x, y, _ := m.layout()
	dot := dotOf(e)
	if !dot.Truthy() {
		return
	}
	at := atoi(dot.Get("id").String()[len("dot-"):])
	to := at
	switch e.Get("key").String() {
	case "ArrowRight":
		to = toward(x, y, at, 1, 0)
	case "ArrowLeft":
		to = toward(x, y, at, -1, 0)
	case "ArrowDown":
		to = toward(x, y, at, 0, 1)
	case "ArrowUp":
		to = toward(x, y, at, 0, -1)
	default:
		ctx.PreventUpdate()
		return
	}
	e.PreventDefault()
	m.at, m.from = to, m.Chosen
	focusID("dot-" + strconv.Itoa(to))
}

// toward returns the nearest dot to dot at in the direction (dx, dy), of those
// that lie ahead by more than they lie aside, or at itself where there is none.
func toward(x, y []float32, at int, dx, dy float32) int {
	best, near := at, float32(0)
	for i := range x {
		ahead := (x[i]-x[at])*dx + (y[i]-y[at])*dy
		aside := abs((x[i]-x[at])*dy + (y[i]-y[at])*dx)
		if ahead <= 0 || aside > ahead || i == at {
			continue
		}
		if way := ahead + aside; best == at || way < near {
			best, near = i, way
		}
	}
	return best
}

// name shows the name of the dot under the pointer or the focus, beside it. It
// changes the one label alone, because drawing the map again would take longer
// than a pointer stays.
func (m *tasteMap) name(ctx app.Context, e app.Event) {
	ctx.PreventUpdate()
	label := app.Window().GetElementByID("map-label")
	dot := dotOf(e)
	if !dot.Truthy() || !label.Truthy() {
		return
	}
	circle := dot.Get("firstElementChild")
	x, y := circle.Get("cx").Get("baseVal").Get("value").Float(), circle.Get("cy").Get("baseVal").Get("value").Float()
	label.Call("removeAttribute", "textLength")
	label.Set("textContent", dot.Call("getAttribute", "aria-label"))
	box := label.Call("getBBox")
	wide, high := box.Get("width").Float(), box.Get("height").Float()
	if most := mapWidth - 2.0*mapMargin; wide > most { // a title longer than the map is wide
		wide = most
		label.Call("setAttribute", "textLength", most)
	}
	if y -= high; y < high {
		y += 2 * high
	}
	label.Call("setAttribute", "x", min(max(x, mapMargin/2+wide/2), mapWidth-mapMargin/2-wide/2))
	label.Call("setAttribute", "y", y)
}

// unname hides the name again.
func (m *tasteMap) unname(ctx app.Context, e app.Event) {
	ctx.PreventUpdate()
	if label := app.Window().GetElementByID("map-label"); label.Truthy() {
		label.Set("textContent", "")
	}
}
