import { describe, expect, test } from 'vitest'
import { placeAt, placeCount } from './place-names.rules.ts'

describe('the place at the beginning of a name', () => {
  test.each([
    ['山西晋泰', '山西', 2], ['山西省晋泰', '山西', 3], ['太原市晋泰', '太原', 3], ['太原晋泰', '太原', 2], ['内蒙古自治区包头', '内蒙古', 6], ['广西壮族自治区', '广西', 7], ['延边朝鲜族自治州', '延边', 8], ['香港特别行政区', '香港', 7],
    ['呼伦贝尔草原', '呼伦贝尔', 4], ['大兴安岭地区', '大兴安岭', 6], ['恩施土家族苗族自治州利川', '恩施', 10],
  ])('%s begins with %s, %i characters', (text, name, length) => {
    expect(placeAt(text)).toEqual({ name, length })
  })
  test('a brand is no place', () => {
    expect(['晋泰新材料', '华为', '', 'ABC'].map(placeAt)).toEqual([null, null, null, null])
  })
  test('every province and city has its line', () => {
    expect(placeCount).toBeGreaterThan(360)
  })
})
