import { makeFormRoute } from '../flows/build-form.ts'
import { confirmAnswerRoute, getAnswerRoute, saveAnswerRoute, sendBackAnswerRoute, submitAnswerRoute } from '../forms/answer-forms.ts'
import { attachToAnswerRoute } from '../forms/attach-files.ts'
import type { AnswerRow, Subject } from '../forms/form.contract.ts'
import { openFormRoute } from '../forms/keep-forms.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { actAs } from './act-as.ts'
import { Chance } from './chance.ts'
import { demoId } from './demo-id.ts'
import { people } from './known-cases.ts'
import { scanOf } from './make-file.ts'

const opened = '2026-11-19'
const formId = demoId(opened, 'form', 'year-end')
type Seen = { edition: number; state: string; history: unknown[]; subjects: Subject[] }

/**
 * A collection form about customers (每位客户一行): the head of the branch asks the managers of a sub-branch for the year's end of each of their core customers, with purpose and class. 张子涵's answer was confirmed, with a letter of a customer;
 * 单文博's was sent back; 李晓雯 has begun hers; 欧阳建平 has not, and the others wait for the heads of their outlets.
 */
export async function makeCustomerForm(services: Services): Promise<void> {
  const { key } = await services.db.asBatch((tx) => tx.one(sql<{ key: number }>`SELECT DISTINCT institution_key AS key FROM organisation_institution_facts WHERE code = '141100'`))
  await actAs(services, {
    staffNo: people.branchHead, day: opened, route: makeFormRoute, body: {
      id: formId, title: '核心客户年末资金安排', why: '分行测算年末存款，安排承接和上门', answersFor: 'CUSTOMER', mostRows: 1, addressees: { posts: ['RM'], units: [key], people: [] }, dueOn: '2026-11-26', confirms: true,
      customers: { of: 'OWN', kind: null, tiers: ['T1'], segment: null }, purpose: '测算年末存款，安排承接',
      cells: [
        { code: 'c1', label: '年末存款余额预估', type: 'AMOUNT', source: 'DEPOSITS', least: '0' }, { code: 'c2', label: '到期资金去向', type: 'CHOICE', choices: ['留存', '部分转出', '全部转出', '未定'] },
        { code: 'c3', label: '计划上门日', type: 'DATE', required: false }, { code: 'c4', label: '意向书', type: 'FILE', required: false }, { code: 'c5', label: '说明', type: 'TEXT', required: false },
      ],
    },
  })
  await actAs(services, { staffNo: people.branchHead, day: opened, route: openFormRoute, params: { formId }, key: 'demo-form-year-end-open' })
  const answers = await services.db.asBatch((tx) => tx.all(sql<{ id: string; staffNo: string }>`
    SELECT a.id, s.staff_no AS "staffNo" FROM collection_answer a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key WHERE a.form_id = ${formId} ORDER BY s.staff_no`))
  for (const { id, staffNo } of answers) {
    if (staffNo === people.transferred) continue
    const params = { answerId: id }
    const see = async (by: string, day: string): Promise<Seen> => await actAs(services, { staffNo: by, day, route: getAnswerRoute, params }) as Seen
    const { edition, history, subjects } = await see(staffNo, '2026-11-20')
    const draft = staffNo === people.manager
    // what was filled in by an earlier making stays
    if (history.length > 0 || (draft && edition > 1)) continue
    const letter = staffNo === people.colleague ? subjects[0] : undefined
    const letterId = demoId('2026-11-20', 'form-letter', id)
    if (letter) await actAs(services, { staffNo, day: '2026-11-20', route: attachToAnswerRoute, params, body: { id: letterId, cell: 'c4', of: letter.of }, file: scanOf('续存意向书.pdf') })
    const rows = subjects.map((subject): AnswerRow => {
      const chance = new Chance('demo', 'year-end', subject.number ?? '')
      const before = BigInt(subject.prefilled['c1'] ?? '0')
      const goes = chance.pick(['留存', '留存', '留存', '部分转出', '未定'])
      const left = goes === '部分转出' && before > 0n
      return {
        of: subject.of,
        values: {
          c1: String(left ? (before * 6n) / 10n : before), c2: goes, ...(chance.whole(1, 3) === 1 ? { c3: chance.pick(['2026-12-02', '2026-12-04', '2026-12-08']) } : {}), ...(subject === letter ? { c4: letterId } : {}), ...(goes === '未定' ? { c5: '等年终奖发放后再定' } : {}),
        },
        reasons: left ? { c1: '年末支付货款，预计转出四成' } : {},
      }
    })
    await actAs(services, { staffNo, day: '2026-11-20', route: draft ? saveAnswerRoute : submitAnswerRoute, params, body: { edition, rows: draft ? rows.slice(0, Math.ceil(rows.length / 2)) : rows }, key: `demo-answer-${id}` })
    if (staffNo !== people.colleague && staffNo !== people.corporateManager) continue
    const seen = await see(people.outletHead, '2026-11-23')
    if (seen.state !== 'WAITING') continue
    const back = staffNo === people.corporateManager
    await actAs(services, { staffNo: people.outletHead, day: '2026-11-23', route: back ? sendBackAnswerRoute : confirmAnswerRoute, params, body: { edition: seen.edition, ...(back ? { reason: '转出的客户请写明他行报价' } : {}) }, key: `demo-answer-${id}-${back ? 'back' : 'confirm'}` })
  }
}
