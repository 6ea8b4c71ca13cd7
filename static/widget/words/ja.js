// Japanese.
export const around = {
  similar: 'こちらもおすすめ', together: 'よく一緒に購入されています', recommend: 'あなたへのおすすめ', popular: '人気',
  after: '次に選ばれているもの', recent: '最近見たもの', trending: '急上昇', new: '新着',
  previous: '前へ', next: '次へ',
};

export const why = {
  because: '「{title}」を気に入ったあなたへ',
  rated: '「{title}」を評価したあなたへ',
  viewed: '「{title}」を閲覧したあなたへ',
  'same-tags': '同じタグ：{names}',
  'same-people': '同じ人たちに好評',
  'same-run': '続けて選ばれています',
  'same-lists': '一緒に選ばれています',
  'same-series': '続編',
};

export const marks = ['「', '」', '、'];
