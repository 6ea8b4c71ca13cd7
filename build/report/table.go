package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"sparrow/build/cell"
	"sparrow/build/feedback"
)

// Table is a part of the report for other programs.
type Table struct {
	Name string     // of its file
	Rows [][]string // the first one names the columns
}

// WriteCSV writes the table. Texts are safe to open in a spreadsheet.
func (t *Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	for _, row := range t.Rows {
		safe := make([]string, len(row))
		for i, text := range row {
			safe[i] = cell.Text(text)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

var deeds = []string{"liked", "used", "carted", "bought", "revenue"}

func (d *Deeds) cells() []string {
	return []string{strconv.Itoa(d.Liked), strconv.Itoa(d.Used), strconv.Itoa(d.Carted), strconv.Itoa(d.Bought), strconv.FormatFloat(d.Revenue, 'f', 2, 64)}
}

// Tables returns the report as tables.
func (r *Report) Tables() []Table {
	lists := Table{"lists.csv", [][]string{append([]string{"list", "visitors", "sessions", "seen", "clicked"}, deeds...)}}
	positions := Table{"positions.csv", [][]string{{"list", "position", "seen", "clicked"}}}
	for i := range r.Lists {
		l := &r.Lists[i]
		lists.Rows = append(lists.Rows, append([]string{l.Name, strconv.Itoa(l.Visitors), strconv.Itoa(l.Sessions), strconv.Itoa(l.Seen), strconv.Itoa(l.Clicked)}, l.Deeds.cells()...))
		for k, p := range l.Positions {
			positions.Rows = append(positions.Rows, []string{l.Name, strconv.Itoa(k + 1), strconv.Itoa(p.Seen), strconv.Itoa(p.Clicked)})
		}
	}
	days := Table{"days.csv", [][]string{append([]string{"day", "visitors", "seen", "clicked"}, deeds...)}}
	for i := range r.Days {
		d := &r.Days[i]
		days.Rows = append(days.Rows, append([]string{d.Date, strconv.Itoa(d.Visitors), strconv.Itoa(d.Seen), strconv.Itoa(d.Clicked)}, d.Deeds.cells()...))
	}
	models := Table{"models.csv", [][]string{{"model", "newest", "seen"}}}
	for _, m := range r.Models {
		models.Rows = append(models.Rows, []string{m.Bundle, strconv.FormatBool(m.Newest), strconv.Itoa(m.Seen)})
	}
	losses := Table{"losses.csv", [][]string{{"what", "which", "events"}}}
	for _, part := range []struct {
		what  string
		which []feedback.Count
	}{{"dead letter", r.Read.Dead}, {"dropped on devices", r.Read.Dropped}} {
		for _, c := range part.which {
			losses.Rows = append(losses.Rows, []string{part.what, c.Name, strconv.Itoa(c.Count)})
		}
	}
	return []Table{lists, positions, days, models, losses}
}

// WriteTable writes the report for people.
func (r *Report) WriteTable(w io.Writer) error {
	fmt.Fprintf(w, "from %s until %s\n", r.From.UTC().Format(time.DateOnly), moment(r.Until))
	for _, part := range []struct {
		title string
		facts []Fact
	}{{"what happened", r.Overview()}, {"the catalog", r.Reach()}, {"how fresh", r.Freshness()}, {"how pages start", r.Beginnings()}, {"what was lost", r.Losses()}} {
		fmt.Fprintf(w, "\n%s\n", part.title)
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, f := range part.facts {
			fmt.Fprintf(t, "  %s\t%s\t%s\n", f.Name, f.Value, f.Note)
		}
		if err := t.Flush(); err != nil {
			return err
		}
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "list\tvisitors\tseen\tclicked\tof those seen\tliked\tinto baskets\tbought\trevenue")
	for i := range r.Lists {
		l := &r.Lists[i]
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%s\t%d\t%d\t%d\t%s\n", l.Name, l.Visitors, l.Seen, l.Clicked, rate(l.Rate), l.Liked, l.Carted, l.Bought, r.money(l.Revenue))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, x := range r.Experiments {
		fmt.Fprintf(w, "\nexperiment %s\n", x.Layer)
		for _, line := range x.Findings {
			fmt.Fprintf(w, "  %s\n", line)
		}
	}
	fmt.Fprintln(w)
	for _, n := range r.Notes {
		if _, err := fmt.Fprintf(w, "- %s\n", n); err != nil {
			return err
		}
	}
	return nil
}
