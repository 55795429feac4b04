import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { CustomerFilters } from '../list-customers.ts'

const kinds = { CORPORATE: ['企业', 'companies'], PERSON: ['个人', 'persons'] } as const
const tiers = { T1: ['核心优质', 'core'], T2: ['重点', 'key'], T3: ['普通优质', 'good'], T4: ['基础', 'basic'], P: ['潜在', 'prospects'] } as const
const statuses = { ACTIVE: ['正常', 'active'], PROSPECT: ['潜在', 'prospect'], CLOSED: ['已销户', 'closed'] } as const

/** The filters of a list in words, for who decides: names of units, people and tags as of that day. */
export async function tellFilters(tx: Transaction, filters: CustomerFilters & { ids?: readonly string[] | undefined }, segment: string | null, day: string): Promise<{ zh: string; en: string }> {
  const names = await tx.one(sql<{ outlet: string | null; outlet_en: string | null; manager: string | null; tag: string | null }>`
    SELECT (SELECT name FROM organisation_institution_facts WHERE institution_key = ${filters.outletKey ?? null}::int AND from_date <= ${day} ORDER BY from_date DESC LIMIT 1) AS outlet,
      (SELECT name_en FROM organisation_institution_facts WHERE institution_key = ${filters.outletKey ?? null}::int AND from_date <= ${day} ORDER BY from_date DESC LIMIT 1) AS outlet_en,
      (SELECT staff_name || '（' || staff_no || '）' FROM organisation_staff_facts WHERE staff_key = ${filters.managerKey ?? null}::int) AS manager, (SELECT word FROM tag WHERE id = ${filters.tag ?? null}::uuid) AS tag`)
  const parts: (readonly [zh: string, en: string])[] = []
  if (filters.ids !== undefined) parts.push([`逐一选定 ${filters.ids.length} 位`, `chosen one by one: ${filters.ids.length}`])
  if (segment !== null) parts.push([`客群“${segment}”`, `segment “${segment}”`])
  if (filters.tag !== undefined) parts.push([`标签“${names.tag ?? ''}”`, `tag “${names.tag ?? ''}”`])
  if (filters.kind) parts.push([`类别 ${kinds[filters.kind][0]}`, kinds[filters.kind][1]])
  if (filters.tier) parts.push([`层级 ${tiers[filters.tier][0]}`, `tier ${tiers[filters.tier][1]}`])
  if (filters.status) parts.push([`状态 ${statuses[filters.status][0]}`, statuses[filters.status][1]])
  if (filters.outletKey !== undefined) parts.push([`网点 ${names.outlet ?? String(filters.outletKey)}`, `outlet ${names.outlet_en ?? String(filters.outletKey)}`])
  if (filters.managerKey !== undefined) parts.push([`主办 ${names.manager ?? String(filters.managerKey)}`, `manager ${names.manager ?? String(filters.managerKey)}`])
  return parts.length === 0 ? { zh: '权限内全部客户', en: 'all customers in scope' } : { zh: parts.map(([zh]) => zh).join('；'), en: parts.map(([, en]) => en).join('; ') }
}
