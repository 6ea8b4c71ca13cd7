// The attributes of a list, and what the engine is asked by them.

const rules = 1; // so many of the attributes only an engine can keep to
const asked = 4; // so many are of the question as they stand
export const texts = 17; // and so many are properties
export const names = ['filter', 'brand', 'badge', 'srcset', 'titles', 'item', 'heading', 'theme', 'layout', 'mode', 'src', 'link', 'consent', 'currency', 'exclude', 'group', 'words', 'limit', 'personal', 'lang'];

// What the engine is asked. Lists whose kind is a verb of its own are not made in advance.
const verbs = { similar: 'movie', popular: 'browse' };

// questionOf returns what a list of a kind asks; about says that it is for an item. advance says whether a list made
// in advance may answer, and rule names an attribute that none of these can keep to.
export function questionOf(list, kind, about) {
  const question = { verb: verbs[kind] ?? kind, item: about ? list.item : undefined, k: list.limit };
  for (let i = 0; i < asked; i++) {
    const value = list[names[i]];
    question[names[i]] = value || undefined;
    if (i < rules && value) question.rule = names[i];
  }
  // The column of titles of the list's language, of pairs "de:title_de"; a list made in advance has the catalog's own titles.
  question.titles = RegExp(`\\b${/^\w*/.exec(list.language)[0]}:\\s*([^,\\s]+)`, 'i').exec(list.titles)?.[1];
  if (list.exclude) {
    const ids = question.exclude = [];
    list.exclude.replace(/[^,\s][^,]*/g, (id) => { ids[ids.length] = id.trim(); });
  }
  question.advance = verbs[kind] && !question.rule && !question.titles;
  return question;
}

// one returns a value that is one of those that are known, else the first of these.
export const one = (value, ...known) => {
  for (let i = 0; i < known.length; i++) if (value === known[i]) return value;
  return known[0];
};
