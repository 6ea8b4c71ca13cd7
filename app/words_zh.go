package main

var chinese = words{
	Switch: "English", SwitchLang: "en",

	Name: "Sparrow", Tagline: "在你自己的设备上，为你挑片",
	About: "Sparrow 在浏览器里推荐电影：除非你愿意，你的喜好不离开设备；断网也能用。",
	Skip:  "跳到影片", ForYou: "为你推荐", Browse: "片库", Watchlist: "想看", Profile: "我的",
	Search: "搜索影片", SearchHint: "片名，或其中几个字", SearchWaits: "片库到位后即可搜索",
	SearchNone: "没有找到这部影片", SearchNoneHint: "少输几个字，或试试原名。",
	SearchAll: "“{query}”的全部结果", SearchCount: "共 {n} 部",

	PickFirst: "不妨从这部开始", PickYours: "今晚看这部？",
	Intro: "喜欢三部，片单就是你的", IntroText: "一切都在这个页面里算出，你的喜好留在你的设备上。", IntroStart: "去选三部",
	RowForYou: "为你推荐", RowBecause: "因为你喜欢{title}", RowGems: "沧海遗珠", RowNew: "新近入库", RowPopular: "众人所爱", RowTrending: "正在流行", All: "查看全部",
	Previous: "向前翻", Next: "向后翻",

	Because: "因为你喜欢{title}", WhyGenre: "你常看{genre}片", WhyPopular: "众人所爱", WhyTrending: "近来常有人看",
	WhyNew: "新近入库", WhyTaste: "与你口味相近的人喜欢", WhyStory: "故事相近", WhyTitle: "片名相近", WhyFollowed: "常被接着看",

	Like: "喜欢{title}", Liked: "已喜欢", Dislike: "不喜欢{title}", NotInterested: "不感兴趣：{title}", Watch: "把{title}加入想看", Watching: "已在想看里",
	YourRating: "你的评分", RateStars: "{stars} 星（满分 5 星）", NoRating: "还没评分",
	DidLike: "已记下：你喜欢{title}。", DidDislike: "已记下：你不喜欢{title}，同类会少一些。", DidNotInterested: "{title}不会再出现。",
	DidRate: "{title}：{stars} 星。", DidWatch: "{title}已加入想看。", DidUnwatch: "{title}已移出想看。", DidClear: "已忘掉你对{title}的评价。",
	Undo: "撤销", Dismiss: "关闭提示", ActFailed: "没有保存成功。",

	Ratings: "{n} 人评分", NoRatings: "还没有人评分", OneRating: "1 人评分", NoYear: "年份不详", MorePage: "进一步了解这部影片",
	Similar: "气质相近",
	WhyThis: "为什么它可能适合你", WhyNot: "为什么它可能不适合你", WhyAbout: "这是排序时看到的依据，各条相加就是得分。",
	WhySum: "得分", WhyBase: "每部影片的起点", WhyRest: "其余 {n} 条小理由合计",

	WallTitle: "这些片子里，你喜欢哪几部？", WallText: "点一部就能开始，三部就有像样的片单。",
	Ranked: "在本机用 {ms} 毫秒排好，网络请求 0 次", RankedFrom: "比较了 {n} 部候选影片",
	Tune: "调一调", Variety: "多样性", VarietyLow: "合口味", VarietyHigh: "有意外", Genre: "类型", AllGenres: "全部类型",
	MovedUp: "升 {n} 位", MovedDown: "降 {n} 位", NewHere: "新上榜", ListEmpty: "这里没有可推荐的了", ListEmptyHint: "换个类型，或到“我的”里收回一个“不感兴趣”。",

	BrowseAll: "全部影片", Decade: "年代", AllDecades: "全部年代", DecadeOf: "{n} 年代",
	Sort: "排序", SortPopular: "最受喜爱", SortNew: "最新", SortRating: "评分最高", More: "再看一些", Found: "{n} 部影片", NoneFound: "没有符合条件的影片",

	WatchEmpty: "想看里还没有影片", WatchEmptyText: "点海报上的书签，影片就会收在这里，保存在这台设备上。", WatchCount: "想看 {n} 部",

	TasteTitle: "你的口味", TasteGenres: "类型", TasteDecades: "年代", TasteMean: "你平均打 {stars} 星",
	TasteEmpty:   "喜欢第一部影片之后，这里会画出你的口味。",
	HistoryTitle: "你说过的", HistoryEmpty: "还没有记录。评分和喜欢都会列在这里，每一条都能收回。", Remove: "忘掉{title}",
	DataTitle: "你的数据", DataText: "全部在这台设备上，也只在这里。",
	Install: "安装到这台设备", Export: "存一份副本", Import: "导入副本或 MovieLens 评分", ImportDone: "已导入 {n} 条。", ImportUnknown: "有 {n} 部影片不在片库中。",
	ImportFailed: "这个文件里读不出评分，什么都没有改动。可以用这里存的副本，或 MovieLens 的 ratings.csv。",
	Erase:        "全部清除", EraseSure: "要清除这台设备上的全部记录吗？以后可能用得着的话，先存一份副本。", EraseYes: "清除", EraseNo: "保留", EraseDone: "已清除。Sparrow 不再认识你。",
	Durable:    "记录保存在这台设备上，直到你清除。",
	NotDurable: "浏览器不允许保存，记录只在这个页面打开期间有效。要留下来，请存一份副本。",
	DataShared: "除了你同意分享的内容（见下方说明），都只归你自己。", EraseSureShared: "要清除这台设备上的全部记录，连同你分享给本站的内容吗？以后可能用得着的话，先存一份副本。",
	ShareTitle:  "帮助改进推荐",
	ShareText:   "默认关闭；不开启，一切照常可用。开启后，本站会知道你在这里看到、打开和评价了哪些影片，让推荐对你、也对别人更准。这些内容只记在一个随机编号之下，编号每 30 天更换一次；不保存你的姓名，也不保存你的网络地址。",
	ShareSwitch: "分享我看到、打开和评价的影片", ShareOn: "已开启", ShareOff: "已关闭",
	ShareNever:   "你的浏览器要求网站不要收集信息（全球隐私控制或“请勿跟踪”），所以这里保持关闭。",
	ShareNothing: "这台设备没有分享过任何内容。", ShareWaiting: "有 {n} 条等联网后发送。",
	ShareDidOn: "谢谢。想停的话，到“我的”里关掉。", ShareDidOff: "不再分享任何内容。", ShareFailed: "没有成功，什么都没有改动。请再试一次。",
	Unshare: "删除我分享过的内容", UnshareSure: "要删除这台设备分享给本站的全部内容吗？分享也会随之停止，这台设备上的记录不受影响。", UnshareYes: "删除",
	Unsharing: "正在删除", Unshared: "已删除，这里和本站都不再有。", UnsharedPending: "这里的已删除。一能连上本站，就会通知它删除；在此之前不会发送别的内容。",
	InviteTitle: "可以让本站从你的选择中学习吗？", InviteText: "本站会知道你在这里看到、打开和评价了什么，只记在随机编号之下，没有姓名和地址。详情和开关都在“我的”里。",
	InviteYes: "可以", InviteNo: "不用了",
	ModelTitle: "片库", ModelText: "{name}：{n} 部影片，数据截至 {date}。", ModelHash: "指纹 {hash}",

	Starting: "正在醒来", LoadingEngine: "正在取引擎，只需一次", LoadingModel: "正在取片库，只需一次", LoadingBytes: "{loaded} / {total}",
	Offline:     "已离线，照常可用",
	FailedTitle: "片库没有取到", FailedStart: "引擎没有启动", FailedNetwork: "网络中途断了。已显示的内容不受影响，你的喜欢会留着，片库一到就生效。",
	FailedIntegrity: "收到的内容与原件不符，已丢弃。你的记录是安全的。",
	FailedDecode:    "当前版本读不了这份片库。你的记录是安全的，刷新页面即可换上新版本。",
	FailedEngine:    "引擎无法在这个浏览器里启动，页面仍可阅读。",
	FailedKept:      "上一份完好的片库继续工作。", Retry: "再试一次", UpdateWaits: "新版 Sparrow 已就绪。", UpdateNow: "现在换上",
	MissingTitle: "没有这个页面", MissingText: "这个地址没有内容，影片都还在原处。", MissingMovie: "片库里没有这部影片", GoHome: "回到影片", SkeletonText: "加载中",

	genres: map[string]string{
		"Action": "动作", "Adventure": "冒险", "Animation": "动画", "Children": "儿童", "Children's": "儿童", "Comedy": "喜剧", "Crime": "犯罪",
		"Documentary": "纪录", "Drama": "剧情", "Fantasy": "奇幻", "Film-Noir": "黑色电影", "Horror": "恐怖", "IMAX": "IMAX", "Musical": "歌舞",
		"Mystery": "悬疑", "Romance": "爱情", "Sci-Fi": "科幻", "Thriller": "惊悚", "War": "战争", "Western": "西部", "(no genres listed)": "未分类",
	},
	features: map[string]string{
		"releaseYear": "上映年份", "movieRatingCount": "看过的人数", "movieAvgRating": "众人评分", "movieRatingStddev": "评价的分歧", "movieTrend": "近来的热度",
		"retrievalScore": "与你口味的距离", "retrievalRank": "单按口味的名次", "transitionFromLast": "常在你上一部之后被看", "transitionFromRecent": "常在你近期影片之后被看", "transitionFromSession": "常与这次看的一起被看",
		"coOccurrence": "常与你喜欢的一起被喜欢", "similarityToLast": "与上一部的相似", "similarityToRecent": "与近期影片的相似", "genreAffinity": "你偏爱的类型", "genreOfLast": "上一部的类型",
		"yearDistance": "与你常看年代的距离", "yearFromLast": "与上一部相隔的年数", "userRatingCount": "你评过的数量", "userAvgReleaseYear": "你常看的年代", "userReleaseYearStddev": "你看的年代跨度",
		"userAvgRating": "你打分的宽严", "userRatingStddev": "你打分的起伏", "movieId": "影片本身", "movieGenre": "它的类型", "userGenre": "你的类型", "userRatedMovie": "你喜欢过的影片",
	},
	join: "、", quote: [2]string{"《", "》"}, group: ",",
}
