// Covers for items without a picture: drawn, always the same for the same item. Items that
// share their first label share colour and motif, so that they look like one series.

const namespace = 'http://www.w3.org/2000/svg';

// hash is FNV-1a of a text's UTF-16 units.
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}

// The motifs are paths on a ground of 200 × 300, given three numbers from 0 to 1.
const disc = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const motifs = [
  (a, b, c) => `${disc(40 + 120 * a, 60 + 60 * b, 45 + 30 * c)}M0 ${170 + 30 * a}h200v8H0z`, // sun and horizon
  (a, b, c) => `M${60 * a - 60} 300L${60 * a + 80} 0h${30 + 40 * b}L${60 * a} 300zM${80 + 60 * c} 300L${220 + 60 * c} 0h14L${110 + 60 * c} 300z`, // beams
  (a, b) => `M0 ${80 + 50 * a}q50-${50 + 60 * b} 100 0t100 0v60q-50 ${50 + 60 * b}-100 0t-100 0z`, // waves
  (a, b, c) => `M0 300V${190 - 60 * a}l70-${60 + 60 * c} 50 60 30-40 50 90V300z`, // peaks
  (a, b) => `M${20 + 40 * a} ${30 + 30 * b}h60v90h-60zm80 30h60v60h-60zm-${50 * b} 90h90v50h-90z`, // windows
  (a, b, c) => `${disc(70 + 20 * a, 100, 50)}${disc(110 + 30 * b, 100 + 40 * c, 50)}`, // two discs
];

const shape = (name, attributes) => {
  const made = document.createElementNS(namespace, name);
  for (let i = 0; i < attributes.length; i += 2) made.setAttribute(attributes[i], attributes[i + 1]);
  return made;
};

// draw returns the cover of an item as an SVG element.
export function draw({ id, title, year, genres }) {
  const first = hash(genres[0] ?? '');
  const dice = hash(id);
  const part = (shift) => ((dice >>> shift) & 31) / 31;
  const hue = first % 360;
  const second = genres.length > 1 ? hash(genres[1]) % 360 : hue + 40;
  const age = year ? Math.min(1, Math.max(0, (2030 - year) / 90)) : 0.3; // older ones are lighter and paler
  const svg = shape('svg', ['viewBox', '0 0 200 300', 'preserveAspectRatio', 'xMidYMax slice', 'direction', 'ltr', 'aria-hidden', 'true']);
  svg.append(
    shape('path', ['d', 'M0 0h200v300H0z', 'fill', `oklch(${0.36 + 0.2 * age} ${0.1 - 0.05 * age} ${hue})`]),
    shape('path', ['d', motifs[(first >>> 9) % motifs.length](part(0), part(5), part(10)), 'fill', `oklch(${0.62 + 0.16 * age} ${0.13 - 0.05 * age} ${second})`]),
  );
  const letter = shape('text', ['x', '16', 'y', '276', 'font-size', '64', 'font-family', 'ui-serif,Georgia,serif', 'fill', 'oklch(.97 .02 80)']);
  letter.textContent = String.fromCodePoint(title.codePointAt(/^(the|an?) ./i.test(title) ? title.indexOf(' ') + 1 : 0) ?? 0x2022).toUpperCase();
  svg.append(letter);
  return svg;
}
