// What the usual tools export of Douban: tables with Chinese columns, and the objects of its mobile pages as JSON. A title has others behind
// it, "盗梦空间 / Inception". 看过 and 想看 have the same columns in some: there the name of the file says which.
import { momentOf, numberOf, starsOf, yearOf } from './record.js';

const titles = (text) => text.split(/\s+\/\s+/);
const wished = /想看|想读|wish/i;

// ratingOf reads stars: a number up to 5, "力荐" in words, or ★.
const said = { 很差: 1, 较差: 2, 还行: 3, 推荐: 4, 力荐: 5 };
function ratingOf(text) {
  const filled = [...text].filter((sign) => sign === '★').length;
  return starsOf(filled || (said[text] ?? text), 5);
}

const actionOf = (state, stars, file) => {
  if (stars) return 'rate';
  if (state) return wished.test(state) ? 'watchlist' : /在看|在读|doing/.test(state) ? '' : 'seen';
  return wished.test(file) ? 'watchlist' : 'seen';
};

export const douban = {
  name: '豆瓣',
  fits: (has) => has('标题') || has('片名') || has('书名'),
  read(get, { file, tell }) {
    const stars = ratingOf(get('个人评分') || get('我的评分') || get('评分星级'));
    const state = get('状态') || get('标签状态');
    if (!stars && !state && !wished.test(file) && !/看过|读过|collect/i.test(file)) tell('unsaid');
    return {
      imdb: numberOf(get('imdb') || get('imdb编号') || get('imdbid'), 'tt'), titles: [...titles(get('标题') || get('片名') || get('书名')), get('原名'), ...titles(get('又名'))],
      isbn: get('isbn').replace(/[^\dXx]/g, '') || undefined,
      year: yearOf(get('年份') || get('上映日期') || get('简介')), people: get('作者') ? titles(get('作者')) : undefined,
      action: actionOf(state, stars, file), rating: stars, note: get('我的短评') || get('评论') || get('短评'), at: momentOf(get('打分日期') || get('创建时间') || get('标记日期')),
    };
  },
};

// doubanPages reads objects of the mobile pages: {subject: {title, year, …}, rating: {value, max}, status, create_time}.
export const doubanPages = {
  name: '豆瓣',
  fits: (one) => typeof one.subject?.title === 'string',
  read(one) {
    const { subject, rating, status = '' } = one;
    const stars = rating ? starsOf(rating.value, Number(rating.max) || 5) : 0;
    if (subject.type && subject.type !== 'movie' && subject.type !== 'book' && subject.type !== 'tv') return null;
    return {
      titles: [...titles(subject.title), subject.original_title], year: yearOf(subject.year ?? subject.card_subtitle),
      action: stars ? 'rate' : { done: 'seen', mark: 'watchlist' }[status] ?? '', rating: stars, note: one.comment, at: momentOf(one.create_time),
    };
  },
};
