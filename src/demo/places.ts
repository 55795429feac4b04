import type { Chance } from './chance.ts'

/** A district with its division code (GB/T 2260) and streets (invented: no address of this product exists). */
export type District = { code: string; city: string; name: string; streets: readonly string[] }

export const districts: readonly District[] = [
  { code: '140105', city: '太原', name: '小店区', streets: ['云杉街', '砺锋路', '学苑东街', '南衡路', '汾堤东路'] },
  { code: '140106', city: '太原', name: '迎泽区', streets: ['柳巷口街', '迎晖街', '双槐街', '松庄北路'] },
  { code: '140107', city: '太原', name: '杏花岭区', streets: ['杏林街', '北仓巷', '敦和路', '鼓楼后街'] },
  { code: '140109', city: '太原', name: '万柏林区', streets: ['和悦路', '西矿前街', '兴柏路', '大井街'] },
  { code: '140110', city: '太原', name: '晋源区', streets: ['稻香街', '古塔路', '新滨路'] },
  { code: '140121', city: '太原', name: '清徐县', streets: ['醋坊街', '葡园路', '文苑路'] },
  { code: '140702', city: '晋中', name: '榆次区', streets: ['榆安大街', '锦纶北路', '顺城后街', '校园路'] },
  { code: '140703', city: '晋中', name: '太谷区', streets: ['票号街', '农苑路', '白塔东街'] },
  { code: '140728', city: '晋中', name: '平遥县', streets: ['古陶街', '柳根后路', '曙华街'] },
  { code: '140729', city: '晋中', name: '灵石县', streets: ['翠峰前路', '新建南巷', '汾水街'] },
  { code: '140403', city: '长治', name: '潞州区', streets: ['英雄后街', '太行西路', '城东里街', '漳泽路'] },
  { code: '140404', city: '长治', name: '上党区', streets: ['黎都街', '光明里路', '韩川路'] },
  { code: '140406', city: '长治', name: '潞城区', streets: ['潞水街', '府东路', '中华里街'] },
  { code: '140428', city: '长治', name: '长子县', streets: ['丹朱路', '漳源街', '同昌街'] },
]
const estates = ['枫林苑', '云水居', '安泰里', '锦绣园', '和顺家园', '书香名邸', '阳光里', '祥和小区', '铁运宿舍', '桐荫雅苑', '滨河湾', '半山花园']

export function districtOf(code: string): District {
  const found = districts.find((district) => district.code === code)
  if (!found) throw new Error(`no district ${code}`)
  return found
}

export function homeAddress(chance: Chance, { city, name, streets }: District): string {
  return `山西省${city}市${name}${chance.pick(streets)}${chance.whole(1, 198)}号${chance.pick(estates)}${chance.whole(1, 28)}号楼${chance.whole(1, 4)}单元${chance.whole(1, 26)}0${chance.whole(1, 4)}室`
}

export function companyAddress(chance: Chance, { city, name, streets }: District): string {
  const street = `山西省${city}市${name}${chance.pick(streets)}${chance.whole(1, 398)}号`
  if (chance.hits(0.35)) return `${street}${chance.pick(['晋商国贸大厦', '汇通商务中心', '创新产业园', '联合写字楼', '金桥广场'])}${chance.pick(['A座', 'B座', ''])}${chance.whole(2, 28)}层${chance.whole(1, 12)}室`
  return chance.hits(0.2) ? `${street}院内${chance.whole(1, 6)}号厂房` : street
}
