package lesson

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Width is the most columns that a line has.
const Width = 100

// Page is where a lesson writes: text that is wrapped, tables and plots of characters.
type Page struct {
	ctx    context.Context
	w      io.Writer
	models []string // of the lesson
	err    error    // the first one
	steps  int
	shown  int // tables and plots
}

func (p *Page) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(fmt.Sprintf(format, args...), " "))
	}
}

// Step begins a part of the lesson.
func (p *Page) Step(title string) {
	p.steps++
	p.line("")
	p.line("%d. %s", p.steps, title)
	p.line("%s", strings.Repeat("─", min(Width, wide(title)+3)))
}

// Say writes a paragraph.
func (p *Page) Say(format string, args ...any) { p.paragraph("", fmt.Sprintf(format, args...)) }

// Look writes a paragraph that says what to look at.
func (p *Page) Look(format string, args ...any) {
	p.paragraph("→ ", "Look: "+fmt.Sprintf(format, args...))
}

// paragraph wraps text; mark stands before its first line.
func (p *Page) paragraph(mark, text string) {
	line := mark
	for word := range strings.FieldsSeq(text) {
		if wide(line)+1+wide(word) > Width && strings.TrimSpace(line) != "" {
			p.line("%s", line)
			line = strings.Repeat(" ", wide(mark))
		}
		if line != "" && !strings.HasSuffix(line, " ") {
			line += " "
		}
		line += clip(word, Width-wide(mark))
	}
	p.line("%s", line)
}

var number = regexp.MustCompile(`^[-−+]?[0-9][0-9,]*(\.[0-9]+)?( ?%)?$|^–?$`)

// Table writes rows below a header whose cells a bar separates. Columns of numbers
// stand to the right; of a table that is too wide the widest columns of text are cut.
func (p *Page) Table(header string, rows ...[]string) {
	p.shown++
	head := strings.Split(header, "|")
	widths, right, sum := make([]int, len(head)), make([]bool, len(head)), 2*len(head)
	for c := range head {
		widths[c], right[c] = wide(head[c]), len(rows) > 0
		for _, r := range rows {
			widths[c] = max(widths[c], wide(r[c]))
			right[c] = right[c] && number.MatchString(r[c])
		}
		sum += widths[c]
	}
	for ; sum > Width; sum-- {
		widest := 0
		for c := range widths {
			if widths[c] > widths[widest] {
				widest = c
			}
		}
		widths[widest]--
	}
	write := func(cells []string) {
		var b strings.Builder
		for c, text := range cells {
			text = clip(text, widths[c])
			space := strings.Repeat(" ", widths[c]-wide(text))
			if right[c] {
				text = space + text
			} else {
				text += space
			}
			b.WriteString("  " + text)
		}
		p.line("%s", b.String())
	}
	write(head)
	var under []string
	for _, n := range widths {
		under = append(under, strings.Repeat("─", n))
	}
	write(under)
	for _, r := range rows {
		write(r)
	}
}

// cells returns values as cells of a table: floats with three digits behind the point.
func cells(values ...any) []string {
	row := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case float32:
			row[i] = strconv.FormatFloat(float64(v), 'f', 3, 32)
		case float64:
			row[i] = strconv.FormatFloat(v, 'f', 3, 64)
		case int:
			row[i] = thousands(v)
		default:
			row[i] = fmt.Sprint(v)
		}
	}
	return row
}

// count returns a number of things: "1 user", "6,000 users".
func count(n int, what string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(what, "s"):
		what += "es"
	default:
		what += "s"
	}
	return thousands(n) + " " + what
}

// thousands writes n with a comma before each three digits.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// wide returns how many columns of a terminal text takes.
func wide(text string) (n int) {
	for _, r := range text {
		n += columns(r)
	}
	return n
}

func columns(r rune) int {
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0x1f300):
		return 2
	}
	return 1
}

// clip returns text cut to n columns, with an ellipsis where something is missing.
func clip(text string, n int) string {
	if wide(text) <= n {
		return text
	}
	var b strings.Builder
	left := n - 1
	for _, r := range text {
		if left -= columns(r); left < 0 {
			break
		}
		b.WriteRune(r)
	}
	return b.String() + "…"
}
