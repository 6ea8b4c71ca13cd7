// The demo page: knobs, the page that they change, and what to take along.
import { wire } from './copy.js';
import { listen } from './log.js';
import { markup, ofItem, policies } from './snippet.js';
import { Stage } from './stage.js';
import { languages } from './words.js';

const edge = new URL('..', import.meta.url).href; // the folder that holds a/ and v1/
const pin = { src: edge + __PINNED__, integrity: __INTEGRITY__ };

const at = (id) => document.getElementById(id);
const form = at('knobs');
const accent = form.elements.accent.value;
const stage = new Stage(at('stage'));
let words;
let heard = null; // what the list has said last: [name, event]

// read returns what the knobs say: {kind, item, limit, …}, all of them texts, personal, and
// reserve, the height of the list where it is to be kept.
function read() {
  const knobs = Object.fromEntries(new FormData(form));
  return { ...knobs, item: knobs.chosen ?? '', personal: form.elements.personal.checked, reserve: form.elements.reserve.checked && (stage.list?.offsetHeight ?? 0) };
}

function draw() {
  const knobs = read();
  const [chosen] = form.elements.chosen.selectedOptions;
  at('item-field').hidden = !ofItem(knobs.kind);
  at('forget').hidden = !knobs.personal;
  for (const output of form.querySelectorAll('output')) {
    const { id, value } = form.elements[output.htmlFor.value];
    output.value = id === 'limit' ? value : `${value} px`;
  }
  stage.show({ knobs, accent, words, item: { title: chosen?.text ?? '', year: chosen?.dataset.year ?? '' } });
  const pinned = knobs.script === 'pinned';
  at('snippet').replaceChildren(...markup({ knobs, accent, edge, pin: pinned ? pin : null }).map(([kind, text]) => {
    if (!kind) return text;
    const piece = document.createElement('span');
    piece.className = kind;
    piece.textContent = text;
    return piece;
  }));
  at('script-note').textContent = pinned ? words.pinnedNote : words.aliasNote;
}

// state tells in a sentence how the list fares.
function state() {
  const [name, event] = heard ?? [];
  const { items, mode, ms, code } = event?.detail ?? {};
  at('state').textContent = name === 'ready' ? words.ready(items.length, Math.round(ms), mode) : name === 'error' ? words.failed(code) : words.waiting;
}

function speak(language) {
  words = languages[language];
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  document.title = `${words.title} · Sparrow`;
  for (const one of document.querySelectorAll('[data-word]')) one.textContent = words[one.dataset.word];
  for (const one of document.querySelectorAll('[data-label]')) one.ariaLabel = words[one.dataset.label];
  for (const one of document.querySelectorAll('[data-copy]')) {
    one.textContent = words.copy;
    one.ariaLabel = words.copyOf({ snippet: words.snippet, 'policy-inline': words.policyInline, 'policy-frame': words.policyFrame }[one.dataset.copy]);
  }
  const next = language === 'zh' ? 'en' : 'zh';
  const other = at('other');
  other.textContent = languages[next].name;
  other.lang = next === 'zh' ? 'zh-Hans' : 'en';
  other.href = `?lang=${next}`;
  other.onclick = (event) => {
    event.preventDefault();
    history.replaceState(null, '', other.href);
    speak(next);
    draw();
    state();
  };
}

// said writes on a button what it has done, for a moment.
function said(button, word) {
  at('said').textContent = words[word];
  button.textContent = words[word];
  setTimeout(() => {
    button.textContent = words.copy;
    at('said').textContent = '';
  }, 2000);
}

listen(at('stage'), at('log'), async (name, event) => {
  if (name === 'ready' || name === 'error') {
    heard = [name, event];
    state();
    if (form.elements.reserve.checked) draw(); // it may be of another height now
  }
  if (name !== 'select') return;
  event.preventDefault(); // a site would let it go, or take it to its own router
  if (!stage.list.personal) return;
  await stage.list.record('like', event.detail.item.id);
  if (stage.list.localName === 'sparrow-recommend') stage.list.refresh();
});
wire(document, said);
document.addEventListener('input', draw); // some knobs stand outside of the form
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(draw)); // it comes before the reset
at('forget').addEventListener('click', async () => {
  await customElements.get('sparrow-similar').erase();
  at('said').textContent = words.forgotten;
  stage.list.refresh();
});

const dark = matchMedia('(prefers-color-scheme: dark)').matches;
for (const one of form.elements.stage) one.defaultChecked = one.value === (dark ? 'dark' : 'light');
const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language;
speak(/^zh\b/i.test(asked) ? 'zh' : 'en');
const lines = policies(edge);
at('policy-inline').textContent = lines.inline;
at('policy-frame').textContent = lines.frame;
draw();
state();
