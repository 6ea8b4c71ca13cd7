// What the widget says, in its languages. why has, for kinds of reasons, what stands in place of
// year and genres; the other kinds say no more than these do. Kinds that begin with "same-" are of
// two items, the others of the visitor.

const english = {
  similar: 'More like this', recommend: 'For you', popular: 'Popular',
  previous: 'Previous', next: 'Next',
  why: bare({
    because: ({ title }) => `Because you liked ${title}`,
    rated: ({ title }) => `Because of your stars for ${title}`,
    viewed: ({ title }) => `Because you looked at ${title}`,
    'same-tags': ({ names }) => `Also tagged ${list(names, '“', '”', ', ')}`,
    'same-people': () => 'Liked by the same people',
    'same-run': () => 'Often chosen one after the other',
    'same-title': () => 'A similar title',
  }),
};

const chinese = {
  similar: '看了这个，还可以看', recommend: '为你推荐', popular: '大家都在看',
  previous: '向前翻', next: '向后翻',
  why: bare({
    because: ({ title }) => `因为你喜欢《${title}》`,
    rated: ({ title }) => `因为你给《${title}》打过分`,
    viewed: ({ title }) => `因为你看过《${title}》的介绍`,
    'same-tags': ({ names }) => `同有标签${list(names, '“', '”', '、')}`,
    'same-people': () => '喜欢的是同一群人',
    'same-run': () => '常有人接连着选',
    'same-title': () => '名称相近',
  }),
};

// bare returns an object that has nothing but what is written down: kinds come from outside.
function bare(words) { return Object.assign(Object.create(null), words); }

// list quotes names one by one: a page may have replaced what arrays do.
function list(names, open, close, between) {
  let all = '';
  for (let i = 0; i < names.length; i++) all += (all && between) + open + names[i] + close;
  return all;
}

export const wordsOf = (lang) => (/^zh\b/i.test(lang) ? chinese : english);
