// A table of figures beside their bars, like that of build/bench.

// reaches reports whether a figure meets its bar.
export const reaches = ({ bar, measured, least }) => (least ? measured >= bar : measured <= bar);

// table prints [{name, bar, measured, least, runs, digits}] (least: measured
// must be ≥ bar, else ≤) and reports whether all meet their bars.
export function table(figures) {
  const rows = [['figure', 'bar', 'measured', 'runs', 'reached']];
  let all = true;
  for (const figure of figures) {
    const { name, bar, measured, least = false, runs = 1, digits = 0 } = figure;
    const reached = reaches(figure);
    all &&= reached;
    rows.push([name, `${least ? '≥' : '≤'} ${bar.toFixed(digits)}`, measured.toFixed(digits), String(runs), reached ? 'yes' : 'NO']);
  }
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  for (const row of rows) console.log(row.map((text, i) => text.padEnd(widths[i] + 2)).join('').trimEnd());
  return all;
}
