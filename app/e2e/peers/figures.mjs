// The table of figures and bars at the end of a measurement.

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
export const least = (values) => Math.min(...values);

// Figures keeps what was measured against which bar.
export class Figures {
  #all = [];

  // atLeast and atMost record a number with its unit; show rounds it.
  atLeast(figure, bar, measured, unit) { this.#add(figure, '≥', bar, measured, unit, measured >= bar); }
  atMost(figure, bar, measured, unit) { this.#add(figure, '≤', bar, measured, unit, measured <= bar); }

  #add(figure, sign, bar, measured, unit, reached) {
    this.#all.push([figure, `${sign} ${bar} ${unit}`, `${measured.toFixed(2)} ${unit}`, reached ? 'yes' : 'NO']);
  }

  // print writes the table and returns the exit code: 1 where a bar was missed.
  print() {
    const cells = [['figure', 'bar', 'measured', 'reached'], ...this.#all];
    const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
    for (const row of cells) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
    return this.#all.every((row) => row[3] === 'yes') ? 0 : 1;
  }
}
