import { describe, expect, test } from 'vitest'
import { addressOf, companyName, digitsOf, normalisedName, personName } from './match-name.rules.ts'

describe('a company’s name taken apart', () => {
  test.each([
    ['山西晋泰新材料有限公司', '晋泰新材料', '山西', 'LIMITED'],
    ['山西晋泰新材料有限责任公司', '晋泰新材料', '山西', 'LIMITED'],
    ['山西省晋泰新材料有限公司', '晋泰新材料', '山西', 'LIMITED'],
    ['晋泰新材料有限公司', '晋泰新材料', '', 'LIMITED'],
    ['晋泰新材料', '晋泰新材料', '', 'UNKNOWN'],
    ['晋泰（山西）新材料有限公司', '晋泰新材料', '山西', 'LIMITED'],
    ['晋泰新材料(山西)有限公司', '晋泰新材料', '山西', 'LIMITED'],
    ['晋泰新材料【山西省】有限公司', '晋泰新材料', '山西', 'LIMITED'],
    ['山西省太原市晋泰新材料股份有限公司', '晋泰新材料', '太原 山西', 'JOINT_STOCK'],
    ['山西晋泰新材料股份公司', '晋泰新材料', '山西', 'JOINT_STOCK'],
    ['山西晋泰　新材料 有限公司', '晋泰新材料', '山西', 'LIMITED'],
    ['山西ＡＢＣ新材料有限公司', 'abc新材料', '山西', 'LIMITED'],
    ['山西abc新材料有限公司', 'abc新材料', '山西', 'LIMITED'],
    ['山西晉泰新材料有限公司', '晋泰新材料', '山西', 'LIMITED'],
    ['山西第三建筑工程公司', '第3建筑工程', '山西', 'UNKNOWN'],
    ['山西第3建筑工程公司', '第3建筑工程', '山西', 'UNKNOWN'],
    ['太原二十一世纪酒店', '21世纪酒店', '太原', 'UNKNOWN'],
    ['鑫源机械有限责任公司', '鑫源机械', '', 'LIMITED'],
    ['内蒙古自治区包头市钢盾物流有限公司', '钢盾物流', '内蒙古 包头', 'LIMITED'],
    ['延边朝鲜族自治州金达莱食品有限公司', '金达莱食品', '延边', 'LIMITED'],
    ['平遥古城醋业农民专业合作社', '平遥古城醋业', '', 'COOPERATIVE'],
    ['太原远望企业管理合伙企业（有限合伙）', '远望企业管理', '太原', 'PARTNERSHIP'],
    ['太原市老张面馆（个体工商户）', '老张面馆', '太原', 'SOLE'],
    ['太原有限公司', '太原', '', 'LIMITED'],
  ])('%s: %s, %s, %s', (name, core, places, form) => {
    const parts = companyName(name)
    expect([parts.core, parts.places.join(' '), parts.form, parts.branch]).toEqual([core, places, form, ''])
  })
  test('a county with and without its ending', () => {
    expect(companyName('太原市小店区晋泰商贸有限公司')).toMatchObject({ core: '晋泰商贸', cores: ['晋泰商贸', '小店晋泰商贸'], places: ['太原'], districts: ['小店'] })
    expect(companyName('太原小店晋泰商贸有限公司')).toMatchObject({ core: '小店晋泰商贸', places: ['太原'] })
    expect(companyName('平遥县晋泰商贸有限公司').cores).toEqual(['晋泰商贸', '平遥晋泰商贸'])
  })
  test.each([
    ['山西晋泰集团有限公司', true], ['山西晋泰（集团）有限公司', true], ['山西晋泰集团', true], ['山西晋泰集团公司', true], ['山西晋泰集团股份有限公司', true], ['山西晋泰有限公司', false],
  ])('%s is a group: %s', (name, group) => {
    expect(companyName(name)).toMatchObject({ core: '晋泰', group })
  })
  test.each([
    ['山西晋泰新材料有限公司太原分公司', '太原分公司'], ['山西晋泰新材料有限公司第二分公司', '第2分公司'], ['山西晋泰新材料有限公司第2分公司', '第2分公司'], ['山西晋泰新材料分公司', '分公司'], ['晋河银行太原分行', '太原分行'],
    ['山西晋泰新材料有限公司', ''],
  ])('%s is the branch "%s"', (name, branch) => {
    expect(companyName(name).branch).toBe(branch)
  })
  test('a former name in brackets', () => {
    expect(companyName('山西晋泰新材料有限公司（原山西晋泰贸易有限公司）')).toMatchObject({ core: '晋泰新材料', former: ['山西晋泰贸易有限公司'] })
  })
  test('never empty, whatever is typed', () => {
    for (const name of ['公司', '有限公司', '（）', '太原', '·', '集团公司', '123', '((((', '分公司']) expect(() => companyName(name)).not.toThrow()
    expect(companyName('集团公司').core).not.toBe('')
  })
})

describe('names of payees (fixture payee-leads-1): 有限责任公司 = 有限公司', () => {
  test('four payments to two spellings are one payee', () => {
    expect(normalisedName('鑫源机械有限公司')).toBe(normalisedName('鑫源机械有限责任公司'))
    expect(new Set(['鑫源机械有限公司', '市税务局', '老客户商贸有限公司', '乙公司', '散户甲'].map(normalisedName)).size).toBe(5)
  })
})

describe('digits, persons, addresses', () => {
  test.each([['二十一', '21'], ['十', '10'], ['第一百零三号', '第103号'], ['二〇二六', '2026'], ['叁拾', '30'], ['九龙', '9龙'], ['百盛', '100盛']])('%s is %s', (written, digits) => {
    expect(digitsOf(written)).toBe(digits)
  })
  test.each([['李 晓雯', '李晓雯'], ['李曉雯', '李晓雯'], ['阿卜杜拉·买买提', '阿卜杜拉买买提'], ['阿卜杜拉•买买提', '阿卜杜拉买买提'], ['John Smith', 'johnsmith']])('%s is compared as %s', (name, compared) => {
    expect(personName(name)).toBe(compared)
  })
  test('an address with and without province and city', () => {
    expect(addressOf('山西省太原市小店区长风街十二号')).toBe(addressOf('太原小店区长风街12号'))
  })
})
