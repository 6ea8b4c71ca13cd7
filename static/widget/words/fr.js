// French, with its narrow spaces before a colon and within guillemets.
export const around = {
  similar: 'Vous aimerez aussi', together: 'Souvent achetés ensemble', recommend: 'Pour vous', popular: 'Les plus populaires',
  after: 'Choisis ensuite par d’autres', recent: 'Vus récemment', trending: 'Tendances', new: 'Nouveautés',
  previous: 'Précédents', next: 'Suivants',
};

export const why = {
  because: 'Parce que vous avez aimé «\u202f{title}\u202f»',
  rated: 'Parce que vous avez noté «\u202f{title}\u202f»',
  viewed: 'Parce que vous avez consulté «\u202f{title}\u202f»',
  'same-tags': { one: 'Même mot-clé\u202f: {names}', other: 'Mêmes mots-clés\u202f: {names}' },
  'same-people': 'Plaît au même public',
  'same-run': 'Souvent choisis à la suite',
  'same-lists': 'Souvent choisis ensemble',
  'same-series': 'La suite',
};

export const marks = ['«\u202f', '\u202f»', ', '];
