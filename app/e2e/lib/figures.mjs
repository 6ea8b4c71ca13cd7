// Figures beside their bars, in a table like that of build/bench.
//
// A figure is {name, bar, measured, unit, least, digits, runs, peer, by}: least says that measured
// must be ≥ bar, else it must be ≤; one without a bar is only told; peer is what it was
// measured against; by names the command that measures it, where this run does not.

// reaches reports whether a figure meets its bar, if it has one.
export const reaches = ({ bar, measured, least, by }) => bar === undefined || by !== undefined || (least ? measured >= bar : measured <= bar);

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
export const least = (values) => Math.min(...values);

const withUnit = (value, { digits = 0, unit }) => `${value.toFixed(digits)}${unit ? ` ${unit}` : ''}`;
const barOf = (figure) => (figure.bar === undefined ? '–' : `${figure.least ? '≥' : '≤'} ${withUnit(figure.bar, figure)}`);

// verdict returns what stands in the last column.
function verdict(figure) {
  if (figure.by !== undefined || figure.bar === undefined) return '–';
  return reaches(figure) ? 'yes' : 'NO';
}

// rowsOf returns the cells of the table, headings first; without a column of peers where no
// figure has one.
export function rowsOf(figures) {
  const peers = figures.some(({ peer }) => peer);
  const row = (name, bar, measured, peer, runs, reached) => [name, bar, measured, ...(peers ? [peer] : []), runs, reached];
  return [row('figure', 'bar', 'measured', 'peer', 'runs', 'reached'), ...figures.map((figure) => row(
    figure.name, barOf(figure), figure.by ?? withUnit(figure.measured, figure), figure.peer ?? '', figure.by ? '' : String(figure.runs ?? 1), verdict(figure),
  ))];
}

// table prints figures and reports whether all meet their bars.
export function table(figures) {
  const rows = rowsOf(figures);
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  for (const row of rows) console.log(row.map((text, i) => text.padEnd(widths[i] + 2)).join('').trimEnd());
  return figures.every(reaches);
}

// fastest returns how many times faster ours is than the fastest of some others, by the
// least of the times of each: {peer, ratio}.
export function fastest(times, others, ours = 'ours') {
  const peer = others.reduce((a, b) => (least(times[a]) <= least(times[b]) ? a : b));
  return { peer, ratio: least(times[peer]) / least(times[ours]) };
}

// merged returns what several workers measured, {times, recall, built}, as if one had: of each peer its
// ratio to the ours that was beside it counts.
export function merged(parts) {
  const ours = least(parts.flatMap(({ times }) => times.ours));
  const all = { times: { ours: [] }, recall: {}, built: parts[0].built };
  for (const { times, recall } of parts) {
    const scale = ours / least(times.ours);
    for (const [name, ms] of Object.entries(times)) (all.times[name] ??= []).push(...ms.map((one) => one * scale));
    Object.assign(all.recall, recall);
  }
  return all;
}
