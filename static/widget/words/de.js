// German. It says neither du nor Sie, since shops differ in that.
export const around = {
  similar: 'Das könnte auch gefallen', together: 'Oft zusammen gekauft', recommend: 'Persönliche Empfehlungen', popular: 'Beliebt',
  after: 'Was danach gewählt wurde', recent: 'Zuletzt angesehen', trending: 'Gerade gefragt', new: 'Neu',
  previous: 'Zurück', next: 'Weiter',
};

export const why = {
  because: 'Weil „{title}“ gefällt',
  rated: 'Weil „{title}“ bewertet wurde',
  viewed: 'Weil „{title}“ angesehen wurde',
  'same-tags': { one: 'Gleiches Stichwort: {names}', other: 'Gleiche Stichwörter: {names}' },
  'same-people': 'Gefällt denselben Leuten',
  'same-run': 'Oft nacheinander gewählt',
  'same-lists': 'Oft zusammen gewählt',
  'same-series': 'Der nächste Teil',
};

export const marks = ['„', '“', ', '];
