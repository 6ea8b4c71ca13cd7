// One motif for each label, on a ground of 200 × h, as app/poster/motifs.go draws them: markup.
import { between, roll } from './cover-dice.js';
import { box, circle, disc, part, path, stroke } from './cover-shapes.js';

// What is drawn now: its height and colours.
let h;
let main;
let second;
let ground;

// Label, hue and motif, in turn, in order of how specific a label is: of an item's first three, one of
// the two that stand first here is drawn.
const labels = [
  'Film-Noir', 275, () => { // a lamp on a street
    const x = between(50, 150);
    const w = between(60, 95);
    const t = part(w, 3);
    return path(main, `M${x} 24L${x - w} ${h}H${x + w}z`) + path(second, `M${x - t} ${h}a${t} ${t} 0 0 1 ${2 * t} 0z${box(x - 1, 0, 3, 20)}M${x - 18} 30a18 14 0 0 1 36 0z`);
  },
  'Western', 58, () => { // the sun on the plain
    const x = between(60, 140);
    const r = between(48, 72);
    const y = part(h * 2, 3);
    let lines = '';
    for (let i = 0; i < 4; i++) lines += box(0, y - 8 - i * part(r, 5), 200, 5 - i);
    return circle(second, x, y, r) + path(ground, lines) + path(main, `M0 ${y}l60 -6l50 9l90 -8V${h}H0z`);
  },
  'Musical', 330, () => { // sound
    const n = between(4, 6);
    const a = between(14, 30);
    let all = '';
    for (let i = 0; i < n; i++) all += stroke(i % 2 ? second : main, 9 - i, `M-20 ${30 + part(i * (h - 50), n)}q40 ${-a} 80 0t80 0t80 0`);
    return all;
  },
  'War', 122, () => { // bars that march
    const n = between(7, 10);
    const w = part(200, n);
    const odd = roll(n);
    let one = '';
    let d = '';
    for (let i = 0; i < n; i++) {
      const high = between(part(h, 4), h - 24);
      const bar = box(i * w + 3, h - high, w - 5, high);
      if (i === odd) one = path(second, bar);
      else d += bar;
    }
    return one + path(main, d);
  },
  'Documentary', 190, () => { // frames of a film
    const step = between(30, 38);
    let dim = '';
    let lit = '';
    for (let y = 16; y + step - 6 < h; y += step) {
      for (let x = 16; x + step - 6 <= 186; x += step) {
        const frame = box(x, y, step - 6, step - 6);
        if (roll(4)) dim += frame;
        else lit += frame;
      }
    }
    return path(main, dim) + path(second, lit);
  },
  'Mystery', 290, () => { // a keyhole
    const x = between(70, 130);
    const y = part(h * 2, 5);
    const r = between(26, 34);
    const half = part(r, 2);
    return circle(main, x, y, r * 2 + 12) + path(second, `${disc(x, y, r)}M${x - half} ${y}l${-half} ${r * 2 + half}h${2 * r}l${-half} ${-r * 2 - half}z`);
  },
  'Animation', 350, () => { // soft shapes
    let all = '';
    for (let i = 0; i < 3; i++) {
      const x = between(30, 170);
      const y = part(h, 4) + part(i * h, 4);
      const r = between(30, 54) - 8 * i;
      const s = part(r * 4, 3);
      all += path(i === 1 ? second : main, `M${x - r} ${y}c0 ${-s} ${r + 12} ${-s} ${2 * r} -6s-6 ${s} ${-r} ${r}s${-r} -4 ${-r} ${-r + 6}z`);
    }
    return all;
  },
  'Horror', 18, () => { // a torn edge
    const moon = circle(second, between(50, 150), part(h, 3), between(26, 40));
    let d = `M0 ${part(h, 2)}`;
    for (let x = 0; x < 200;) {
      x += between(8, 26);
      d += `L${x} ${between(part(h, 3), part(h * 4, 5))}`;
    }
    return moon + path(main, `${d}V${h}H0z`);
  },
  'Fantasy', 305, () => { // mountains under a moon
    const moon = circle(second, between(40, 160), part(h, 4), between(16, 26));
    const x = between(50, 150);
    const top = part(h, 3);
    return moon + path(main, `M${x - 130} ${h}L${x} ${top}l130 ${h - top}z`) + path(second, `M${x} ${top}l-19 26l10 -5l9 9l10 -8l9 4z`)
      + path(ground, `M${x - 90 - between(15, 60)} ${h}l80 ${-top}l80 ${top}z`);
  },
  'Children', 100, confetti, "Children's", 100, confetti,
  'Sci-Fi', 238, () => { // ellipses around a star
    const x = between(60, 140);
    const y = part(h, 2) + between(-20, 20);
    let all = `<g fill='none' stroke='${main}' stroke-width='3' transform='rotate(${between(-50, 50)} ${x} ${y})'>`;
    for (let i = 0; i < 3; i++) all += `<ellipse cx='${x}' cy='${y}' rx='${50 + i * 38}' ry='${16 + i * 18}'/>`;
    return `${all}<circle fill='${second}' stroke='none' cx='${x + 88}' cy='${y}' r='9'/></g>${circle(second, x, y, between(17, 28))}`;
  },
  'Crime', 215, () => { // a fingerprint
    const x = between(70, 130);
    let all = `<g fill='none' stroke='${main}' stroke-width='5' transform='translate(${x} ${part(h * 3, 5)})'>`;
    for (let i = 0; i < 6; i++) {
      const r = 10 + i * 17;
      all += `<ellipse cy='${-i * 3}' rx='${part(r * 4, 5)}' ry='${r}' stroke-dasharray='${between(40, 150)} ${between(9, 16)}'/>`;
    }
    return `${all}</g>${path(second, disc(x, part(h * 3, 5), 5))}`;
  },
  'Romance', 8, () => { // two discs
    const r = between(46, 60);
    const x = 100 - part(r, 2);
    const y = part(h, 2);
    const up = between(-16, 16);
    return `${circle(main, x, y + up, r)}<g opacity='.85'>${circle(second, x + r, y - up, r)}</g>`;
  },
  'Adventure', 150, () => { // heights on a map
    const x = between(60, 140);
    const y = part(h, 2);
    const a = between(-20, 20);
    const e = between(60, 95);
    let d = '';
    for (let i = 0; i < 5; i++) {
      const r = 16 + i * 22;
      const k = r + part(a * i, 4);
      const half = part(a, 2);
      const most = part(r * 3, 4);
      d += `M${x - r} ${y}c0 ${-k} ${r} ${part(-r * e, 80)} ${r + half} ${-most}s${r} ${part(k, 2)} ${r - half} ${most}s${part(-r, 2)} ${k} ${-r} ${part(k * 3, 4)}s${-r} ${part(-k, 3)} ${-r} ${part(-k * 3, 4)}z`;
    }
    return `${stroke(main, 3, d)}<path fill='none' stroke='${second}' stroke-width='5' stroke-dasharray='10 9' d='M-5 ${h - 20}q70 ${-between(10, 70)} ${x} ${20 - y}'/>${circle(second, x - 5, y, 8)}`;
  },
  'Thriller', 172, () => { // lines that lead to one point
    const x = between(50, 150);
    const y = between(part(h, 4), part(h, 2));
    const n = between(8, 11);
    let d = '';
    for (let i = 0; i < n; i++) d += `M${x} ${y}L${part(i * 500, n) - 150} ${h + 40}h${part(220, n)}z`;
    return path(main, d) + circle(second, x, y, between(12, 22));
  },
  'Action', 25, () => { // speed
    const lean = between(70, 130);
    const odd = roll(4) + 1;
    let one = '';
    let d = '';
    for (let i = 0; i < 5; i++) {
      const bar = `M${i * 52 - 70} ${h}l${lean} ${-h}h${between(10, 28)}l${-lean} ${h}z`;
      if (i === odd) one = path(second, bar);
      else d += bar;
    }
    return one + path(main, d);
  },
  'Comedy', 84, () => { // smiles
    const w = part(200, between(2, 4));
    const half = part(w, 2);
    const r = half - 3;
    const turned = !roll(2);
    const arc = (y, turn) => `M3 ${y}a${r} ${r} 0 0 ${turn} ${2 * r} 0z`;
    return `<pattern id='a' width='${w}' height='${w}' patternUnits='userSpaceOnUse'>${path(turned ? second : main, arc(half - 2, 1))}${path(turned ? main : second, arc(half + 2, 0))}</pattern>${path('url(#a)', box(0, 0, 200, part(h, w) * w))}`;
  },
  'Drama', 262, () => { // a window's light on a floor
    const cols = between(2, 3);
    const rows = between(2, 3);
    const lean = between(-50, 50);
    const w = part(110, cols);
    const high = part(h - 56, rows);
    const left = 42 - part(lean, 2) + between(-12, 12);
    const odd = roll(cols * rows);
    let one = '';
    let d = '';
    for (let i = 0; i < cols * rows; i++) {
      const y = part(i, cols);
      const pane = `M${left + (i % cols) * w + part(lean * (rows - y), rows)} ${28 + y * high}h${w - 6}l${part(-lean, rows)} ${high - 6}h${6 - w}z`;
      if (i === odd) one = path(second, pane);
      else d += pane;
    }
    return one + path(main, d);
  },
  'IMAX', 225, 0, // says nothing of what an item is
];

function confetti() {
  let one = '';
  let two = '';
  for (let i = 0; i < 12; i++) {
    const x = (i % 4) * 50 + between(8, 42);
    const y = part(part(i, 4) * h, 4) + between(10, part(h, 4));
    const r = between(5, 12);
    const wide = part(r * 3, 2);
    if (i % 3 === 0) one += disc(x, y, r);
    else two += i % 3 === 1 ? `M${x} ${y}l${2 * r} ${-r}l${part(-r, 2)} ${2 * r}z` : box(x - r, y - r, wide, wide);
  }
  return path(main, one) + path(second, two);
}

// hueOf returns a label's hue; beside one that is known, one that is not has that of old paper.
export const hueOf = (label) => labels[labels.indexOf(label) + 1] * 1 || 60;

// placesOf returns the places of the motifs of an item's first three genres.
const placesOf = (genres) => labels.flatMap((one, i) => (i % 3 === 0 && labels[i + 2] && genres.slice(0, 3).includes(one) ? i : []));

// known reports whether one of an item's first three genres has a motif.
export const known = (genres) => placesOf(genres).length > 0;

// motif returns the markup of one of the two motifs of genres that are known by lot; '' where the
// lot falls on an abstract one, as it may where they have one motif only.
export function motif(genres, height, colours) {
  ({ main, second, ground } = colours);
  h = height;
  return labels[placesOf(genres)[roll(2)] + 2]?.() ?? '';
}
