import { addBank, type NewBank } from '../deliveries/add-bank.ts'
import type { Services } from '../foundation/http/route.ts'
import { addInstitution } from '../organisation/add-institution.ts'
import { installPosts } from '../organisation/install-posts.ts'

/** A bank begins: its row, the posts of the house, its head office (code HO) from the first day of `from`. Throws when this data directory holds a bank already. */
export async function setUpBank(services: Pick<Services, 'db'>, bank: NewBank & { from?: string }): Promise<{ headOfficeKey: number; headOfficePath: string }> {
  return services.db.asBatch(async (tx) => {
    await addBank(tx, bank)
    await installPosts(tx)
    const headOffice = await addInstitution(tx, { code: 'HO', kind: 'HEAD_OFFICE', name: bank.nameZh, nameEn: bank.nameEn, parentKey: null, from: bank.from ?? '1900-01-01' })
    return { headOfficeKey: headOffice.key, headOfficePath: headOffice.scopePath }
  })
}
