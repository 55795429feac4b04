import type { Chance } from './chance.ts'

// Surnames with their weight: the common ones, those with a reading of their own (单 shàn, 仇 qiú, 曾 zēng, 解 xiè, 查 zhā, 盖 gě, 区 ōu, 任 rén, 华 huà), compound ones.
const surnames: readonly (readonly [string, number])[] = [
  ['王', 74], ['李', 72], ['张', 70], ['刘', 54], ['陈', 45], ['杨', 32], ['赵', 29], ['黄', 22], ['周', 20], ['吴', 20], ['徐', 14], ['孙', 14], ['胡', 13], ['朱', 12], ['高', 12],
  ['林', 11], ['何', 11], ['郭', 15], ['马', 12], ['罗', 8], ['梁', 9], ['宋', 9], ['郑', 8], ['谢', 7], ['韩', 9], ['唐', 6], ['冯', 7], ['于', 6], ['董', 7], ['萧', 4], ['程', 6], ['曹', 6],
  ['袁', 5], ['邓', 5], ['许', 6], ['傅', 4], ['沈', 4], ['彭', 4], ['吕', 5], ['苏', 5], ['卢', 4], ['蒋', 4], ['蔡', 4], ['贾', 6], ['丁', 4], ['魏', 5], ['薛', 6], ['叶', 4], ['阎', 5], ['余', 4],
  ['潘', 4], ['杜', 5], ['戴', 3], ['夏', 3], ['田', 5], ['汪', 3], ['范', 4], ['方', 4], ['石', 4], ['姚', 4], ['谭', 3], ['廖', 3], ['邹', 3], ['熊', 3], ['金', 3], ['陆', 3], ['郝', 7], ['孔', 3],
  ['白', 5], ['崔', 4], ['康', 4], ['毛', 3], ['邱', 3], ['秦', 4], ['江', 3], ['史', 4], ['顾', 3], ['侯', 5], ['邵', 3], ['孟', 4], ['龙', 3], ['万', 3], ['段', 5], ['雷', 3], ['武', 7], ['乔', 6], ['温', 4],
  ['任', 7], ['曾', 6], ['解', 3], ['单', 3], ['仇', 2], ['查', 2], ['盖', 1], ['区', 1], ['华', 2], ['冀', 2], ['原', 2], ['弓', 1], ['降', 1], ['逯', 1], ['亓', 1], ['禚', 1], ['逄', 1],
  ['欧阳', 3], ['尉迟', 1], ['令狐', 2], ['上官', 2], ['司马', 2], ['诸葛', 1], ['皇甫', 1], ['慕容', 1], ['夏侯', 1], ['呼延', 1],
]

type Generation = { until: number; men: string; women: string }
// Characters of given names by the years in which they were in fashion.
const generations: readonly Generation[] = [
  { until: 1959, men: '建国德福贵生根宝庆林树成财万长有明玉海山金文清云', women: '秀英桂兰玉珍淑芳翠花凤莲香梅春桃巧云爱金银素菊' },
  { until: 1969, men: '建军国强志新民卫东红海明华永平保忠学文立根春生', women: '秀英丽华玉兰爱红卫芳桂香淑珍月梅凤玲彩霞建红' },
  { until: 1979, men: '建伟志刚国军永强晓东海波文斌俊峰卫平立新新华利民', women: '丽娟艳红玉霞晓燕秀丽海英春梅俊芳慧敏雪梅文静彩虹' },
  { until: 1989, men: '伟强磊军勇杰涛超鹏波斌辉宏飞晓明志远海涛文博俊峰', women: '静丽娜敏燕婷芳艳霞娟晓红雪梅丹璐倩莉洁颖慧玲' },
  { until: 1999, men: '浩宇鑫凯旭东子豪晨阳泽宇文轩嘉伟俊杰思远一鸣翔宇', women: '欣怡梦婷雅婷思雨佳琪晓雯静怡雪莹文静诗涵嘉敏婧瑶' },
  { until: 2100, men: '宇轩浩然子涵博文梓睿俊熙一诺泽楷宸皓轩铭逸辰', women: '雨萱子涵欣妍梓萱诗琪若曦语桐婉清一诺依诺可馨思彤' },
]
// Characters that machines stumble over: outside GB2312, outside GBK, and some outside the basic plane.
const rare = ['喆', '垚', '赟', '翀', '淼', '犇', '昇', '堃', '珺', '玥', '璟', '晟', '祎', '玚', '濛', '䶮', '㛃', '㙍', '𬍛', '𠅤']
const minorities = [
  '阿依古丽·买买提', '古丽娜尔·艾尔肯', '迪丽努尔·阿不都热合曼', '热孜万古丽·吐尔逊', '艾力江·吾买尔', '帕提古丽·卡德尔', '麦麦提艾力·图尔荪', '努尔夏提·阿迪力', '扎西次仁', '卓玛央金', '巴特尔', '乌云其木格', '娜仁托娅', '洛桑·多吉',
]

export type PersonName = { name: string; sex: 'M' | 'F' }

/** An invented name that fits sex and year of birth. One in three hundred is of a minority, one in sixty has a rare character. */
export function personName(chance: Chance, birthYear: number, sex: 'M' | 'F' = chance.hits(0.52) ? 'M' : 'F'): PersonName {
  if (chance.hits(1 / 300)) return { name: chance.pick(minorities), sex }
  return { name: chance.weighted(surnames) + givenName(chance, birthYear, sex), sex }
}

export function surname(chance: Chance): string {
  return chance.weighted(surnames)
}

function givenName(chance: Chance, birthYear: number, sex: 'M' | 'F'): string {
  const generation = generations.find(({ until }) => birthYear <= until) ?? generations[generations.length - 1]
  const characters = [...(sex === 'M' ? generation?.men : generation?.women) ?? '明']
  const first = chance.hits(1 / 60) ? chance.pick(rare) : chance.pick(characters)
  if (chance.hits(0.22)) return first
  return first + chance.pick(characters)
}
