// Spanish, with tú, as most shops have it.
export const around = {
  similar: 'También te puede gustar', together: 'Se suelen comprar juntos', recommend: 'Para ti', popular: 'Lo más popular',
  after: 'Lo que otros eligieron después', recent: 'Vistos recientemente', trending: 'Tendencias', new: 'Novedades',
  previous: 'Anteriores', next: 'Siguientes',
};

export const why = {
  because: 'Porque te gustó «{title}»',
  rated: 'Porque valoraste «{title}»',
  viewed: 'Porque consultaste «{title}»',
  'same-tags': { one: 'Misma etiqueta: {names}', other: 'Mismas etiquetas: {names}' },
  'same-people': 'Gusta a las mismas personas',
  'same-run': 'Se suelen elegir seguidos',
  'same-lists': 'Se suelen elegir juntos',
  'same-series': 'La siguiente parte',
};

export const marks = ['«', '»', ', '];
