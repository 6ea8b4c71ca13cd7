// Fills in what the widget says, and puts the words of the page's owner in place of its own.
import { join } from './safe.js';
import { around, marks, why } from './words/en.js';

const english = { around, why, marks }; // import * would be an object that esbuild fills by for…in, and pages add to Object.prototype

// spoken returns the words of a language, {around, why, marks, dir, code}, with the owner's own in their place: texts by name, as an object
// or JSON. What of these is no text of the widget is named in the console, with the element.
export function spoken(language, code, own, element) {
  const words = { around: { ...language.around }, why: { ...language.why ?? english.why }, marks: language.marks ?? english.marks, dir: language.dir ?? '', code };
  if (!own) return words;
  const wrong = (text) => console.warn(`sparrow: words: ${text}`, element);
  let given = own;
  try {
    if (typeof own === 'string') given = JSON.parse(own);
  } catch (error) {
    wrong(`not JSON (${error.message}); write words='{"similar": "…"}'`);
    return words;
  }
  if (typeof given !== 'object' || Array.isArray(given)) {
    wrong('not an object of texts; write {"similar": "…"}');
    return words;
  }
  const names = Object.keys(given);
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    const part = Object.hasOwn(english.around, name) ? 'around' : 'why';
    const usual = english[part];
    const problem = Object.hasOwn(usual, name) ? fault(given[name], usual[name]) : `is not a text of the widget; it has ${list(english.around)}, ${list(english.why)}`;
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
    if (typeof forms[i] !== 'string' || !forms[i]) return fields[0] === '{names}' ? 'is neither a text nor an object of its plural forms with "other"' : 'is not a text';
    const used = forms[i].match(/{\w*}/g) ?? [];
    for (let j = 0; j < used.length; j++) if (fields[0] !== used[j]) return `has ${used[j]}, which is not filled in there; ${fields[0] ? `${fields[0]} is` : 'nothing is'}`;
  }
  return '';
}

const list = (texts) => join(Object.keys(texts), ', ');

// reason returns a reason as a text, '' for a kind that has none. Names are counted by the rules of the language.
export function reason({ kind, title, names }, { why, marks, code }) {
  if (!Object.hasOwn(why, kind)) return '';
  let text = why[kind];
  if (typeof text === 'object') text = text[new Intl.PluralRules(code).select(names.length)] ?? text.other;
  let all = '';
  for (let i = 0; i < names.length; i++) all += (all && marks[2]) + marks[0] + names[i] + marks[1];
  return text.replace(/{(title|names)}/g, (_, field) => (field === 'title' ? title : all));
}
