import { Link, useParams } from 'react-router'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { DateText } from '../../../ui/DateText.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useText } from '../../../ui/text.ts'
import { readHappened } from '../../ownership/substitution.contract.ts'
import { ownershipText } from './ownership-text.ts'
import { SubstitutionTag } from './Substitutions.tsx'

/** One substitution with the list of what happened meanwhile. */
export default function Substitution() {
  const t = useText(ownershipText)
  const { substitutionId = '' } = useParams()
  const { data, error, refetch } = useContract(readHappened, { params: { substitutionId } })
  if (isNotFound(error)) return <NotFound />
  if (!data) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}</Page>
  const { substitution: row, contacts } = data
  return (
    <Page>
      <PageHeader title={`${row.substitute.name} → ${row.absent.name}`} crumbs={[{ title: t('substitutions'), to: '/substitutions' }]} tags={<SubstitutionTag row={row} />} sub={<span><DateText date={row.from} form="data" /> – <DateText date={row.until} form="data" /></span>} />
      <div className="yq-grid" data-columns="2-1">
        <Block title={t('happened')} flush={contacts.length > 0}>
          {contacts.length === 0 ? <EmptyState title={t('nothingHappened')} /> : (
            <PlainTable
              label={t('happened')} columns={[{ key: 'day', title: t('date') }, { key: 'name', title: t('name') }, { key: 'summary', title: t('contact') }, { key: 'next', title: t('nextStep') }]}
              rows={contacts.map((one) => ({ key: one.contactId, cells: [
                <DateText date={one.day} />, <Link className="yq-name" to={`/customers/${one.customerId}/contacts/${one.contactId}`}>{one.customerName}</Link>, one.summary, one.nextAction === null ? '--' : `${one.nextAction}${one.nextOn === null ? '' : ` ${one.nextOn}`}`,
              ] }))}
            />
          )}
        </Block>
        <Block title={t('substitutions')}>
          <Facts facts={[
            { label: t('absent'), value: `${row.absent.name} ${row.absent.staffNo}` }, { label: t('substitute'), value: `${row.substitute.name} ${row.substitute.staffNo}` }, { label: t('customers'), value: row.customers === 'ALL' ? t('ALL') : t('listed', { n: row.listed }) },
            { label: t('reason'), value: row.reason }, { label: t('askedBy'), value: row.askedBy }, { label: t('confirmedBy'), value: row.confirmedBy ?? (row.byRule ? t('byRule') : '--') },
            ...(row.endReason === null ? [] : [{ label: t('end'), value: row.endReason }]),
          ]} />
        </Block>
      </div>
    </Page>
  )
}
