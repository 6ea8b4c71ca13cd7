// What the widget says, in its languages. why has, for kinds of reasons, what stands in place of
// year and genres; the other kinds say no more than these do. Kinds that begin with "same-" are of
// two items, the others of the visitor.
import { join } from './safe.js';

const english = {
  similar: 'More like this', together: 'Often bought together', after: 'What others chose next', recent: 'Recently viewed',
  trending: 'Trending', new: 'New', recommend: 'For you', popular: 'Popular',
  previous: 'Previous', next: 'Next',
  why: {
    because: ({ title }) => `Because you liked ${title}`,
    rated: ({ title }) => `Because you rated ${title}`,
    viewed: ({ title }) => `Because you looked at ${title}`,
    'same-tags': ({ names }) => `Also tagged “${join(names, '”, “')}”`,
    'same-people': () => 'Liked by the same people',
    'same-run': () => 'Often chosen in a row',
    'same-lists': () => 'Often chosen together',
    'same-series': () => 'The next part',
  },
};

const chinese = {
  similar: '更多类似', together: '经常一起买', after: '大家接着选', recent: '最近看过', trending: '近来走热', new: '最新', recommend: '为你推荐', popular: '热门',
  previous: '向前翻', next: '向后翻',
  why: {
    because: ({ title }) => `因为你喜欢《${title}》`,
    rated: ({ title }) => `因为你评过《${title}》`,
    viewed: ({ title }) => `因为你点开过《${title}》`,
    'same-tags': ({ names }) => `同有标签“${join(names, '”、“')}”`,
    'same-people': () => '喜欢的是同一群人',
    'same-run': () => '常有人接连着选',
    'same-lists': () => '常有人一起选',
    'same-series': () => '续集',
  },
};

export const wordsOf = (lang) => (/^zh\b/i.test(lang) ? chinese : english);
