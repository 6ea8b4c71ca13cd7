// Chinese, in simplified characters.
export const around = {
  similar: '更多类似', together: '经常一起买', recommend: '为你推荐', popular: '热门',
  after: '大家接着选', recent: '最近看过', trending: '近来走热', new: '最新',
  previous: '向前翻', next: '向后翻',
};

export const why = {
  because: '因为你喜欢《{title}》',
  rated: '因为你评过《{title}》',
  viewed: '因为你点开过《{title}》',
  'same-tags': '同有标签{names}',
  'same-people': '喜欢的是同一群人',
  'same-run': '常有人接连着选',
  'same-lists': '常有人一起选',
  'same-series': '续集',
};

export const marks = ['“', '”', '、'];
