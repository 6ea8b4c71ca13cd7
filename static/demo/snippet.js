// What a site's owner copies, made of what the knobs say. A text is a list of pieces
// [kind, characters]; the kinds are the classes that colour them.

const usual = { limit: '10', heading: '', lang: '', layout: 'row', theme: 'auto', mode: 'auto', link: '' };
const lengths = { width: ['--sparrow-card-width', '156'], radius: ['--sparrow-radius', '8'] };

// ofItem reports whether a kind of list is for an item.
export const ofItem = (kind) => kind === 'similar' || kind === 'next';

// attributesOf returns the attributes that differ from what the element does by itself:
// [[name, value]].
export function attributesOf(knobs) {
  const all = ofItem(knobs.kind) ? [['item', knobs.item]] : [];
  for (const name of ['limit', 'heading', 'lang', 'layout', 'theme', 'mode', 'link']) {
    if (knobs[name] !== usual[name]) all.push([name, knobs[name]]);
  }
  if (knobs.personal) all.push(['personal', '']);
  return all;
}

// propertiesOf does the same for what a style sheet says; accent is the colour that the knob
// begins with, reserve the height to keep, 0 for none.
export function propertiesOf(knobs, accent) {
  const all = [];
  if (knobs.accent !== accent) all.push(['--sparrow-accent', knobs.accent]);
  for (const [name, [property, own]] of Object.entries(lengths)) if (knobs[name] !== own) all.push([property, `${knobs[name]}px`]);
  if (knobs.ratio !== '2 / 3') all.push(['--sparrow-ratio', knobs.ratio]);
  if (knobs.reserve) all.push(['display', 'block'], ['min-height', `${knobs.reserve}px`]);
  return all;
}

const quoted = (value) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

function tag(name, attributes) {
  const pieces = [['', '<'], ['tag', name]];
  for (const [key, value] of attributes) {
    pieces.push(['', ' '], ['key', key]);
    if (value) pieces.push(['', '="'], ['value', quoted(value)], ['', '"']);
  }
  return [...pieces, ['', '>']];
}

const end = (name) => [['', '</'], ['tag', name], ['', '>']];

// markup returns the pieces of what to paste. pin is null, or {src, integrity} of a script
// that never changes.
export function markup({ knobs, accent, edge, pin }) {
  const name = `sparrow-${knobs.kind}`;
  const script = [['type', 'module'], ['src', pin ? pin.src : `${edge}v1/widget.js`]];
  if (pin) script.push(['integrity', pin.integrity], ['crossorigin', '']);
  const pieces = [...tag('script', script), ...end('script'), ['', '\n']];
  const properties = propertiesOf(knobs, accent);
  if (properties.length) {
    pieces.push(...tag('style', []), ['', '\n'], ['tag', name], ['', ' {\n']);
    for (const [key, value] of properties) pieces.push(['', '  '], ['key', key], ['', ': '], ['value', value], ['', ';\n']);
    pieces.push(['', '}\n'], ...end('style'), ['', '\n']);
  }
  return [...pieces, ...tag(name, attributesOf(knobs)), ...end(name)];
}

// policies returns what a content security policy needs, for each way to run.
export function policies(edge) {
  const { origin } = new URL(edge);
  return {
    inline: `script-src ${origin} 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self' ${origin}`,
    frame: `script-src ${origin}; frame-src ${origin}; connect-src 'self' ${origin}`,
  };
}
