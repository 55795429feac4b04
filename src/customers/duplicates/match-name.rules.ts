import { pinyinOf } from '../../foundation/values/person-name.ts'
import { simplified } from '../../foundation/values/simplified.ts'
import { placeAt } from './place-names.rules.ts'

/** What kind of enterprise the end of a name tells. UNKNOWN: only 公司, or nothing. */
export type LegalForm = 'LIMITED' | 'JOINT_STOCK' | 'PARTNERSHIP' | 'SOLE' | 'COOPERATIVE' | 'UNKNOWN'

/** A company's name taken apart, each part in one form: simplified, half width, small letters, no blanks, digits as digits. */
export type CompanyName = {
  /** Brand and trade: 晋泰新材料. */
  core: string
  /** The core as it stands where a county is written without 县, 区: 小店晋泰新材料. */
  cores: readonly string[]
  /** Provinces and cities of the table, without 省, 市. */
  places: readonly string[]
  /** Counties and districts, known by their ending only. */
  districts: readonly string[]
  form: LegalForm
  group: boolean
  /** Which branch of the company; '' is the company itself. */
  branch: string
  /** Former names that stand in brackets: （原晋泰）. */
  former: readonly string[]
  /** How the core is spoken, without tones. */
  sound: string
}

const opening = /[(\[{<（［｛〔【〖《〈「『﹝]/g
const closing = /[)\]}>）］｝〕】〗》〉」』﹞]/g
const signs = /[\s·•・‧∙.,，。、\-‐–—_/\\'"“”‘’`´&＆+*#:：;；!！?？|~～…@]/g
const numerals: Readonly<Record<string, string>> = {
  〇: '0', 零: '0', 一: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 八: '8', 九: '9', 壹: '1', 贰: '2', 叁: '3', 肆: '4', 伍: '5', 陆: '6', 柒: '7', 捌: '8', 玖: '9', 拾: '十', 佰: '百',
}

/** The characters that are compared. Brackets of every kind are round ones. */
function plain(text: string): string {
  return simplified(text.normalize('NFKC').replace(opening, '(').replace(closing, ')')).toLowerCase().replace(signs, '')
}

/** 第二十一, 第21, 第二一 are written the same: Chinese numerals become digits, 十 and 百 are worked out. */
export function digitsOf(text: string): string {
  return text.replace(/[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖拾佰十百]+/g, (run) => {
    const plainRun = [...run].map((character) => numerals[character] ?? character).join('')
    if (!/[十百]/.test(plainRun)) return plainRun
    const parts = /^(?:(\d)?百)?0?(?:(\d)?十)?(\d)?$/.exec(plainRun)
    if (!parts) return plainRun
    const value = (plainRun.includes('百') ? Number(parts[1] ?? 1) * 100 : 0) + (plainRun.includes('十') ? Number(parts[2] ?? 1) * 10 : 0) + Number(parts[3] ?? 0)
    return String(value)
  })
}

const branchEnd = /(?:分公司|分店|分厂|分行|支行|支公司|分理处|办事处|代表处|营业部|营业厅|项目部|经营部|门市部|分部|分社|分院|分校|直营店|专卖店|旗舰店|店)$/
const headOf = /^(.{2,}?(?:有限责任公司|有限公司|股份公司|集团公司|总公司|公司|集团|合作社|合伙企业|银行))(.{1,24})$/
const bareBranch = /^(.{2,}?)((?:第.{1,3})?(?:分公司|支公司|分行|支行|办事处|代表处))$/

/** Takes a company's name apart. A name that is nothing but place and form keeps them as its core. */
export function companyName(name: string): CompanyName {
  const places: string[] = []
  const districts: string[] = []
  const former: string[] = []
  let form: LegalForm = 'UNKNOWN'
  let group = false
  let text = plain(name)

  text = text.replace(/\(([^()]*)\)?/g, (_whole, inside: string) => {
    if (inside === '') return ''
    if (/^(?:原|曾用名|更名前)/.test(inside)) {
      former.push(inside.replace(/^(?:原名?|曾用名|更名前)/, ''))
      return ''
    }
    if (/合伙/.test(inside)) {
      form = 'PARTNERSHIP'
      return ''
    }
    if (/^个体|^个人独资/.test(inside)) {
      form = 'SOLE'
      return ''
    }
    const at = placeAt(inside)
    if (at && at.length === inside.length) {
      places.push(at.name)
      return ''
    }
    if (/^[\u4e00-\u9fff]{1,6}(?:县|区|旗|市)$/.test(inside)) {
      districts.push(inside.slice(0, -1))
      return ''
    }
    return inside // (集团), (中国), a part of the brand
  }).replaceAll(')', '')

  // the branch, so that the head is left
  let branch = ''
  const parts = headOf.exec(text)
  if (parts?.[1] !== undefined && parts[2] !== undefined && branchEnd.test(parts[2])) {
    text = parts[1]
    branch = digitsOf(parts[2])
  } else {
    const bare = bareBranch.exec(text)
    if (bare?.[1] !== undefined && bare[2] !== undefined) {
      text = bare[1]
      branch = digitsOf(bare[2])
    }
  }

  // the legal form
  const cut = (pattern: RegExp, found: LegalForm | null, isGroup = false): void => {
    const rest = text.replace(pattern, '')
    if (rest === text || rest.length < 2) return
    text = rest
    if (found !== null && form === 'UNKNOWN') form = found
    if (isGroup) group = true
  }
  cut(/股份有限(?:责任)?公司$|股份公司$|股份有限$|股份$/, 'JOINT_STOCK')
  cut(/(?:有限责任公司|责任有限公司|有限责任|有限公司|有限)$/, form === 'UNKNOWN' ? 'LIMITED' : null)
  cut(/(?:农民)?专业合作社(?:联合社)?$|合作社$/, 'COOPERATIVE')
  cut(/合伙企业$/, 'PARTNERSHIP')
  cut(/个体工商户$|个人独资企业$|个体户$/, 'SOLE')
  cut(/集团公司$|集团$/, null, true)
  cut(/总公司$|公司$/, null)
  cut(/集团$/, null, true)

  // the places before the brand
  for (;;) {
    const at = placeAt(text)
    if (at && text.length - at.length >= 2) {
      places.push(at.name)
      text = text.slice(at.length)
      continue
    }
    const district = /^([\u4e00-\u9fff]{1,5}?)(?:自治县|自治旗|县|区|旗|市)(?=.{2,})/.exec(text)
    if (!district?.[1] || (places.length + districts.length === 0 && district[1].length < 2)) break
    districts.push(district[1])
    text = text.slice(district[0].length)
  }

  const core = digitsOf(text)
  return {
    core, cores: [core, ...districts.map((district) => digitsOf(district + text))], places: [...new Set(places)].sort(), districts: [...new Set(districts)].sort(),
    form, group, branch, former, sound: pinyinOf(core, 'CORPORATE').syllables,
  }
}

/** A person's name as it is compared: simplified, small letters, without blanks and middle dots. */
export function personName(name: string): string {
  return plain(name).replace(/[()]/g, '')
}

/** An address as it is compared: without blanks and signs, digits as digits, without province and city, which are often left out. */
export function addressOf(address: string): string {
  let text = plain(address).replace(/[()]/g, '')
  for (let at = placeAt(text); at && text.length > at.length; at = placeAt(text)) text = text.slice(at.length)
  return digitsOf(text)
}

/** A name in one form, whole, for lists that sum by name (payees): two names with the same form are the same company for them. */
export function normalisedName(name: string): string {
  const { core, branch } = companyName(name)
  return branch === '' ? core : `${core}/${branch}`
}
