import { beginBank } from '../access/first-administrator.contract.ts'
import { admitFirstAdministrator, giveFirstPassword, takeSetUpCode } from '../access/first-administrator.ts'
import { addBank, type NewBank } from '../deliveries/add-bank.ts'
import { installDuties } from '../duties/install-duties.ts'
import type { Transaction } from '../foundation/database/transaction.ts'
import { handleAlone, type Services } from '../foundation/http/route.ts'
import { calendarOf } from '../foundation/values/working-calendar.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { addInstitution } from '../organisation/add-institution.ts'
import { hirePerson } from '../organisation/hire-person.ts'
import { holdPost } from '../organisation/hold-post.ts'
import { installPosts } from '../organisation/install-posts.ts'

/** A bank begins: its row, the posts of the house, its head office (code HO) from the first day of `from`. Throws when this data directory holds a bank already. */
export async function setUpBank(services: Pick<Services, 'db'>, bank: NewBank & { from?: string }): Promise<{ headOfficeKey: number; headOfficePath: string }> {
  return services.db.asBatch((tx) => begin(tx, bank))
}

async function begin(tx: Transaction, bank: NewBank & { from?: string }): Promise<{ headOfficeKey: number; headOfficePath: string }> {
  await addBank(tx, bank)
  await installPosts(tx)
  await installDuties(tx, bank.businessDate)
  const headOffice = await addInstitution(tx, { code: 'HO', kind: 'HEAD_OFFICE', name: bank.nameZh, nameEn: bank.nameEn, parentKey: null, from: bank.from ?? '1900-01-01' })
  return { headOfficeKey: headOffice.key, headOfficePath: headOffice.scopePath }
}

/**
 * The same from the page, by whoever read the code in the server's window: the bank and its administrator at the head office stand or fall together, so
 * that there is never a bank into which nobody can sign in. Sent twice it is done once.
 */
export const beginBankRoute = handleAlone(beginBank, async ({ body }, context) => {
  const { services } = context
  const admitted = await admitFirstAdministrator(body, context)
  if (!admitted.ok) return admitted
  if (admitted.value.again) return ok({ staffNo: body.staffNo })
  if (body.bankCode === 'demo') return refuse('bank-code-reserved', { field: 'bankCode' })
  const calendar = calendarOf(body.calendar)
  if (body.businessDate < calendar.knownFrom || body.businessDate > calendar.knownUntil) {
    return refuse('calendar-unknown', { field: 'businessDate', details: { from: calendar.knownFrom, until: calendar.knownUntil } })
  }
  try {
    return await services.db.asBatch(async (tx) => {
      const code = await takeSetUpCode(tx, body, admitted.value)
      if (!code.ok) return code
      if (code.value === 'done-before') return ok({ staffNo: body.staffNo })
      const { headOfficeKey } = await begin(tx, { code: body.bankCode, nameZh: body.nameZh, nameEn: body.nameEn, currency: body.currency, calendar: body.calendar, businessDate: body.businessDate })
      const staffKey = await hirePerson(tx, { staffNo: body.staffNo, name: body.administratorName, from: body.businessDate })
      await holdPost(tx, { staffKey, postCode: 'ADMIN', lineKey: headOfficeKey, placeKey: headOfficeKey, from: body.businessDate })
      await giveFirstPassword(tx, staffKey, admitted.value.passwordHash)
      return ok({ staffNo: body.staffNo })
    }, { personKey: null, postKey: null, requestId: context.requestId })
  } catch (error) {
    // a delivery began the bank at the same moment: the key of `bank` lets only one through
    if ((error as { code?: string }).code === '23505') return refuse('bank-exists')
    throw error
  }
})
