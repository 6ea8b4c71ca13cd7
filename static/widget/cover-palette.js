// The colours of a cover, from its labels, its year and its dice. app/poster/palette.go says why they
// are what they are.
import { between, hash, roll } from './cover-dice.js';
import { hueOf, known } from './cover-motifs.js';

// paint chooses the colours: {ground, ink, main, second}.
export function paint(genres, title, year) {
  const n = Math.min(3, genres.length);
  const t = year > 0 ? Math.min(1, Math.max(0, (Math.floor(year / 10) * 10 - 1920) / 100)) : 0.6;
  const warm = (hue) => hue + 0.45 * (1 - t) * (((60 - hue + 540) % 360) - 180);
  const chroma = 0.45 + 0.55 * t;
  if (!known(genres)) {
    const label = n ? genres[roll(n)] : title;
    const first = warm(Number(hash(label) % 24n) * 15 + between(-10, 10));
    const second = first + [30, 60, 150, 180][roll(4)];
    const look = ['paper', 'paper', 'vivid', 'dark', 'dark', 'dark'][roll(6)];
    return shade(look === 'dark' && yellow(first) ? 'vivid' : look, t, chroma, first, second);
  }
  const at = n > 1 ? roll(n) : 0;
  const one = genres[at];
  const two = genres[(at + 1) % n];
  const first = warm(hueOf(one) + between(-10, 10));
  const second = warm(n > 1 ? hueOf(two) : first + (140 + roll(60)));
  const look = roll(6);
  const muddy = yellow(first);
  return shade(!look || (muddy && look === 1) ? 'paper' : look === 1 || (muddy && look < 5) ? 'vivid' : 'dark', t, chroma * (one === 'Film-Noir' || two === 'Film-Noir' ? 0.3 : 1), first, second);
}

const yellow = (hue) => hue > 45 && hue < 115;

// shade returns the colours of two hues.
function shade(look, t, chroma, first, second) {
  if (look === 'paper') {
    return { ground: oklch(0.9 - 0.03 * (1 - t), 0.03 + 0.02 * (1 - t), first), ink: oklch(0.27, 0.05 * chroma, first), main: oklch(0.5 + 0.06 * t, 0.15 * chroma, first), second: oklch(0.7, 0.13 * chroma, second) };
  }
  if (look === 'vivid') {
    return { ground: oklch(0.66 + 0.05 * t + (yellow(first) ? 0.08 : 0), 0.13 * chroma, first), ink: oklch(0.2, 0.04, first), main: oklch(0.32, 0.08 * chroma, first), second: oklch(0.95, 0.04, second) };
  }
  return { ground: oklch(0.27 + 0.11 * t, 0.1 * chroma, first), ink: oklch(0.96, 0.02, first), main: oklch(0.6 + 0.1 * t, 0.15 * chroma, first), second: oklch(0.84, 0.1 * chroma, second) };
}

// oklch returns a colour as #rrggbb; chroma shrinks until it fits sRGB.
function oklch(l, chroma, hue) {
  const angle = (hue * Math.PI) / 180;
  for (let c = chroma; ; c -= 0.005) {
    const u = c * Math.cos(angle);
    const v = c * Math.sin(angle);
    const x = cube(l + 0.3963377774 * u + 0.2158037573 * v);
    const y = cube(l - 0.1055613458 * u - 0.0638541728 * v);
    const z = cube(l - 0.0894841775 * u - 1.2914855480 * v);
    const r = 4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z;
    const g = -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z;
    const b = -0.0041960863 * x - 0.7034186147 * y + 1.7076147010 * z;
    if (c <= 0 || (Math.min(r, g, b) >= -0.001 && Math.max(r, g, b) <= 1.001)) return `#${channel(r)}${channel(g)}${channel(b)}`;
  }
}

const cube = (v) => v * v * v;

function channel(v) {
  const light = v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055;
  const n = Math.floor(Math.min(1, Math.max(0, light)) * 255 + 0.5);
  return (n < 16 ? '0' : '') + n.toString(16);
}
