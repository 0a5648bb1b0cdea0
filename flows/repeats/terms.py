"""Characters and words that carry the meaning of a sentence, as comparison keys hold them.

All are simplified and lower case. The lists are closed: numerals, negations, terms of contrasts.
Names are an open class; the most frequent surnames and the characters of given names stand for it.
"""

from typing import Final

NUMERALS: Final = frozenset("零〇一二两三四五六七八九十百千万亿半廿卅壹贰叁肆伍陆柒捌玖拾佰仟")
QUANTIFIERS: Final = frozenset("半几各每多数整全单双")
"""What stands in the place of a numeral: ``三天`` and ``几天`` say different things."""
MEASURES: Final = frozenset(
    "年月日天时点分秒周个人名位户次届条款项章节页卷册号楼层期组队元斤吨克米里亩倍成岁张把只件台套辆间家所座棵"
)
"""What follows a numeral that is one, and hardly ever one that is a misreading."""
NEGATIONS: Final = frozenset("不未没无非勿否莫")
ADVERBS: Final = frozenset(
    "也都又就还便即仍可应须必将已曾常均皆亦能会要得宜才再更很最只当该正刚总终既却偏敢肯愿想"
)
"""What stands in the place of a negation: ``不去`` and ``也去`` say different things."""
LETTERS_LIKE_DIGITS: Final = frozenset("oilsbzgqt")
"""Letters that a scan swaps with 0 1 5 8 2 9 and 7."""
LOOK_ALIKES: Final = tuple(
    frozenset(pair) for pair in ("八人", "八入", "千干", "千于", "二工", "不丌", "不下", "未末", "无天", "无夫", "无元")
)  # fmt: skip
"""A numeral or negation and what it is misread as."""
CONTRASTS: Final = tuple(
    frozenset(terms)
    for terms in (
        "甲乙丙丁戊己庚辛", "东南西北", "男女", "上中下", "左右", "前后", "增减", "升降", "正副", "内外", "大小",
        "多少", "高低", "新旧", "有无", "买卖", "年月周天日时", "省市州县区旗乡镇村", "父母", "兄弟姐妹", "春夏秋冬",
        "入出", "收支", "进出", "早晚", "加减", "是否", "旱涝", "斤吨克", "亩顷", "他她它", "我你您", "首末尾", "始终",
        "进退", "冷热", "阴晴", "公私", "胜负", "真假", "长短", "轻重", "快慢", "深浅", "远近", "厚薄", "强弱", "借贷",
        "存取", "主客", "帐账", "作做", "象像", "份分", "订定", "需须", "唯惟",
    )
)  # fmt: skip
WEEKDAYS: Final = frozenset("月火水木金土日")
"""Followed by ``曜``: Japanese days of the week."""
SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
"""A hundred of the most frequent."""
MORE_SURNAMES: Final = SURNAMES | frozenset(
    "樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费"
    "纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮闵解强柴华车冉房边迟邸"
)
GIVEN_NAMES: Final = frozenset(
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉萍红玲芬燕彬梅凤洁林鑫波斌宇浩凯健俊帆雪荣爱妹华建国志辉"
    "力永春生海飞峰雷云龙成康星光达安岩茂进坚和彪博诚敬震振壮会思群豪邦乐绍功松善厚庆民友裕河哲江亮谦亨奇固轮翰"
    "朗伯宏言若鸣朋栋维启克伦翔旭鹏泽晨辰士致树炎德泰盛雄琛钧冠腾楠榕航弘义良仁贵福元胜祥才武新富顺信川远山清立"
    "慧巧美淑惠珠翠雅芝莲真环香月莺媛瑞凡佳嘉琼勤珍贞莉娣璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓仪"
    "荷丹蓉眉君琴蕊薇菁梦岚苑婕馨韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁欣育滢馥筠柔竹凝晓欢枫芸菲寒可舒影荔丽根"
    "守家小文忠孝昌道金银水火木田长宝发财喜来运学书章章耀溪阳夏冬璇萱蕾轩睿涵毅恒彤坤乾锋钢铁柱栓满堂"
)
NEGATION_WORDS: Final = frozenset({"not", "no", "un", "cannot", "never", "nt", "dis", "out"})
JOINED_LETTERS: Final = {"rn": "m", "cl": "d", "vv": "w"}
"""Letters that look like one."""
CURRENCIES: Final = frozenset("$¥£€₩元")
ROMAN_LETTERS: Final = frozenset("ivx")
LETTER_SHAPES: Final = ("ijl1", "aoec0", "nuhb", "vy", "s5", "gq9", "tf", "z2", "b6")
"""Letters that a scan takes for each other."""
