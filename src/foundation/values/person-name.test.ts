import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gramsOf, normaliseText, pinyinOf, searchGrams } from './person-name.ts'

describe('how a name sounds', () => {
  test.each([
    ['李晓雯', 'PERSON', 'li xiao wen', 'lxw'], ['单雪', 'PERSON', 'shan xue', 'sx'], ['仇英', 'PERSON', 'qiu ying', 'qy'], ['尉迟恭', 'PERSON', 'yu chi gong', 'ycg'], ['曾毅', 'PERSON', 'zeng yi', 'zy'],
    ['长沙银行股份有限公司', 'CORPORATE', 'chang sha yin hang gu fen you xian gong si', 'csyhgfyxgs'], ['吕布', 'PERSON', 'lv bu', 'lb'],
  ] as const)('%s (%s): %s, %s', (name, kind, syllables, initials) => {
    expect(pinyinOf(name, kind)).toEqual({ syllables, initials })
  })
  test('full width becomes half width, blanks become one', () => {
    expect(normaliseText('　山西ＡＢＣ（集团）  有限公司 ')).toBe('山西ABC(集团) 有限公司')
  })
})

describe('what the search box finds', () => {
  const grams = (name: string, kind: 'PERSON' | 'CORPORATE'): Set<string> => {
    const { syllables, initials } = pinyinOf(name, kind)
    return new Set(gramsOf(name, syllables, initials))
  }
  const finds = (query: string, name: string, kind: 'PERSON' | 'CORPORATE' = 'CORPORATE'): boolean => {
    const known = grams(name, kind)
    return searchGrams(query).some((reading) => reading.every((gram) => known.has(gram)))
  }
  const company = '山西晋泰新材料有限公司'
  test.each([
    ['晋', true], ['晋泰', true], ['新材料', true], ['晋泰 新材料', true], ['jt', true], ['sxjtxcl', true], ['jintai', true], ['jin tai', true], ['jinta', true], ['jin', true], ['shanxijintaixincailiao', true],
    ['泰晋', false], ['tj', false], ['jintong', false], ['zzz', false], ['料有', true], ['JT', true], ['ｊｔ', true],
  ])('%s finds 山西晋泰新材料有限公司: %s', (query, found) => {
    expect(finds(query, company)).toBe(found)
  })
  test('persons: initials, pinyin, a name half typed, a polyphonic surname', () => {
    expect(['lxw', 'lixiaowen', 'lixiaow', 'xiaowen', '晓雯', '雯'].map((query) => finds(query, '李晓雯', 'PERSON'))).toEqual([true, true, true, true, true, true])
    expect(finds('shanxue', '单雪', 'PERSON')).toBe(true)
  })
  test.each([
    ['单雪', ['shanxue', 'danxue', 'sx', 'dx']], ['仇英', ['qiuying', 'chouying', 'cy']], ['解志强', ['xiezhiqiang', 'jiezhiqiang', 'jzq']], ['曾丽', ['zengli', 'cengli', 'cl']],
    ['尉迟敏', ['yuchimin', 'weichimin', 'ycm', 'wcm', 'wei chi']], ['查建国', ['zhajianguo', 'chajianguo']], ['朴正', ['piaozheng', 'puzheng']],
  ])('%s is found by either reading of the surname', (name, queries) => {
    expect(queries.filter((query) => !finds(query, name, 'PERSON'))).toEqual([])
  })
  test('the other reading is of the surname only, and only of the name that bears it', () => {
    expect(finds('danwenbo', '单文博', 'PERSON')).toBe(true)
    expect(finds('lijie', '李解', 'PERSON')).toBe(true)
    expect(finds('lixie', '李解', 'PERSON')).toBe(false)
    expect(finds('jielixiaowen', '李晓雯', 'PERSON')).toBe(false)
  })
  test('a query without letters finds nothing rather than everything', () => {
    expect(searchGrams(' ·、 ')).toEqual([])
  })
  test('every piece of a name finds it', () => {
    fc.assert(fc.property(fc.nat(company.length - 1), fc.integer({ min: 1, max: 11 }), (from, size) => {
      expect(finds(company.slice(from, from + size), company)).toBe(true)
    }))
  })
})
