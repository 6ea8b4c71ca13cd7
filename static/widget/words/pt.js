// Portuguese, as in Brazil.
export const around = {
  similar: 'Você também pode gostar', together: 'Frequentemente comprados juntos', recommend: 'Para você', popular: 'Mais populares',
  after: 'O que outros escolheram a seguir', recent: 'Vistos recentemente', trending: 'Em alta', new: 'Novidades',
  previous: 'Anteriores', next: 'Próximos',
};

export const why = {
  because: 'Porque você gostou de “{title}”',
  rated: 'Porque você avaliou “{title}”',
  viewed: 'Porque você viu a página de “{title}”',
  'same-tags': { one: 'Mesma tag: {names}', other: 'Mesmas tags: {names}' },
  'same-people': 'Agrada às mesmas pessoas',
  'same-run': 'Costumam ser escolhidos em sequência',
  'same-lists': 'Costumam ser escolhidos juntos',
  'same-series': 'A próxima parte',
};

export const marks = ['“', '”', ', '];
