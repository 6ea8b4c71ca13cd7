package lesson

import (
	"slices"
	"strconv"
	"strings"
)

// eighths are blocks of one eighth of a cell to eight, upwards.
var eighths = []rune(" ▁▂▃▄▅▆▇█")

// barWidth is the columns of the longest bar.
const barWidth = 50

// Bars draws a bar for each value, which are not negative, from 0 to the largest.
func (p *Page) Bars(names []string, values []float64, decimals int) {
	p.shown++
	most, left := slices.Max(values), 0
	for i := range names {
		names[i] = clip(names[i], 34)
		left = max(left, wide(names[i]))
	}
	for i, v := range values {
		n := 0
		if most > 0 {
			n = int(v/most*barWidth + 0.5)
		}
		p.line("  %s%s  %s %s", names[i], strings.Repeat(" ", left-wide(names[i])), strings.Repeat("█", n), strconv.FormatFloat(v, 'f', decimals, 64))
	}
}

// Curve draws values from left to right, from the lowest to the highest of them: what
// is lowest is not 0, and both ends are written beside it.
func (p *Page) Curve(what string, values []float64) {
	p.shown++
	const rows = 6
	low, high := slices.Min(values), slices.Max(values)
	p.line("  %s", what)
	each := max(1, min(6, (Width-14)/len(values)))
	for r := rows - 1; r >= 0; r-- {
		var b strings.Builder
		for _, v := range values {
			level := 1.0
			if high > low {
				level = 1 + (v-low)/(high-low)*(8*rows-1)
			}
			b.WriteString(strings.Repeat(string(eighths[min(8, max(0, int(level+0.5)-8*r))]), each))
		}
		axis := ""
		switch r {
		case rows - 1:
			axis = strconv.FormatFloat(high, 'g', 4, 64)
		case 0:
			axis = strconv.FormatFloat(low, 'g', 4, 64)
		}
		p.line("  %9s │%s", axis, b.String())
	}
}

// Sparks draws a line of blocks for each series, all on one scale from the lowest value to
// the highest, both of which are written below, with the last value behind each.
func (p *Page) Sparks(names []string, series [][]float64, decimals int) {
	p.shown++
	low, high, left := slices.Min(series[0]), slices.Max(series[0]), 0
	for i := range names {
		left = max(left, wide(names[i]))
		low, high = min(low, slices.Min(series[i])), max(high, slices.Max(series[i]))
	}
	for i, values := range series {
		var b strings.Builder
		for _, v := range values {
			level := 1
			if high > low {
				level = 1 + int((v-low)/(high-low)*7+0.5)
			}
			b.WriteRune(eighths[level])
		}
		p.line("  %s%s  %s  %s", names[i], strings.Repeat(" ", left-wide(names[i])), clip(b.String(), Width-left-16), strconv.FormatFloat(values[len(values)-1], 'f', decimals, 64))
	}
	p.line("  %s  ▁ %s   █ %s", strings.Repeat(" ", left), strconv.FormatFloat(low, 'f', decimals, 64), strconv.FormatFloat(high, 'f', decimals, 64))
}
