import type { FindPeople } from '../../customers/pages/CustomerForms.tsx'
import { CustomerTable } from '../../customers/pages/CustomerTable.tsx'
import { DepositFigures } from '../../holdings/pages/DepositFigures.tsx'
import { listInstitutions } from '../../organisation/institution.contract.ts'
import { listPeople } from '../../organisation/person.contract.ts'
import { call, useContract } from '../../ui/client.ts'
import { useSettings } from '../../ui/settings.ts'
import { useMay } from '../../ui/who.ts'
import { aside } from '../../ui/text.ts'

const findPeople: FindPeople = async (text) =>
  (await call(listPeople, { query: { q: text, limit: 10 } })).items.map((person) => ({ value: String(person.staffKey), label: aside(person.name, [person.staffNo, person.placeName].filter(Boolean).join(' ')) }))

/** The customers of one's scope with its deposits above; outlets and managers to filter by come from the organisation. */
export default function CustomerList() {
  const may = useMay()
  const { language } = useSettings()
  const leads = may('customer.assign')
  const units = useContract(listInstitutions, { query: {} }, { enabled: leads })
  const people = useContract(listPeople, { query: { postCode: 'RM', limit: 200 } }, { enabled: leads })
  return (
    <CustomerTable findPeople={findPeople}
      above={may('holdings.sums') && <DepositFigures />}
      outlets={(units.data?.items ?? []).filter((unit) => unit.kind === 'OUTLET').map((unit) => ({ value: String(unit.key), label: language === 'zh' ? unit.name : unit.nameEn }))}
      managers={(people.data?.items ?? []).map((person) => ({ value: String(person.staffKey), label: aside(person.name, person.lineName ?? person.staffNo) }))}
    />
  )
}
