import { useNavigate, useParams } from 'react-router'
import { getCustomer } from '../../customers/customer.contract.ts'
import { useContract } from '../../ui/client.ts'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useText } from '../../ui/text.ts'
import { useMay } from '../../ui/who.ts'
import { NeedCardForm } from '../../visits/pages/needs/NeedCardForm.tsx'
import { needsText } from '../../visits/pages/needs/needs-text.ts'

/** A need card of a customer is recorded: his name stands above, the rest is the form. */
export default function NewNeedCard() {
  const t = useText(needsText)
  const may = useMay()
  const navigate = useNavigate()
  const { customerId = '' } = useParams()
  const { data, error, refetch } = useContract(getCustomer, { params: { customerId } })
  if (isNotFound(error)) return <NotFound />
  const back = `/customers/${customerId}?tab=needs`
  const readOnly = data !== undefined && ['GRANT', 'ABSENT', 'ALL'].includes(data.relation)
  return (
    <Page>
      <PageHeader title={t('newCard')} crumbs={data ? [{ title: data.name, to: back }] : []} sub={data && <span className="yq-name">{data.name}</span>} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton /> : readOnly || !may('need.record') ? <Note tone="warning">{t('readOnly')}</Note>
        : <NeedCardForm key={customerId} customerId={customerId} segment={data.kind} onDone={(cardId) => void navigate(`/customers/${customerId}/need-cards/${cardId}`, { replace: true })} onCancel={() => void navigate(-1)} />}
    </Page>
  )
}
