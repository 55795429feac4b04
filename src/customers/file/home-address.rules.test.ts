import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { homeForm, isDoor } from './home-address.rules.ts'

describe('one door, written in many ways', () => {
  test.each([
    ['山西省太原市小店区亲贤街27号5号楼1单元902室', null],
    ['太原市小店区亲贤街 27 号 5 栋 1 单元 902', null],
    ['小店区亲贤街27号5-1-902', null],
    ['小店区親賢街２７號５幢１單元９０２室', null],
    ['小店区亲贤街二十七号五号楼一单元902户', null],
    ['亲贤街27号，5号楼1单元902室', '山西省太原市小店区'],
    ['亲贤街27号5#1#902', '小店区'],
    ['山西省太原市小店区亲贤街27号5号楼1单元902室', '小店区'],
  ])('%s', (address, district) => {
    expect(homeForm(address, district)).toBe('小店区亲贤街27丨5丨1丨902')
  })
  test.each([
    ['another room', '小店区亲贤街27号5号楼1单元901室'], ['another building', '小店区亲贤街27号4号楼1单元902室'], ['another district', '迎泽区亲贤街27号5号楼1单元902室'], ['digits that run together', '小店区亲贤街27号51-902'],
  ])('%s is another door', (_what, address) => {
    expect(homeForm(address, null)).not.toBe('小店区亲贤街27丨5丨1丨902')
  })
})

describe('what leads to a door', () => {
  test.each([
    ['小店区亲贤街27号5号楼1单元902室', true], ['小店区刘家堡乡东里村12号', true], ['汾阳县西胡同3号', true], ['小店区亲贤街27号', false], ['山西省太原市小店区', false], ['滨河家园', false], ['', false], ['A座', false],
  ])('%s: %s', (address, door) => {
    expect(isDoor(homeForm(address, null))).toBe(door)
  })
})

test('whatever stands between the numbers, the door is the same', () => {
  const way = fc.constantFrom(['号', '号楼', '单元', '室'], ['号 ', '栋', '单元', ''], ['号', '幢', '门', '户'], ['-', '-', '-', ''], ['号，', '#', '#', '室'], ['号院', ' 号楼 ', ' 单元 ', '房'])
  const number = fc.integer({ min: 1, max: 3999 })
  fc.assert(fc.property(number, number, number, number, way, way, (house, building, stair, room, one, other) => {
    const written = (signs: readonly string[]): string => `平阳路${[house, building, stair, room].map((part, place) => `${part}${signs[place] ?? ''}`).join('')}`
    expect(homeForm(written(one), '小店区')).toBe(homeForm(written(other), '小店区'))
    expect(isDoor(homeForm(written(one), null))).toBe(true)
  }))
})
