import { pinyin } from 'pinyin-pro'

/** How a name sounds: syllables separated by a space, and their first letters. */
export type Spoken = { syllables: string; initials: string }

/** Full width → half width, outer blanks away, runs of blanks to one. The characters themselves stay as in the papers. */
export function normaliseText(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\s]+/g, ' ')
    .trim()
}

/** Pinyin without tones. The first characters of a person's name are read as a surname (单 shan, 尉迟 yu chi); a company's are not. */
export function pinyinOf(name: string, kind: 'PERSON' | 'CORPORATE'): Spoken {
  const parts = pinyin(normaliseText(name), { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true, surname: kind === 'PERSON' ? 'head' : 'off' })
    .flatMap((part) => part.toLowerCase().split(/[^a-z0-9]+/))
    .filter((part) => part !== '')
  return { syllables: parts.join(' '), initials: parts.map((part) => part.slice(0, 1)).join('') }
}

const word = /[\p{L}\p{N}]/u

/** The characters that count in a search: letters and digits in small letters, traditional marks and blanks left out. */
function searchable(text: string): string[] {
  return [...normaliseText(text).toLowerCase()].filter((character) => word.test(character))
}

const latin = /^[a-z0-9]+$/

/**
 * What the search box finds a name by: every character and pair of characters; every syllable and pair of syllables ("=li", "=lixiao");
 * pieces of the initials of one to four letters ("#lx"). The marks keep a reading apart from Latin letters in the name itself.
 */
export function gramsOf(name: string, syllables: string, initials: string): string[] {
  const found = new Set<string>()
  const characters = searchable(name)
  characters.forEach((character, place) => {
    found.add(character)
    const next = characters[place + 1]
    if (next !== undefined) found.add(character + next)
  })
  const spoken = syllables.split(' ').filter((syllable) => syllable !== '')
  addSpoken(found, spoken, initials)
  for (const [head, letters] of otherHeads(characters, spoken)) addSpoken(found, [...head, ...spoken.slice(head.length)], letters + initials.slice(head.length))
  return [...found]
}

function addSpoken(found: Set<string>, spoken: readonly string[], initials: string): void {
  spoken.forEach((syllable, place) => {
    for (let end = 1; end <= syllable.length; end++) found.add(`=${syllable.slice(0, end)}`)
    const next = spoken[place + 1]
    if (next !== undefined) found.add(`=${syllable}${next}`)
  })
  for (let place = 0; place < initials.length; place++) {
    for (let size = 1; size <= 4 && place + size <= initials.length; size++) found.add(`#${initials.slice(place, place + size)}`)
  }
}

// Surnames that are read otherwise than the character elsewhere. Who types a name may know either reading.
const readings: Readonly<Record<string, readonly string[]>> = {
  万俟: ['mo qi', 'wan si'], 尉迟: ['yu chi', 'wei chi'], 长孙: ['zhang sun', 'chang sun'], 澹台: ['tan tai', 'dan tai'],
  单: ['shan', 'dan', 'chan'], 仇: ['qiu', 'chou'], 解: ['xie', 'jie'], 曾: ['zeng', 'ceng'], 查: ['zha', 'cha'], 区: ['ou', 'qu'], 朴: ['piao', 'pu'], 盖: ['ge', 'gai'], 缪: ['miao', 'mou'], 乐: ['yue', 'le'], 种: ['chong', 'zhong'],
  翟: ['zhai', 'di'], 黑: ['he', 'hei'], 覃: ['qin', 'tan'], 宓: ['mi', 'fu'], 折: ['she', 'zhe'], 员: ['yun', 'yuan'], 召: ['shao', 'zhao'], 秘: ['bi', 'mi'], 冼: ['xian', 'xi'], 洗: ['xian', 'xi'], 谌: ['chen', 'shen'], 隗: ['wei', 'kui'],
  句: ['gou', 'ju'], 郗: ['xi', 'chi'], 祭: ['zhai', 'ji'], 牟: ['mu', 'mou'], 薄: ['bo', 'bao'], 柏: ['bai', 'bo'], 贲: ['ben', 'bi'], 卜: ['bu', 'bo'], 晟: ['cheng', 'sheng'], 褚: ['chu', 'zhu'], 繁: ['po', 'fan'], 阚: ['kan', 'han'],
  瞿: ['qu', 'ju'], 沈: ['shen', 'chen'], 盛: ['sheng', 'cheng'], 都: ['du', 'dou'], 臧: ['zang', 'cang'], 俞: ['yu', 'shu'], 车: ['che', 'ju'], 逄: ['pang', 'feng'], 冯: ['feng', 'ping'], 那: ['na', 'nuo'], 幺: ['yao', 'me'], 佴: ['nai', 'er'],
}

/** The other readings of a name's head: its syllables and their first letters. */
function otherHeads(characters: readonly string[], spoken: readonly string[]): [head: string[], letters: string][] {
  const head = [2, 1].map((size) => characters.slice(0, size).join('')).find((text) => text in readings)
  if (head === undefined) return []
  const now = spoken.slice(0, [...head].length).join(' ')
  return (readings[head] ?? []).filter((reading) => reading !== now).map((reading) => {
    const syllables = reading.split(' ')
    return [syllables, syllables.map((part) => part.slice(0, 1)).join('')]
  })
}

/** The readings of a query: in each list every gram must be contained. Chinese and mixed words are one reading; Latin letters may be initials, pinyin, or letters of the name. */
export function searchGrams(query: string): string[][] {
  const characters = searchable(query)
  if (characters.length === 0) return []
  const pairs = characters.length === 1 ? characters : characters.slice(0, -1).map((character, place) => `${character}${characters[place + 1] ?? ''}`)
  const readings = [pairs]
  const letters = characters.join('')
  if (latin.test(letters)) {
    const pieces = letters.length <= 4 ? [letters] : Array.from({ length: letters.length - 3 }, (_, place) => letters.slice(place, place + 4))
    readings.push(pieces.map((piece) => `#${piece}`))
    readings.push(...syllableReadings(query).map((syllables) => syllables.length === 1 ? [`=${syllables[0] ?? ''}`] : syllableGrams(syllables)))
  }
  return readings
}

// whole syllables in pairs; the last one may still be being typed
function syllableGrams(syllables: readonly string[]): string[] {
  const last = syllables.length - 1
  const found = new Set(syllables.map((syllable) => `=${syllable}`))
  for (let place = 0; place + 1 < last; place++) found.add(`=${syllables[place] ?? ''}${syllables[place + 1] ?? ''}`)
  return [...found]
}

const syllable = /^(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:a|o|e|i|u|v|ai|ei|ao|ou|an|en|ang|eng|ong|er|ia|ie|iao|iu|ian|in|iang|ing|iong|ua|uo|uai|ui|uan|un|uang|ue|ve)$/

/** Ways to part typed letters into syllables; blanks and apostrophes part them for sure; the last piece may be the beginning of one. At most 8. */
function syllableReadings(query: string): string[][] {
  let readings: string[][] = [[]]
  for (const piece of normaliseText(query).toLowerCase().split(/[^a-z0-9]+/).filter((part) => part !== '')) {
    const ways = waysOf(piece)
    readings = readings.flatMap((reading) => ways.map((way) => [...reading, ...way])).slice(0, 8)
  }
  return readings.filter((reading) => reading.length > 0)
}

function waysOf(letters: string): string[][] {
  const found: string[][] = []
  const part = (rest: string, before: string[]): void => {
    if (found.length >= 8) return
    if (rest === '') {
      found.push(before)
      return
    }
    for (let size = Math.min(6, rest.length); size >= 1; size--) {
      const head = rest.slice(0, size)
      // the last piece may be unfinished: "lixiaow" finds 李晓雯
      if (syllable.test(head) || (size === rest.length && /^[a-z]+$/.test(head))) part(rest.slice(size), [...before, head])
    }
  }
  part(letters, [])
  return found.sort((a, b) => a.length - b.length)
}
