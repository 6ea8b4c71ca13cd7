// What the widget says, in its languages.

const english = {
  similar: 'More like this', recommend: 'For you', popular: 'Popular',
  previous: 'Previous', next: 'Next', because: (title) => `Because you liked ${title}`,
};

const chinese = {
  similar: '看了这个，还可以看', recommend: '为你推荐', popular: '大家都在看',
  previous: '向前翻', next: '向后翻', because: (title) => `因为你喜欢《${title}》`,
};

export const wordsOf = (lang) => (/^zh\b/i.test(lang) ? chinese : english);
