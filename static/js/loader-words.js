// What the page says before the app can speak for itself.
export const wordsOf = (path) => (/^\/zh(\/|$)/.test(path)
  ? {
      loading: '正在启动推荐引擎…',
      noted: '已记下，应用一启动就生效…',
      undone: '刚才点按的内容没有生效。',
      network: '应用没有下载完整。下面的内容仍可阅读；请检查网络后重试。',
      http: '网站服务器返回错误 {status}，不是你这边的问题。下面的内容仍可阅读；请过几分钟再试。',
      page: '网络用一个网页代替了应用，可能需要先登录网络。下面的内容仍可阅读；登录后请重试。',
      integrity: '应用在传输中损坏，已丢弃。下面的内容仍可阅读；请重试，仍不行就换一个网络。',
      browser: '这个浏览器太旧，无法运行应用。下面的内容仍可阅读；请更新浏览器。',
      wasm: '这个浏览器无法运行 WebAssembly。下面的内容仍可阅读；请更新浏览器，或允许本站使用 WebAssembly。',
      memory: '内存不足，应用无法启动。下面的内容仍可阅读；请关闭其他页面后重试。',
      stopped: '应用意外停止。已保存的评分不受影响；请重新载入页面。',
      again: '重新载入',
    }
  : {
      loading: 'Starting the recommender…',
      noted: 'Noted. It counts as soon as the app has started…',
      undone: 'What you tapped meanwhile was not done.',
      network: 'The app did not download completely. What is below can still be read; check the connection, then try again.',
      http: 'The site’s server answered with error {status}; nothing is wrong on your side. What is below can still be read; try again in a few minutes.',
      page: 'The network sent a web page in place of the app; perhaps it wants you to sign in. What is below can still be read; sign in, then try again.',
      integrity: 'The app was damaged on the way, so it was thrown away. What is below can still be read; try again, or use another network.',
      browser: 'This browser is too old to run the app. What is below can still be read; update the browser.',
      wasm: 'This browser cannot run WebAssembly. What is below can still be read; update the browser, or allow WebAssembly for this site.',
      memory: 'There is not enough memory to run the app. What is below can still be read; close other tabs, then try again.',
      stopped: 'The app stopped unexpectedly. Ratings that were saved are safe; reload the page to go on.',
      again: 'Reload',
    });
