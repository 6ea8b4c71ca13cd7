// English. The shape of every language: around stands around the cards, why has, for kinds of reasons, what a card says in place of year
// and genres; the other kinds say no more than these do. Kinds that begin with "same-" are of two items, the others of the
// visitor. A text that counts has a form for each category of Intl.PluralRules from 1 on; marks stand around and
// between names.
export const around = {
  similar: 'More like this', together: 'Often bought together', recommend: 'For you', popular: 'Popular',
  after: 'What others chose next', recent: 'Recently viewed', trending: 'Trending', new: 'New',
  previous: 'Previous', next: 'Next',
};

export const why = {
  because: 'Because you liked {title}',
  rated: 'Because you rated {title}',
  viewed: 'Because you looked at {title}',
  'same-tags': 'Also tagged {names}',
  'same-people': 'Liked by the same people',
  'same-run': 'Often chosen in a row',
  'same-lists': 'Often chosen together',
  'same-series': 'The next part',
};

export const marks = ['“', '”', ', '];
