// Arabic, from right to left. Titles and names stand between U+2068 and U+2069, so that Latin ones do not turn the line around.
export const dir = 'rtl';

export const around = {
  similar: 'قد يعجبك أيضًا', together: 'كثيرًا ما تُشترى معًا', recommend: 'مختارة لك', popular: 'الأكثر شعبية',
  after: 'ما اختاره آخرون بعد ذلك', recent: 'شوهدت مؤخرًا', trending: 'الرائج الآن', new: 'جديدنا',
  previous: 'السابق', next: 'التالي',
};

export const why = {
  because: 'لأنك أُعجبت بـ«\u2068{title}\u2069»',
  rated: 'لأنك قيّمت «\u2068{title}\u2069»',
  viewed: 'لأنك اطّلعت على «\u2068{title}\u2069»',
  'same-tags': { one: 'الوسم نفسه: {names}', two: 'الوسمان نفسهما: {names}', few: 'الوسوم نفسها: {names}', many: 'الوسوم نفسها: {names}', other: 'الوسوم نفسها: {names}' },
  'same-people': 'يُعجب الأشخاص أنفسهم',
  'same-run': 'كثيرًا ما يُختاران تباعًا',
  'same-lists': 'كثيرًا ما يُختاران معًا',
  'same-series': 'الجزء التالي',
};

export const marks = ['«\u2068', '\u2069»', '، '];
