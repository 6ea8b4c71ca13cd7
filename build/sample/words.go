package sample

import "strings"

// language is one that titles are written in.
type language struct {
	code             string
	isbn             string // how the ISBN of its countries begins
	first, last      []string
	name             string // of a person: %F the first name, %L the last one
	places, invented []string
	seasons          []string
	stories, guides  []string // patterns of titles: %N and %M nouns, %P a place, %S a season
	subtitles        []string // of guides
	series           string   // %T the title, %N the name of the series, %V the volume
	publishers       []string
}

// words splits a list at spaces; an underscore stands for a space within one.
func words(s string) []string {
	list := strings.Fields(s)
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], "_", " ")
	}
	return list
}

// patterns splits a list at bars.
func patterns(s string) []string { return strings.Split(s, "|") }

var languages = []language{
	{
		code: "de", isbn: "9783", name: "%F %L",
		first: words("Anna Bernd Clara David Elke Felix Greta Hannes Ines Jonas Katrin Lars Mira Nils Olga Paul Ruth Stefan Tilda Uwe Vera Wolf Yara Zeno Ada Bruno Carla Emil Frieda Gustav Helene Ida Jakob Lena Moritz Nora Oskar Paula Theo Ulla"),
		last: words("Albers Brandt Claasen Dorn Ehlers Falk Gerlach Hagen Imhof Jansen Keller Lindner Marx Neumann Ostermann Petersen Quast Reuter Sander Thiele Ulmer Voss Wagner Zander Berger Conrad Dietz Engel Fuchs Graf Hofer Jahn Kranz Lorenz Maurer Nagel Ott Pohl Rieger Seidel " +
			"Tiedemann Urban Vogt Winter Ziegler Arnold Busch Dreyer Eckert Fink Gross Heller Kessler Lang Moser Nowak Paulsen Roth Stahl Weiss"),
		places:   words("Lübeck Ostende Triest Wismar Bremen Usedom Bamberg Lissabon Prag Danzig Görlitz Meran Husum Weimar Passau Krakau Riga Basel Konstanz Cuxhaven Bordeaux Siena Rostock Salzburg Venedig Sylt"),
		invented: words("Arvenor Tharn Ilmaris Vessel_Neun Morgrund Kalyra Nebelmark Thule Orion_Sieben Ysmar Eldholm Vantara"),
		seasons:  words("Winter Herbst Sommer Frühling Januar November Regen Nebel"),
		stories: patterns("%N in %P|%N über %P|%N im %S|%N und %M|%P im %S|Das Mädchen aus %P|Die letzten Tage von %P|Ein Sommer in %P|Briefe aus %P|Rückkehr nach %P|Die Straßen von %P|Kein Weg nach %P|" +
			"%N ohne Ende|Jenseits von %P|Nachts in %P|Nur %N|Von %N und %M|Die Frau, die aus %P kam"),
		subtitles: patterns("Ein Begleiter|Wege und Irrwege|Was wir wissen|Mit vielen Beispielen|Aus der Praxis|Neue Perspektiven|Ein Streifzug|Das Wichtigste"),
		guides: patterns("%N verstehen|%N: Eine Einführung|%N für Einsteiger|%N und %M|Handbuch %N|Alles über %N|%N in 30 Tagen|%N heute|Faszination %N|Grundwissen %N|%N neu gedacht|Warum %N?|Das Lesebuch %N|100 Fragen: %N|" +
			"%N kompakt|Kleine Schule: %N"),
		series:     "%T (%N-Reihe, Band %V)",
		publishers: words("Deichverlag Nordlicht Lindenhof Kranich_&_Söhne Silberstreif Edition_Abendrot Hafenpresse Mondschein"),
	},
	{
		code: "en", isbn: "9780", name: "%F %L",
		first: words("Alice Ben Claire Daniel Emma Frank Grace Henry Isla Jack Kate Leo Maya Noah Olive Peter Quinn Rose Sam Tess Una Victor Will Zoe Arthur Beth Cora Dean Ella Finn George Hazel Ivan June Kit Laura Miles Nell Owen Pearl"),
		last: words("Abbott Barnes Carver Dalton Ellis Foster Grant Hayes Ingram Jennings Knox Lowell Marsh Norris Osborne Pike Quill Reeves Shaw Turner Underhill Vance Walsh Yates Archer Boyle Cole Drake Everett Finch Gale Holt Irving Kerr Lane Moore Nash Page Rhodes " +
			"Stone Thorne Vale Webb Young Ashby Blake Crane Doyle Frost Greer Hale Joyce Lund Mercer North Price Rowe Sharp Tate West"),
		places:   words("Salem Whitby Dublin Bristol Savannah Cornwall Boston Leith Galway Harlem Oxford Kent Cardiff Brighton Maine Vermont York Havana Lisbon Naples Tangier Skye Alaska Dover Devon Cork"),
		invented: words("Arkenfall Thornmere Ilmora Station_Nine Blackmoor Kaelith Ashfen Vantor Meridian Ysolde Eldergate Harrowgate"),
		seasons:  words("Winter Autumn Summer Spring January November Rain Fog"),
		stories: patterns("%N in %P|%N over %P|The %N of %P|%N and %M|One %S in %P|The Girl from %P|The Last Days of %P|Letters from %P|Return to %P|The Streets of %P|Beyond %P|Before the %N|" +
			"The Last %N|No Road to %P|%P at Night|A Season of %N|Of %N and %M|The Woman Who Left %P"),
		subtitles: patterns("A Companion|What We Know|With Many Examples|Notes from Practice|New Perspectives|A Field Guide|The Essentials|Lessons Learned"),
		guides: patterns("Understanding %N|%N: A Short Introduction|%N for Beginners|%N and %M|The %N Handbook|All About %N|%N in 30 Days|Why %N Matters|%N Today|The Joy of %N|Rethinking %N|A Brief History of %N|The Art of %N|%N Made Simple|" +
			"Essays on %N|100 Questions on %N"),
		series:     "%T (%N, Book %V)",
		publishers: words("Lanternhouse Greyfriars Two_Rivers Halfpenny_Press Juniper_&_Co Northgate Paper_Lighthouse Saltmarsh"),
	},
	{
		code: "zh", isbn: "9787", name: "%L%F",
		first:      words("文 静 伟 芳 敏 磊 洋 艳 勇 杰 娟 涛 明 超 秀英 建国 雪 晨 思远 雨桐 子涵 一鸣 若溪 海燕 志强 梦洁 浩然 清扬 晓月 庭 念慈 书瑶 致远 安然 知秋 望舒 景行 予安 星河 怀瑾"),
		last:       words("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎"),
		places:     words("苏州 北平 上海 长安 成都 杭州 敦煌 青岛 广州 南京 重庆 大理 哈尔滨 泉州 洛阳 扬州 拉萨 香港 台北 武汉 开封 厦门 桂林 景德镇"),
		invented:   words("云梦泽 昆仑墟 归墟 九号空间站 青丘 蓬莱 星渊 玄都 长夜城 雾海 天枢 无妄山"),
		seasons:    words("冬天 秋天 夏天 春天 雨季 长夜 清晨 黄昏"),
		stories:    patterns("%P之%N|%P的%N|最后的%N|%N与%M|来自%P的信|%P往事|%P的%S|重返%P|%N记|%P街头|没有%N的%S|%N之后|再见%P|%P以北|%S的%N|一个人的%P|%P夜话|从%P出发"),
		subtitles:  patterns("实用指南|我们所知道的|案例精讲|来自一线的经验|新的视角|漫游札记|核心要点|常见误区"),
		guides:     patterns("理解%N|%N入门|%N简史|%N与%M|%N手册|%N的艺术|三十天学会%N|为什么是%N|今日%N|%N之美|重新思考%N|%N一百问|%N通识|写给大家的%N|%N笔记|%N十讲"),
		series:     "%T（%N系列 %V）",
		publishers: words("晨曦出版社 远山书局 北窗文化 青石出版社 灯塔文艺 竹里馆 南风书社 海桐出版社"),
	},
}

// category is one of the shop's, with nouns of titles in each language.
type category struct {
	name    string
	shelf   int // categories of the same shelf go together
	story   bool
	strange bool        // its places are invented
	nouns   [3][]string // by language
}

// shelves has a category a line: name, then nouns in the order of the languages; a star
// marks a story, two stars one in invented places.
var shelves = []string{
	`*Crime: Mord Verdacht Schweigen Spuren Alibi: Murder Suspicion Silence Evidence Alibi: 谋杀 嫌疑 沉默 线索 证词
*Thriller: Angst Verrat Zorn Jagd Countdown: Fear Betrayal Fury Pursuit Countdown: 恐惧 背叛 追捕 倒计时 迷局
*Horror: Albtraum Finsternis Gruft Schatten Besessen: Nightmare Darkness Crypt Shadows Haunting: 噩梦 黑暗 古墓 阴影 凶宅`,
	`**Fantasy: Drachen Feuer Asche Krone Magie: Dragon Fire Ash Crown Sorcery: 飞龙 烈焰 灰烬 王冠 秘术
**Science Fiction: Sternenstaub Signale Kolonie Androiden Lichtjahre: Stardust Signals Colony Androids Starlight: 星尘 信号 殖民地 机器人 光年
*Young Adult: Herzklopfen Neuanfang Freundschaft Ferien Geheimnisse: Heartbeats Beginnings Friendship Holidays Secrets: 心跳 开始 友谊 暑假 秘密
**Comics: Helden Masken Schurken Neonlicht Roboter: Heroes Masks Villains Neon Robots: 英雄 面具 反派 霓虹 铁甲`,
	`*Romance: Liebe Küsse Sehnsucht Rosen Herzen: Love Kisses Longing Roses Hearts: 爱情 初吻 思念 玫瑰 心事
*Historical Fiction: Könige Salz Seide Bernstein Ketten: Kings Salt Silk Amber Chains: 帝王 盐铁 丝绸 琥珀 枷锁
*Literary Fiction: Stille Erinnerung Abschied Licht Wasser: Quiet Memory Farewell Light Water: 寂静 记忆 告别 微光 流水
*Classics: Stolz Schuld Ehre Träume Reisen: Pride Guilt Honour Dreams Voyages: 傲慢 罪责 荣誉 红尘 漫游
*Poetry: Verse Mond Amseln Laub Atem: Verses Moon Blackbirds Leaves Breath: 诗行 明月 飞鸟 落叶 呼吸`,
	`*Picture Books: Bären Mäuse Wolken Laternen Gummistiefel: Bears Mice Clouds Lanterns Wellies: 小熊 老鼠 云朵 灯笼 雨靴
*Children: Piraten Detektive Baumhäuser Ponys Schulhof: Pirates Detectives Treehouses Ponies Playground: 海盗 小侦探 树屋 小马 操场
Parenting: Schlaf Geschwister Pubertät Grenzen Familie: Sleep Siblings Adolescence Boundaries Family: 睡眠 手足 青春期 规则 家庭
School: Rechnen Schreiben Lesen Abitur Vokabeln: Arithmetic Writing Reading Exams Vocabulary: 计算 写作 阅读 高考 词汇`,
	`Biography: Kindheit Ruhm Exil Aufstieg Genie: Childhood Fame Exile Ambition Genius: 童年 声名 流亡 崛起 天才
History: Antike Mittelalter Revolution Weltkriege Reformation: Antiquity Feudalism Revolution Empire Reformation: 古代 中世纪 革命 帝国 变法
Politics: Demokratie Freiheit Macht Europa Medien: Democracy Freedom Power Europe Media: 民主 自由 权力 欧洲 传媒
Economics: Geld Märkte Inflation Arbeit Wachstum: Money Markets Inflation Labour Growth: 货币 市场 通胀 劳动 增长
Business: Führung Strategie Gründen Verhandeln Vertrieb: Leadership Strategy Startups Negotiation Sales: 领导力 战略 创业 谈判 销售`,
	`Philosophy: Vernunft Ethik Zeit Wahrheit Glück: Reason Ethics Time Truth Happiness: 理性 伦理 时间 真理 幸福
Psychology: Gedächtnis Gefühle Gewohnheiten Träume Bindung: Memory Emotions Habits Dreams Attachment: 记忆 情绪 习惯 梦境 依恋
Self-Help: Gelassenheit Achtsamkeit Mut Ordnung Resilienz: Calm Mindfulness Courage Order Resilience: 从容 正念 勇气 整理 韧性
Religion: Glaube Bibel Buddhismus Gebet Pilgern: Faith Scripture Buddhism Prayer Pilgrimage: 信仰 经典 佛学 祈祷 朝圣
Health: Rücken Ernährung Fasten Herz Atmung: Posture Nutrition Fasting Heart Breathing: 脊柱 营养 断食 心脏 呼吸法`,
	`Popular Science: Evolution Quanten Gehirn Klima Kosmos: Evolution Quanta Brains Climate Cosmos: 演化 量子 大脑 气候 宇宙
Nature: Vögel Wälder Bienen Meere Pilze: Birds Forests Bees Oceans Fungi: 飞禽 森林 蜜蜂 海洋 菌菇
Mathematics: Analysis Zahlen Geometrie Statistik Beweise: Calculus Numbers Geometry Statistics Proofs: 微积分 数字 几何 统计 证明
Computing: Algorithmen Go Datenbanken Netzwerke Kryptografie: Algorithms Go Databases Networks Cryptography: 算法 编程 数据库 网络 密码学
Games: Schach Poker Rätsel Go-Spiel Brettspiele: Chess Poker Puzzles Bridge Wargames: 象棋 桥牌 谜题 围棋 桌游`,
	`Cooking: Pasta Suppen Gemüse Curry Grillen: Pasta Soups Vegetables Curry Barbecue: 面食 煲汤 素菜 咖喱 烧烤
Baking: Brot Torten Sauerteig Plätzchen Kuchen: Bread Pastry Sourdough Biscuits Cakes: 面包 糕点 酸种 饼干 蛋糕
Gardening: Rosen Kompost Obstbäume Balkon Stauden: Roses Compost Orchards Balconies Perennials: 月季 堆肥 果树 阳台 花境
Crafts: Stricken Nähen Töpfern Holz Papier: Knitting Sewing Pottery Woodwork Origami: 编织 缝纫 陶艺 木工 折纸
Wine: Riesling Whisky Kaffee Bier Tee: Riesling Whisky Coffee Beer Tea: 葡萄酒 威士忌 咖啡 啤酒 茶道`,
	`Travel: Island Japan Wandern Alpen Portugal: Iceland Japan Hiking Alps Portugal: 冰岛 日本 徒步 雪山 西藏
Art: Malerei Aquarell Fotografie Bauhaus Skulptur: Painting Watercolour Photography Design Sculpture: 绘画 水彩 摄影 书法 雕塑
Music: Klavier Jazz Gitarre Oper Harmonielehre: Piano Jazz Guitar Opera Harmony: 钢琴 爵士 吉他 戏曲 和声
Sports: Laufen Fußball Klettern Yoga Radfahren: Running Football Climbing Yoga Cycling: 跑步 足球 攀岩 瑜伽 骑行
Languages: Spanisch Grammatik Latein Japanisch Englisch: Spanish Grammar Latin Japanese Mandarin: 西班牙语 语法 拉丁语 日语 英语`,
}

// categoriesOf reads the shelves.
func categoriesOf() (all []category) {
	for shelf, text := range shelves {
		for line := range strings.Lines(text) {
			parts := strings.Split(strings.TrimSpace(line), ": ")
			c := category{shelf: shelf, name: strings.TrimLeft(parts[0], "*")}
			c.story, c.strange = parts[0][0] == '*', strings.HasPrefix(parts[0], "**")
			for l, list := range parts[1:] {
				c.nouns[l] = words(list)
			}
			all = append(all, c)
		}
	}
	return all
}
