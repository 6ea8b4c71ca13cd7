// The table that every measurement of the project prints: figure, bar, measured, runs, reached.

// report prints figures {name, bar, measured, unit, runs, atLeast} and returns whether all keep their bars.
export function report(figures) {
  const digits = (value, unit) => `${Number.isInteger(value) ? value : value.toFixed(2)}${unit ? ` ${unit}` : ''}`;
  const rows = figures.map(({ name, bar, measured, unit = '', runs, atLeast = false }) => {
    const reached = atLeast ? measured >= bar : measured <= bar;
    return [name, `${atLeast ? '≥' : '≤'} ${digits(bar, unit)}`, digits(measured, unit), runs, reached ? 'yes' : 'NO'];
  });
  const table = [['figure', 'bar', 'measured', 'runs', 'reached'], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
  return rows.every((row) => row[4] === 'yes');
}

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
