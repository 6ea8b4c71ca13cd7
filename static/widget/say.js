// Fills in what the widget says, and puts the words of the page's owner in place of its own.
import { join } from './safe.js';
import { marks, why } from './words/en.js';

const english = { why, marks }; // import * would be an object that esbuild fills by for…in, and pages add to Object.prototype

// spoken returns the words of a language, {around, why, marks, dir, code}, with the owner's own in their place: texts by name, as an object
// or JSON. What of these is no text of the widget is named in the console, with the element.
export function spoken(language, code, own, element) {
  const words = { around: { ...language.around }, why: { ...language.why ?? english.why }, marks: language.marks ?? english.marks, dir: language.dir ?? '', code };
  if (!own) return words;
  const wrong = (text) => console.warn(`sparrow: words: ${text}`, element);
  let given = own;
  try {
    if (typeof own === 'string') given = JSON.parse(own);
  } catch { /* it stays a text */ }
  if (typeof given !== 'object' || Array.isArray(given)) {
    wrong('write {"similar": "…"}, an object of texts, or its JSON');
    return words;
  }
  const names = Object.keys(given);
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    const part = Object.hasOwn(language.around, name) ? 'around' : 'why';
    const usual = part === 'why' ? english.why : language.around;
    const problem = Object.hasOwn(usual, name) ? fault(given[name], usual[name]) : `is not a text of the widget; it has ${join(Object.keys({ ...language.around, ...english.why }), ', ')}`;
    if (problem) wrong(`"${name}" ${problem}`);
    else words[part][name] = given[name];
  }
  return words;
}

// fault says what is wrong with an owner's text in place of a usual one, '' if nothing is.
function fault(text, usual) {
  const fields = usual.match(/{\w+}/g) ?? [];
  const counts = fields[0] === '{names}' && text && typeof text === 'object' && Object.hasOwn(text, 'other');
  const forms = counts ? Object.values(text) : [text];
  for (let i = 0; i < forms.length; i++) {
    if (typeof forms[i] !== 'string' || !forms[i]) return `is not a text${fields[0] === '{names}' ? ', nor plural forms with "other"' : ''}`;
    const used = forms[i].match(/{\w*}/g) ?? [];
    for (let j = 0; j < used.length; j++) if (fields[0] !== used[j]) return `has ${used[j]}, but ${fields[0] ?? 'nothing'} is filled in there`;
  }
  return '';
}

// reason returns a reason as a text, '' for a kind that has none. Names are counted by the rules of the language.
export function reason({ kind, title, names }, { why, marks, code }) {
  if (!Object.hasOwn(why, kind)) return '';
  let text = why[kind];
  if (typeof text === 'object') text = text[new Intl.PluralRules(code).select(names.length)] ?? text.other;
  let all = '';
  for (let i = 0; i < names.length; i++) all += (all && marks[2]) + marks[0] + names[i] + marks[1];
  return text.replace(/{(title|names)}/g, (_, field) => (field === 'title' ? title : all));
}
