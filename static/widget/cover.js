// Covers for items without a picture, or whose picture does not load: the posters of app/poster,
// the same for the same item. poster writes the very bytes that the app's does, and a test
// compares all of the demo's. A script of its own, which comes beside the first list.
import { abstract } from './cover-abstracts.js';
import { roll, seed } from './cover-dice.js';
import { known, motif } from './cover-motifs.js';
import { paint } from './cover-palette.js';
import { escape, typeset } from './cover-typeset.js';

// poster returns an item's cover as the text of an SVG.
export function poster({ id, title, year, genres }) {
  seed(id);
  const colours = paint(genres, title, year);
  const { lines, size } = typeset(title);
  const lead = size + (size >> 3);
  const block = 46 + lines.length * lead; // the title with the year's line
  const height = 300 - block;
  const above = !roll(4); // the title is at the top
  const first = above ? 14 + size : height + size + 6;
  let svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 300'><path fill='${colours.ground}' d='M0 0h200v300H0z'/>`
    + `<svg y='${above ? block : 0}' height='${height}'>${(known(genres) && motif(genres, height, colours)) || abstract(title, height, colours)}</svg><g transform='translate(16)' fill='${colours.ink}' font-family='Georgia,serif' font-size='${size}'>`;
  for (let i = 0; i < lines.length; i++) svg += `<text y='${first + i * lead}'>${escape(lines[i])}</text>`;
  if (year > 0) svg += `<text y='${above ? block - 16 : 284}' font-size='11' letter-spacing='2'>${year}</text>`;
  return `${svg}</g></svg>`;
}

const entities = { amp: '&', lt: '<', gt: '>' };

let drawn = 0; // how many there are: the name of a pattern is the page's, and each needs its own

// draw returns the cover of an item as an SVG element. It is made node by node, for pages that
// trust no markup.
export function draw(item) {
  const text = poster(item);
  const name = `sparrow-cover-${++drawn}`;
  const tags = /<(\/?)(\w+)([^>]*?)(\/?)>|[^<]+/g;
  const open = []; // the elements that are not closed yet, the innermost last
  let svg;
  for (let tag; (tag = tags.exec(text));) {
    const parent = open[open.length - 1];
    if (!tag[2]) parent.append(tag[0].replace(/&(amp|lt|gt);/g, (_, entity) => entities[entity]));
    else if (tag[1]) open.length--;
    else {
      const made = document.createElementNS('http://www.w3.org/2000/svg', tag[2]);
      const pairs = /(\S+)='([^']*)'/g;
      for (let pair; (pair = pairs.exec(tag[3]));) {
        const own = pair[1] === 'id' ? name : pair[2].replace('#a)', `#${name})`);
        if (pair[1] !== 'xmlns') made.setAttribute(pair[1], own);
      }
      if (parent) parent.append(made);
      if (tag[2] === 'svg' && parent) made.style.cssText = `width:200px;height:${made.getAttribute('height')}px`; // whatever the page has all SVGs be
      svg ??= made;
      if (!tag[4]) open[open.length] = made;
    }
  }
  svg.setAttribute('preserveAspectRatio', 'xMidYMid slice');
  svg.setAttribute('aria-hidden', 'true');
  svg.style.cssText = 'font:400 16px Georgia,serif;letter-spacing:0;text-transform:none;text-anchor:start;direction:ltr;stroke:none'; // what it would take over from the page
  return svg;
}
