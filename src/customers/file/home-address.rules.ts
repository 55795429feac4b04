import { simplified } from '../../foundation/values/simplified.ts'
import { addressOf, digitsOf } from '../duplicates/match-name.rules.ts'

/** Stands for every word and sign between two numbers of an address: 号, 号楼, 栋, 单元, a dash. */
const between = '丨'

/** An address of a person in one form, whoever wrote it: 3 号楼 2 单元 501 室 and 3-2-501 are the same. `district` is put in front where the address leaves it out. */
export function homeForm(address: string, district: string | null): string {
  const oneForm = (text: string): string => addressOf(
    digitsOf(simplified(text.normalize('NFKC')).toLowerCase())
      .replace(/(?<=[\da-z])\s*(?:号院|号楼|号|楼|幢|栋|座|单元|门洞?|层|室|房|户)/g, between).replace(/(?<=[\da-z])[\s\-‐–—~/、,，.#]+(?=[\da-z])/g, between),
  ).replace(new RegExp(`${between}+`, 'g'), between).replace(new RegExp(`${between}$`), '')
  const [text, area] = [oneForm(address), district === null ? '' : oneForm(district)]
  return area === '' || text.startsWith(area) ? text : area + text
}

/** Does the form lead to a door behind which a household lives? A building and a room, or the number of a house in a village or lane; a street or an estate alone does not. */
export function isDoor(form: string): boolean {
  const numbers = form.match(/\d+/g)?.length ?? 0
  return form.length >= 5 && (numbers >= 2 || (numbers === 1 && /[村组屯庄寨巷弄里]|胡同/.test(form)))
}
