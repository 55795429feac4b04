import { useSearchParams } from 'react-router'
import { findPeople, findUnits } from '../../coordination/coordination.contract.ts'
import { listSegments } from '../../customers/lists/segment.contract.ts'
import { getForm } from '../../forms/form.contract.ts'
import { BuildForm } from '../../forms/pages/BuildForm.tsx'
import { listPosts } from '../../organisation/person.contract.ts'
import { call, useContract } from '../../ui/client.ts'
import type { Choice } from '../../ui/fields.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { aside, usePick } from '../../ui/text.ts'
import { useMay } from '../../ui/who.ts'

const units = async (search: string): Promise<Choice[]> => (await call(findUnits, { query: search === '' ? {} : { search } })).items.map((one) => ({ value: String(one.unitKey), label: one.name }))
const people = async (search: string): Promise<Choice[]> => (await call(findPeople, { query: search === '' ? {} : { search } })).items.map((one) => ({ value: String(one.staffKey), label: aside(one.name, one.unitName) }))

/** A form is built anew, changed while it is a draft (`change`), or copied (`copy`). */
export default function NewForm() {
  const pick = usePick()
  const [address] = useSearchParams()
  const copy = address.get('copy')
  const formId = address.get('change') ?? copy
  const posts = useContract(listPosts, {})
  const may = useMay()
  const segments = useContract(listSegments, {}, { enabled: may('customer.segment') })
  const former = useContract(getForm, { params: { formId: formId ?? '' } }, { enabled: formId !== null })
  if (!posts.data || (may('customer.segment') && !segments.data && !segments.error) || (formId !== null && !former.data && !former.error)) return <Skeleton />
  const { data } = former
  return (
    <BuildForm
      findUnits={units} findPeople={people} segments={(segments.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} posts={posts.data.items.map((post) => ({ value: post.code, label: pick({ zh: post.name, en: post.nameEn }) }))}
      former={data && formId !== null ? {
        formId, copy: copy !== null, edition: data.edition, title: data.title, why: data.why, answersFor: data.answersFor, mostRows: data.mostRows, cells: data.cells, posts: data.addressees?.posts ?? [], dueOn: data.dueOn, confirms: data.confirms, customers: data.customers, purpose: data.purpose,
        units: (data.addressees?.units ?? []).map((one) => ({ value: String(one.key), label: one.name })), people: (data.addressees?.people ?? []).map((one) => ({ value: String(one.staffKey), label: one.name })),
      } : null}
    />
  )
}
