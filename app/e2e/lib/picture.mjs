// Draws how long each engine takes, in the style of the plots of build/chart: bars from 0, one a
// line, ours in the accent colour, light and dark.

const width = 330;
const line = 15;
const label = 96;
const bar = width - label - 84;

// The colours of the reports of build/abtest and build/compare.
const style = `svg{--paper:#fcfcfa;--ink:#1d2126;--band:#c9dff2;--accent:#0b62a8;font:10px sans-serif;background:var(--paper)}
@media (prefers-color-scheme:dark){svg{--paper:#14171a;--ink:#e8eaed;--band:#23405c;--accent:#7db8ef}}
text{fill:var(--ink)}.title{font-size:11px}.peer{fill:var(--band)}.ours{fill:var(--accent)}`;

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const text = (x, y, content, attributes = '') => `<text x="${x}" y="${y.toFixed(1)}"${attributes}>${escaped(content)}</text>`;

// panel draws the engines of one table of vectors, the fastest on top. Bars end at 8 times
// ours: what is longer is cut off and says so by its number.
function panel(points, x, y) {
  const sorted = [...points].sort((a, b) => a.ms - b.ms);
  const ours = points.find(({ engine }) => engine === 'ours')?.ms ?? sorted[0].ms;
  const most = Math.min(sorted.at(-1).ms, 8 * ours);
  const [{ n, d }] = points;
  return text(x, y + 11, `${n.toLocaleString('en')} × ${d}: ms, recall`, ' class="title"') + sorted.map(({ engine, ms, recall }, i) => {
    const top = y + 18 + i * line;
    const long = Math.max(0.5, bar * Math.min(1, ms / most));
    return text(x + label - 5, top + 10, engine, ' text-anchor="end"')
      + `<rect x="${x + label}" y="${top.toFixed(1)}" width="${long.toFixed(1)}" height="${line - 4}" class="${engine === 'ours' ? 'ours' : 'peer'}"/>`
      + text(x + label + long + 4, top + 10, `${ms.toPrecision(3)}${ms > most ? ' →' : ''}  ${recall.toFixed(3)}`);
  }).join('');
}

// picture returns an SVG of points {n, d, k, engine, ms, recall}: a row of panels for each n, a
// column for each d, and what machine says below.
export function picture(points, machine) {
  const values = (of) => [...new Set(points.map(of))].sort((a, b) => a - b);
  const [rows, columns] = [values(({ n }) => n), values(({ d }) => d)];
  let y = 6;
  let body = '';
  for (const n of rows) {
    const inRow = columns.map((d) => points.filter((point) => point.n === n && point.d === d));
    inRow.forEach((here, column) => { if (here.length) body += panel(here, 6 + column * (width + 12), y); });
    y += 32 + line * Math.max(...inRow.map(({ length }) => length));
  }
  const all = columns.length * (width + 12);
  const k = Math.max(...points.map((point) => point.k));
  const fewer = points.find((point) => point.k < k);
  const below = `The best ${k}${fewer ? `, of ${fewer.engine.split(' ')[0]} the best ${fewer.k}` : ''}; the least of all rounds. ${machine}`;
  const name = 'Milliseconds of each engine for the best of many vectors';
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${name}" viewBox="0 0 ${all} ${y + 20}" width="${all}"><style>${style}</style>${body}${text(6, y + 8, below)}</svg>\n`;
}
