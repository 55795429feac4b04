import { Button } from 'antd'
import { useParams } from 'react-router'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useWho } from '../../ui/who.ts'
import { getContact } from '../contact.contract.ts'
import { ContactTags } from './ContactsPanel.tsx'
import { visitsText } from './visits-text.ts'
import './visits.css'

/** One contact, down to which coverage opens; printed it is the 优质客户维护记录表. */
export default function ContactPage() {
  const t = useText(visitsText)
  const { today } = useBank()
  const who = useWho()
  const { customerId = '', contactId = '' } = useParams()
  const { data, error, refetch } = useContract(getContact, { params: { customerId, contactId } })
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('record')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('record')} /><Skeleton /></Page>
  return (
    <Page>
      <PageHeader
        title={t('record')} crumbs={[{ title: data.customerName, to: `/customers/${customerId}` }]} tags={<ContactTags contact={data} />} sub={t('form')}
        actions={<Button onClick={() => print()}>{t('print')}</Button>}
      />
      <Block title={data.customerName}>
        <Facts facts={[
          { label: t('day'), value: <><DateText date={data.businessDate} form="data" /> {data.startTime}</> }, { label: t('mode'), value: t(data.mode) }, { label: t('purpose'), value: t(data.purpose) },
          { label: t('contactPerson'), value: data.contactPerson ?? '--' }, { label: t('ourPeople'), value: [data.forName === null ? data.staffName : t('standingIn', { name: data.staffName, absent: data.forName }), ...data.ourPeople].join('、') }, { label: t('place'), value: data.place ?? '--' },
          { label: t('entered'), value: <DateText date={data.enteredOn} form="data" /> }, { label: t('lateFlag'), value: t(data.late ? 'yes' : 'no') }, { label: t('counts'), value: t(data.effective ? 'yes' : 'no') },
        ]} />
      </Block>
      <Block title={t('summary')}><div style={{ whiteSpace: 'pre-wrap', maxWidth: 640 }}>{data.summary}</div></Block>
      <Block title={t('sectionNext')}>
        <Facts facts={[{ label: t('nextAction'), value: data.nextAction ?? '--' }, { label: t('nextOn'), value: <DateText date={data.nextOn} form="data" /> }, ...(data.voidReason === null ? [] : [{ label: t('voidReason'), value: data.voidReason }])]} />
      </Block>
      <div className="yq-sign-lines">
        <span>{t('managerSign')}：____________</span><span>{t('headSign')}：____________</span><span>{t('signDay')}：____________</span><span>{who.name} {today}</span>
      </div>
    </Page>
  )
}
