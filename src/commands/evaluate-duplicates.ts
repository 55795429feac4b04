import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Converter } from 'opencc-js/cn2t'
import { duplicateSchemeOn } from '../customers/duplicates/duplicate-table.ts'
import { blockingKeys, judge, prepare, type Prepared, type Subject } from '../customers/duplicates/duplicate.rules.ts'
import { Chance } from '../demo/chance.ts'
import type { CommandResult, CommandRun } from '../foundation/cli/command.ts'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { pinyinOf } from '../foundation/values/person-name.ts'

/**
 * `npx yinqiao evaluate duplicates`: names of companies are composed of public place names and brands, each is altered in stated ways (the same company) or replaced by a near name
 * (another company), and the duplicate check at entry is asked. A pair counts as found when the check would have met it among all customers (it shares a key or a phone with it)
 * and takes the two for one (likely or certain). The same seed gives the same pairs.
 */
export async function evaluateDuplicates(run: CommandRun, options: { data: string; pairs: number; seed: number }): Promise<CommandResult> {
  const source = readSource(options.data)
  const scheme = duplicateSchemeOn('9999-12-31')
  const rows: { name: string; same: boolean | null; pairs: number; claimed: number; possible: number; examples: string[] }[] = []
  for (const [place, one] of alterations.entries()) {
    run.progress.show({ zh: one.zh, en: one.en }, place, alterations.length)
    const row = { name: `${one.zh} / ${one.en}`, same: one.same, pairs: 0, claimed: 0, possible: 0, examples: [] as string[] }
    for (let n = 0; row.pairs < options.pairs && n < options.pairs * 20; n++) {
      const chance = new Chance('evaluate duplicates', options.seed, one.en, n)
      const pair = one.make(composed(chance, source), chance, source)
      if (pair === null || pair[0].name === pair[1].name) continue
      const [a, b] = [prepare(pair[0]), prepare(pair[1])]
      const { level } = met(a, b) ? judge(a, b, scheme) : { level: null }
      const claimed = level === 'LIKELY' || level === 'CERTAIN'
      row.pairs += 1
      if (claimed) row.claimed += 1
      if (level === 'POSSIBLE') row.possible += 1
      if (one.same !== null && claimed !== one.same && row.examples.length < 3) row.examples.push(`${pair[0].name} | ${pair[1].name}`)
    }
    rows.push(row)
  }
  const sum = (same: boolean, what: 'pairs' | 'claimed'): number => rows.filter((row) => row.same === same).reduce((total, row) => total + row[what], 0)
  const recall = sum(true, 'claimed') / sum(true, 'pairs')
  const precision = sum(true, 'claimed') / (sum(true, 'claimed') + sum(false, 'claimed'))
  const share = (part: number, whole: number): string => (whole === 0 ? '--' : (part / whole).toFixed(4))
  return {
    ok: recall >= 0.95 && precision >= 0.95,
    json: { seed: options.seed, scheme: scheme.version, brands: source.brands.length, places: source.cities.length, precision: share(sum(true, 'claimed'), sum(true, 'claimed') + sum(false, 'claimed')), recall: share(sum(true, 'claimed'), sum(true, 'pairs')), aim: '0.95', rows },
    lines: [
      { zh: `品牌 ${source.brands.length} 个，城市 ${source.cities.length} 个，区县 ${source.counties.length} 个；种子 ${options.seed}；规则版本 ${scheme.version}`, en: `${source.brands.length} brands, ${source.cities.length} cities, ${source.counties.length} counties; seed ${options.seed}; version ${scheme.version}` },
      { zh: '同一企业，名称不同写法：应认定', en: 'one company written otherwise: should be claimed' },
      ...rows.filter((row) => row.same).map((row) => `  ${share(row.claimed, row.pairs)}  ${row.claimed}/${row.pairs}  ${row.name}${row.examples.length > 0 ? `  [${row.examples.join('; ')}]` : ''}`),
      { zh: '不同企业，名称相近：不应认定', en: 'two companies of near names: should not be claimed' },
      ...rows.filter((row) => !row.same).map((row) => `  ${share(row.claimed, row.pairs)}  ${row.claimed}/${row.pairs}  ${row.name}${row.examples.length > 0 ? `  [${row.examples.join('; ')}]` : ''}`),
      { zh: '仅凭名称无法分辨（不计入）：已认定的比例', en: 'cannot be told by names alone (not counted): part that is claimed' },
      ...rows.filter((row) => row.same === null).map((row) => `  ${share(row.claimed, row.pairs)}  ${row.claimed}/${row.pairs}  ${row.name}`),
      { zh: `查准率 ${precision.toFixed(4)}，查全率 ${recall.toFixed(4)}（目标各 0.95）`, en: `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)} (aim 0.95 each)` },
    ],
  }
}

// what brings two together among all customers: a key, or a phone
function met(a: Prepared, b: Prepared): boolean {
  const keys = new Set(blockingKeys(a))
  return blockingKeys(b).some((key) => keys.has(key)) || a.subject.phones.some((phone) => b.subject.phones.includes(phone))
}

type Source = { brands: readonly string[]; provinces: readonly string[]; cities: readonly { name: string; province: string; counties: readonly string[] }[]; counties: readonly string[] }

/** Brands of two to six Chinese characters; places of the mainland with their cities and counties. */
function readSource(folder: string): Source {
  const brandFile = join(folder, 'company-names', 'company-shorter-form.txt.gz')
  if (!existsSync(brandFile)) throw new NamedFailure('no-data', { zh: `${folder} 中没有公开数据 company-names、divisions，请用 --data 指明`, en: `${folder} does not hold the public data sets company-names and divisions: name their folder by --data` }, { exitCode: 2 })
  const brands = gunzipSync(readFileSync(brandFile)).toString('utf8').split('\r\n').slice(2).filter((name) => /^[\u4e00-\u9fff]{2,6}$/.test(name))
  const table = (name: string): string[][] => readFileSync(join(folder, 'divisions', name), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')))
  const provinces = new Map(table('provinces.csv').map(([code = '', name = '']) => [code, name]))
  const areas = table('areas.csv')
  const cities = table('cities.csv').filter(([, name = '']) => /市$/.test(name)).map(([code = '', name = '', province = '']) => ({
    name, province: provinces.get(province) ?? '', counties: areas.filter(([, county = '', city = '']) => city === code && /^[\u4e00-\u9fff]{2,4}[县区]$/.test(county) && !/市辖区|新区|自治/.test(county)).map(([, county = '']) => county),
  })).filter(({ counties }) => counties.length > 1)
  return { brands, provinces: [...provinces.values()], cities, counties: cities.flatMap((city) => city.counties) }
}

/** A company as it is composed: place, brand, trade, form. */
type Composed = { province: string; city: string; county: string; place: string; brand: string; trade: string; form: string; representative: string; phone: string }
const trades = ['商贸', '贸易', '科技', '新材料', '机械制造', '建筑工程', '房地产开发', '餐饮管理', '物流', '食品', '药业', '化工', '能源', '农业开发', '文化传媒', '信息技术', '装饰工程', '汽车销售', '环保科技', '医疗器械', '纺织', '家具', '电子', '酒店管理', '煤业']
const forms = ['有限公司', '有限公司', '有限公司', '有限责任公司', '股份有限公司'] as const
const people = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林郑'].flatMap((surname) => ['建国', '志强', '丽萍', '晓东', '海燕', '文博', '雪梅', '国栋'].map((given) => surname + given))

function composed(chance: Chance, source: Source): Composed {
  const city = chance.pick(source.cities)
  const short = city.name.replace(/市$/, '')
  const province = shortProvince(city.province)
  return {
    province, city: short, county: chance.pick(city.counties), place: chance.pick([province, short, short]), brand: chance.pick(source.brands), trade: chance.pick(trades), form: chance.pick(forms),
    representative: chance.pick(people), phone: `p${chance.whole(1, 1_000_000_000)}`,
  }
}

const shortProvince = (name: string): string => name.replace(/省|市|壮族自治区|回族自治区|维吾尔自治区|自治区/, '')
const nameOf = (one: Composed): string => `${one.place}${one.brand}${one.trade}${one.form}`
const subject = (name: string, more: Partial<Subject> = {}): Subject => ({ kind: 'CORPORATE', name, formerNames: [], identities: [], organisationCode: null, phones: [], legalRepresentative: null, address: null, birthDate: null, sex: null, ...more })
const names = (a: string, b: string): [Subject, Subject] => [subject(a), subject(b)]

type Alteration = {
  zh: string; en: string
  /** null: the names alone cannot tell; shown, not counted. */
  same: boolean | null
  make(one: Composed, chance: Chance, source: Source): [Subject, Subject] | null
}
const traditional = Converter({ from: 'cn', to: 't' })
const wide = (text: string): string => text.replace(/[!-~]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0))
const inBrackets = (chance: Chance, inside: string): string => { const [open, close] = chance.pick([['（', '）'], ['(', ')'], ['【', '】'], ['〔', '〕'], ['[', ']'], ['《', '》']] as const); return `${open}${inside}${close}` }
const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const sounds = new Map<string, string[]>()

// another character that sounds the same, of those that occur in brands
function homophone(character: string, chance: Chance, source: Source): string | null {
  if (sounds.size === 0) {
    for (const one of new Set(source.brands.slice(0, 40_000).flatMap((brand) => [...brand]))) {
      const sound = pinyinOf(one, 'CORPORATE').syllables
      sounds.set(sound, [...(sounds.get(sound) ?? []), one])
    }
  }
  const others = (sounds.get(pinyinOf(character, 'CORPORATE').syllables) ?? []).filter((one) => one !== character)
  return others.length === 0 ? null : chance.pick(others)
}

function withOneChanged(brand: string, chance: Chance, other: (character: string) => string | null): string | null {
  const characters = [...brand]
  const place = chance.whole(0, characters.length - 1)
  const changed = other(characters[place] ?? '')
  return changed === null || changed === characters[place] ? null : characters.with(place, changed).join('')
}

/** EVERY alteration: what is done to the name, and whether it is still the same company. */
const alterations: readonly Alteration[] = [
  { zh: '有限责任公司写作有限公司', en: 'legal form written otherwise', same: true, make: (one) => names(nameOf({ ...one, form: '有限责任公司' }), nameOf({ ...one, form: '有限公司' })) },
  { zh: '股份有限公司写作股份公司', en: 'joint-stock form shortened', same: true, make: (one) => names(nameOf({ ...one, form: '股份有限公司' }), nameOf({ ...one, form: '股份公司' })) },
  { zh: '未写企业形式', en: 'legal form left out', same: true, make: (one) => names(nameOf(one), nameOf({ ...one, form: '' })) },
  { zh: '省、市字样有无', en: 'place with and without 省, 市', same: true, make: (one, chance) => names(nameOf(one), nameOf({ ...one, place: one.place === one.province && !['北京', '上海', '天津', '重庆'].includes(one.place) ? `${one.place}${/内蒙古|西藏|广西|宁夏|新疆/.test(one.place) ? '自治区' : '省'}` : `${one.place}${chance.pick(['市', '市'])}` })) },
  { zh: '省名后补写市名', en: 'province before the city', same: true, make: (one) => names(`${one.city}${one.brand}${one.trade}${one.form}`, `${one.province}${one.city}${one.brand}${one.trade}${one.form}`) },
  { zh: '未写地名', en: 'place left out', same: true, make: (one) => names(nameOf(one), nameOf({ ...one, place: '' })) },
  { zh: '地名移入括号', en: 'place in brackets behind the brand', same: true, make: (one, chance) => names(nameOf(one), `${one.brand}${inBrackets(chance, one.place)}${one.trade}${one.form}`) },
  { zh: '地名括号移至行业后', en: 'place in brackets behind the trade', same: true, make: (one, chance) => names(`${one.brand}${inBrackets(chance, one.place)}${one.trade}${one.form}`, `${one.brand}${one.trade}${inBrackets(chance, one.place)}${one.form}`) },
  { zh: '区县字样有无', en: 'county with and without 县, 区', same: true, make: (one) => names(`${one.city}${one.county}${one.brand}${one.trade}${one.form}`, `${one.city}${one.county.replace(/[县区]$/, '')}${one.brand}${one.trade}${one.form}`) },
  { zh: '县名有无“县”字（未写市）', en: 'county alone, with and without its ending', same: true, make: (one) => names(`${one.county}${one.brand}${one.trade}${one.form}`, `${one.county.replace(/[县区]$/, '')}${one.brand}${one.trade}${one.form}`) },
  { zh: '中间有空格', en: 'blanks inside', same: true, make: (one, chance) => names(nameOf(one), `${one.place} ${one.brand}${chance.pick(['　', '  ', ' '])}${one.trade}${one.form}`) },
  { zh: '全角与大小写', en: 'full width and case', same: true, make: (one, chance) => { const letters = `${chance.pick([...'ABCDEFGHKLMN'])}${chance.pick([...'OPQRSTUVWX'])}${chance.whole(1, 99)}`; return names(nameOf({ ...one, brand: one.brand + letters }), nameOf({ ...one, brand: one.brand + wide(letters.toLowerCase()) })) } },
  { zh: '繁体写法', en: 'traditional characters', same: true, make: (one) => names(nameOf(one), traditional(nameOf(one))) },
  { zh: '数字写法不同', en: 'digits written otherwise', same: true, make: (one, chance) => { const number = chance.whole(1, 9); return names(nameOf({ ...one, brand: `${one.brand}第${number}` }), nameOf({ ...one, brand: `${one.brand}第${digits[number] ?? ''}` })) } },
  { zh: '十位数字写法不同', en: 'numbers above ten written otherwise', same: true, make: (one, chance) => { const number = chance.whole(11, 19); return names(nameOf({ ...one, brand: `${one.brand}${number}` }), nameOf({ ...one, brand: `${one.brand}十${digits[number - 10] ?? ''}` })) } },
  { zh: '集团写在括号内', en: '集团 in brackets', same: true, make: (one, chance) => names(`${one.place}${one.brand}集团有限公司`, `${one.place}${one.brand}${inBrackets(chance, '集团')}有限公司`) },
  { zh: '以曾用名录入', en: 'entered by a former name', same: true, make: (one, chance, source) => { const now = nameOf(one); const before = nameOf({ ...one, brand: chance.pick(source.brands), trade: chance.pick(trades) }); return [subject(now, { formerNames: [before] }), subject(before.replace('有限责任公司', '有限公司'))] } },
  { zh: '括号注明原名', en: 'former name in brackets', same: true, make: (one, chance, source) => { const before = nameOf({ ...one, brand: chance.pick(source.brands) }); return names(before, `${nameOf(one)}（原${before}）`) } },
  { zh: '同音错字，法定代表人相同', en: 'a character of the same sound, same representative', same: true, make: (one, chance, source) => { const brand = withOneChanged(one.brand, chance, (character) => homophone(character, chance, source)); return brand === null ? null : [subject(nameOf(one), { legalRepresentative: one.representative }), subject(nameOf({ ...one, brand }), { legalRepresentative: one.representative })] } },
  { zh: '错一字，法定代表人与电话相同', en: 'a wrong character, same representative and phone', same: true, make: (one, chance, source) => { const brand = withOneChanged(one.brand, chance, () => chance.pick([...chance.pick(source.brands)])); const more = { legalRepresentative: one.representative, phones: [one.phone] }; return brand === null ? null : [subject(nameOf(one), more), subject(nameOf({ ...one, brand }), more)] } },
  { zh: '漏一字，法定代表人与电话相同', en: 'a character left out, same representative and phone', same: true, make: (one) => { const more = { legalRepresentative: one.representative, phones: [one.phone] }; return [...one.brand].length < 3 ? null : [subject(nameOf(one), more), subject(nameOf({ ...one, brand: [...one.brand].slice(1).join('') }), more)] } },

  { zh: '同品牌，他省', en: 'same brand, another province', same: false, make: (one, chance, source) => { const other = shortProvince(chance.pick(source.provinces)); return other === one.province ? null : names(nameOf({ ...one, place: one.province }), nameOf({ ...one, place: other })) } },
  { zh: '同品牌，他市', en: 'same brand, another city', same: false, make: (one, chance, source) => { const other = chance.pick(source.cities).name.replace(/市$/, ''); return other === one.city ? null : names(nameOf({ ...one, place: one.city }), nameOf({ ...one, place: other })) } },
  { zh: '同品牌，同市他县', en: 'same brand, another county of the city', same: false, make: (one, chance, source) => { const county = chance.pick(source.cities.find((city) => city.counties.includes(one.county))?.counties ?? []); return county === one.county ? null : names(`${one.city}${one.county}${one.brand}${one.trade}${one.form}`, `${one.city}${county}${one.brand}${one.trade}${one.form}`) } },
  { zh: '同品牌，省级与市级', en: 'same brand, one of the province, one of its city', same: false, make: (one) => (['北京', '上海', '天津', '重庆'].includes(one.province) ? null : names(nameOf({ ...one, place: one.province }), nameOf({ ...one, place: one.city }))) },
  { zh: '差一字', en: 'one character different', same: false, make: (one, chance, source) => { const brand = withOneChanged(one.brand, chance, () => chance.pick([...chance.pick(source.brands)])); return brand === null ? null : names(nameOf(one), nameOf({ ...one, brand })) } },
  { zh: '差一字，同音', en: 'one character different that sounds the same', same: false, make: (one, chance, source) => { const brand = withOneChanged(one.brand, chance, (character) => homophone(character, chance, source)); return brand === null ? null : names(nameOf(one), nameOf({ ...one, brand })) } },
  { zh: '总公司与分公司', en: 'a company and its branch', same: false, make: (one, chance) => names(nameOf(one), `${nameOf(one)}${chance.pick([one.city, one.county, '第一', '第二'])}分公司`) },
  { zh: '总公司与分公司，电话与负责人相同', en: 'a company and its branch, same phone and person', same: false, make: (one) => { const more = { legalRepresentative: one.representative, phones: [one.phone] }; return [subject(nameOf(one), more), subject(`${nameOf(one)}${one.city}分公司`, more)] } },
  { zh: '两家分公司', en: 'two branches of a company', same: false, make: (one, chance, source) => { const other = chance.pick(source.cities).name; return names(`${nameOf(one)}${one.city}分公司`, `${nameOf(one)}${other.replace(/市$/, '')}分公司`) } },
  { zh: '集团母公司与同名子公司', en: 'a group and the company of its name', same: false, make: (one) => names(`${one.place}${one.brand}集团有限公司`, `${one.place}${one.brand}有限公司`) },
  { zh: '同品牌，他行业', en: 'same brand, another trade', same: false, make: (one, chance) => names(nameOf(one), nameOf({ ...one, trade: chance.pick(trades) })) },
  { zh: '同地同行业，他品牌', en: 'same place and trade, another brand', same: false, make: (one, chance, source) => names(nameOf(one), nameOf({ ...one, brand: chance.pick(source.brands) })) },
  { zh: '名录中相邻的品牌', en: 'brands that stand side by side in the list', same: false, make: (one, chance, source) => { const place = chance.whole(0, source.brands.length - 2); return names(nameOf({ ...one, brand: source.brands[place] ?? '' }), nameOf({ ...one, brand: source.brands[place + 1] ?? '' })) } },
  { zh: '同一人的两家企业，电话相同', en: 'two companies of one person, same phone', same: false, make: (one, chance, source) => { const more = { legalRepresentative: one.representative, phones: [one.phone] }; return [subject(nameOf(one), more), subject(nameOf({ ...one, brand: chance.pick(source.brands), trade: chance.pick(trades) }), more)] } },

  { zh: '一方未写地名，另一方在他处', en: 'one without a place, the other somewhere', same: null, make: (one, chance, source) => names(nameOf({ ...one, place: '' }), nameOf({ ...one, place: chance.pick(source.cities).name })) },
  { zh: '有限公司与股份有限公司（改制或另一家）', en: 'limited and joint-stock (converted, or another one)', same: null, make: (one) => names(nameOf({ ...one, form: '有限公司' }), nameOf({ ...one, form: '股份有限公司' })) },
]
