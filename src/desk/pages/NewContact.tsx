import { useNavigate, useParams } from 'react-router'
import { getCustomer } from '../../customers/customer.contract.ts'
import { useContract } from '../../ui/client.ts'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { reasonText } from '../../ui/ActionButton.tsx'
import { useMay } from '../../ui/who.ts'
import { recordContact } from '../../visits/contact.contract.ts'
import { ContactForm } from '../../visits/pages/ContactForm.tsx'
import { visitsText } from '../../visits/pages/visits-text.ts'

/** A contact with a customer is recorded: his name stands above, the rest is the form. */
export default function NewContact() {
  const t = useText(visitsText)
  const pick = usePick()
  const may = useMay()
  const navigate = useNavigate()
  const { customerId = '' } = useParams()
  const { data, error, refetch } = useContract(getCustomer, { params: { customerId } })
  if (isNotFound(error)) return <NotFound />
  const back = `/customers/${customerId}`
  const readOnly = data !== undefined && ['GRANT', 'ABSENT', 'ALL'].includes(data.relation)
  return (
    <Page>
      <PageHeader title={t('recordContact')} crumbs={data ? [{ title: data.name, to: back }] : []} sub={data && <span className="yq-name">{data.name}</span>} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton />
        : readOnly || !may('contact.record') ? <Note tone="warning">{pick(reasonText(readOnly && data.relation === 'GRANT' ? 'read-only-grant' : readOnly && data.relation === 'ABSENT' ? 'absent' : 'not-allowed', recordContact.refusals))}</Note>
          : <ContactForm key={customerId} customerId={customerId} onDone={() => void navigate(back, { replace: true })} onCancel={() => void navigate(-1)} />}
    </Page>
  )
}
