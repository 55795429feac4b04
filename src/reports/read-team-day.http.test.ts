import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { recordContactRoute } from '../flows/record-contact.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { recordContact } from '../visits/contact.contract.ts'
import { readTeamDayRoute } from './read-team-day.ts'
import { readTeamDay, type TeamMember } from './team-day.contract.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank([recordContactRoute, readTeamDayRoute])
  const { li, wang, qian } = bank.staff
  const [first, second, foreign] = [await bank.customer({ main: li }), await bank.customer({ main: wang }), await bank.customer({ main: qian })]
  const had = (who: Colleague, customerId: string, more: Record<string, unknown>) => bank.ask(who, recordContact, { params: { customerId }, body: { id: newId(), mode: 'PHONE', summary: '例行电话', ...more } })
  await had(li, first, { businessDate: '2026-11-23' })
  await had(li, first, { businessDate: '2026-11-23', mode: 'GREETING' })
  await had(li, first, { businessDate: '2026-10-30' })
  await had(wang, second, { businessDate: '2026-11-10', nextAction: '送方案', nextOn: '2026-11-20' })
  await had(qian, foreign, { businessDate: '2026-11-23' })
})
afterAll(() => bank.close())

const members = async (who: Colleague): Promise<TeamMember[]> => (await bank.ask(who, readTeamDay)).body['members'] as TeamMember[]

describe('the team’s day', () => {
  test('people of the line, who has promises past their day first, with what they did', async () => {
    expect((await members(bank.staff.lead)).map(({ name, today, month, overdue }) => [name, today, month, overdue])).toEqual([['王凯', 0, 1, 1], ['李晓雯', 2, 1, 0]])
  })
  test('a head of the branch sees the outlets below, not the other branch; the bank’s leader all; a manager himself', async () => {
    const names = async (who: Colleague) => (await members(who)).map((member) => member.name).sort()
    expect(await names(bank.staff.branchHead)).toEqual(['李晓雯', '王凯', '赵敏'].sort())
    expect(await names(bank.staff.otherBranchHead)).toEqual(['钱进'])
    expect(await names(bank.staff.leader)).toEqual(['李晓雯', '王凯', '赵敏', '钱进'].sort())
    expect(await names(bank.staff.li)).toEqual(['李晓雯'])
  })
  test.each(['lobby', 'placeHead', 'reviewer', 'compliance', 'aml', 'hr', 'admin'] as const)('%s: not allowed', async (who) => {
    expect((await bank.ask(bank.staff[who], readTeamDay)).body.refusal).toBe('not-allowed')
  })
})
