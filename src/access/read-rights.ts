import { mayDoAction, type PermissionTable, type Relation } from '../foundation/access/permission.rules.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle, type Route } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { readRights } from './rights.contract.ts'

// what a right widens inside of an endpoint that has another
const within: Readonly<Record<string, { zh: string; en: string }>> = {
  'journal.read-restricted': { zh: '查看限制类操作日志', en: 'Read the restricted lines of the journal' },
  'customer.file-edit': { zh: '修改客户档案的一般部分', en: 'Change the general parts of a file' },
  'customer.file-screening': { zh: '登记洗钱风险等级和名单筛查', en: 'Enter money-laundering risk and watch-lists' },
  'customer.file-class': { zh: '设定客户保密级别', en: 'Set a customer’s class of confidentiality' },
  'customer.reveal-sensitive': { zh: '查看“敏感”客户的明文', en: 'Reveal numbers of a sensitive customer' },
  'customer.reveal-strict': { zh: '查看“严格”客户的明文', en: 'Reveal numbers of a strict customer' },
  'contact.restricted.review': { zh: '复查限制内容', en: 'Review restricted texts' },
}
const relations: readonly Relation[] = ['MAIN', 'ASSIST', 'SUBSTITUTE', 'ABSENT', 'UNIT', 'ALL', 'GRANT']

/** The matrix of rights, asked of the same function that answers the server and the buttons. */
export function readRightsRoute(routes: () => readonly Route[], table: PermissionTable): Route {
  return handle(readRights, async (tx) => {
    const posts = await tx.all(sql<{ code: string; name: string; nameEn: string; breadth: string; sequence: string }>`
      SELECT post_code AS code, post_name AS name, post_name_en AS "nameEn", breadth, sequence FROM organisation_post_kind_facts ORDER BY place, post_code`)
    const contracts = routes().map((route) => route.contract)
    return ok({
      posts,
      // an action that opens nothing yet is no line of the matrix
      actions: table.map((row) => {
        const does = contracts.filter((contract) => contract.permission === row.action).map((contract) => ({ id: contract.id, ...contract.text }))
        const further = within[row.action]
        return {
          action: row.action,
          secrecy: row.secrecy ?? ('NORMAL' as const),
          does: does.length === 0 && further ? [{ id: row.action, ...further }] : does,
          cells: Object.fromEntries(posts.map(({ code }) => [code, cell(table, code, row.action, row.relations !== undefined)])),
        }
      }).filter((row) => row.does.length > 0),
    })
  })
}

function cell(table: PermissionTable, post: string, action: string, byRelation: boolean): 'NO' | 'YES' | Relation[] {
  if (!mayDoAction(table, post, action).allowed) return 'NO'
  if (!byRelation) return 'YES'
  return relations.filter((relation) => mayDoAction(table, post, action, { relation }).allowed)
}
