// The motifs of items without a known genre, as app/poster/abstracts.go draws them.
import { between, roll } from './cover-dice.js';
import { box, circle, part, path } from './cover-shapes.js';
import { runes } from './cover-typeset.js';

// abstract returns the markup of one of them, by lot, on a ground of 200 × h.
export function abstract(title, h, { main, second, ground }) {
  const quarters = () => { // rings around a corner
    const x = 200 * roll(2);
    const n = between(3, 5);
    const most = Math.min(h - 12, 176);
    let all = '';
    for (let i = 0; i < n; i++) all += circle(i === n - 1 ? second : i % 2 ? ground : main, x, h, part(most * (n - i), n));
    return all;
  };
  switch (roll(7)) {
    case 0: return quarters();
    case 1: { // quarters of discs on a grid
      const n = between(3, 4);
      const w = part(200, n);
      const rows = part(h, w);
      let one = '';
      let two = '';
      for (let i = 0; i < n * rows; i++) {
        const x = (i % n) * w;
        const y = h - rows * w + part(i, n) * w;
        const arc = `a${w} ${w} 0 0 1 `;
        const turn = roll(5);
        let tile = '';
        if (turn === 0) tile = `M${x} ${y}h${w}${arc}${-w} ${w}z`;
        else if (turn === 1) tile = `M${x + w} ${y}v${w}${arc}${-w} ${-w}z`;
        else if (turn === 2) tile = `M${x + w} ${y + w}h${-w}${arc}${w} ${-w}z`;
        else if (turn === 3) tile = `M${x} ${y + w}v${-w}${arc}${w} ${w}z`;
        if (roll(5)) one += tile;
        else two += tile;
      }
      return path(main, one) + path(second, two);
    }
    case 2: { // hills under a disc
      const sun = between(40, 160);
      let all = circle(second, sun, part(h, 3), between(16, 28));
      const n = between(3, 4);
      for (let i = 0; i < n; i++) {
        const x = -between(0, 60);
        const y = part(h, 3) + part(h * 2 * i, 3 * n) + 10;
        const a = between(16, 44);
        all += `<path fill='${main}' opacity='.${3 + 2 * i}' d='M${x} ${y}q65 ${i % 2 ? a : -a} 130 0t130 0V${h}H${x}z'/>`;
      }
      return all;
    }
    case 3: { // stripes of all widths
      const upright = !roll(2);
      const odd = roll(4);
      let one = '';
      let d = '';
      for (let i = 0, from = between(4, 14); from < (upright ? 200 : h); i++) {
        const wide = between(4, 26);
        const stripe = upright ? box(from, 0, wide, h) : box(0, from, 200, wide);
        if (i === odd) one = stripe;
        else d += stripe;
        from += wide + between(5, 14);
      }
      return path(main, d) + path(second, one);
    }
    case 4: { // ellipses around a point
      const n = between(5, 8);
      const wide = Math.min(part(h, 2) - 8, 84);
      const high = between(14, 28);
      const y = part(h, 2);
      let all = `<g fill='none' stroke='${main}' stroke-width='3' transform='translate(100 ${y})'>`;
      for (let i = 0; i < n; i++) all += `<ellipse rx='${wide}' ry='${high}' transform='rotate(${part(180 * i, n)})'/>`;
      return `${all}</g>${circle(second, 100, y, between(7, 13))}`;
    }
    case 5: { // the first letter of the title
      const all = runes(title);
      for (let i = 0; i < all.length; i++) {
        if (/[\p{L}\p{N}]/u.test(all[i])) return `<text x='${between(8, 40)}' y='${h - part(h, 6)}' fill='${main}' font-family='Georgia,serif' font-size='${h}'>${all[i]}</text>${path(second, box(16, h - 8, 168, 3))}`;
      }
      return quarters();
    }
    default: { // a disc that a line crosses
      const x = between(60, 140);
      return circle(main, x, part(h, 2), between(40, 66)) + path(second, box(0, part(h, 2) - between(-40, 40), 200, 6));
    }
  }
}
