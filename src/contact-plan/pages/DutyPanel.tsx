import { Link } from 'react-router'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useText } from '../../ui/text.ts'
import { getCustomerDuty } from '../coverage.contract.ts'
import { DutyTag } from './Coverage.tsx'
import { coverageText } from './coverage-text.ts'

/** How often this customer must be contacted, when he was last, and the month's duty. A part of the customer's page. */
export function DutyPanel({ customerId }: { customerId: string }) {
  const t = useText(coverageText)
  const { data, error, refetch } = useContract(getCustomerDuty, { params: { customerId }, query: {} })
  return (
    <Block title={t('duty')} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()}>
      {data && (
        <Facts facts={[
          { label: t('duty'), value: data.everyMonths === 1 ? t('monthly') : t('every', { n: data.everyMonths }) },
          { label: t('last'), value: data.lastContact === null ? t('never') : <DateText date={data.lastContact} /> },
          ...(data.duty === null ? [{ label: t('state'), value: t('noMonthly') }] : [
            { label: t('state'), value: data.duty.contactId === null ? <DutyTag state={data.duty.state} /> : <Link to={`/customers/${customerId}/contacts/${data.duty.contactId}`}><DutyTag state={data.duty.state} /></Link> },
            { label: t('owner'), value: data.duty.ownerName ?? t('nobody') },
            { label: t('deadline'), value: <Deadline date={data.lastDay} done={data.duty.state !== 'OPEN'} /> },
          ]),
        ]} />
      )}
    </Block>
  )
}
