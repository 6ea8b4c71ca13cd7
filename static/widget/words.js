// The languages of the widget: a script each, words/….js, of which a page fetches its own. say.js fills them in.
import { words } from './later.js';
import { around } from './words/en.js';

export const english = { around }; // so much of it is needed at once; the rest has say.js

// codeOf returns the language of a tag such as pt-BR that the widget speaks, en where it does not.
export const codeOf = (tag) => /^(ar|de|es|fr|ja|pt|zh)(?![a-z])/i.exec(tag)?.[0].toLowerCase() ?? 'en';

// wordsOf resolves with the words of a language that codeOf has returned; English where they do not come.
export const wordsOf = (code) => (code === 'en' ? Promise.resolve(english) : words(code).catch(() => english));
