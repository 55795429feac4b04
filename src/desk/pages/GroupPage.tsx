import { GroupView, type FindUnits } from '../../customers/pages/relations/GroupView.tsx'
import { listInstitutions } from '../../organisation/institution.contract.ts'
import { call } from '../../ui/client.ts'

const findUnits: FindUnits = async (text) =>
  (await call(listInstitutions, { query: {} })).items.filter((unit) => unit.to === null && unit.name.includes(text)).slice(0, 20).map((unit) => ({ value: String(unit.key), label: unit.name }))

/** A group of customers: the desk adds the units of the organisation. */
export default function GroupPage() {
  return <GroupView findUnits={findUnits} />
}
