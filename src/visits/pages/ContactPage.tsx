import { Link, useParams } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Note } from '../../ui/Note.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useToast } from '../../ui/Confirm.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useMay } from '../../ui/who.ts'
import { checkContact, getContact } from '../contact.contract.ts'
import { printContact } from '../print.contract.ts'
import { ContactTags } from './ContactsPanel.tsx'
import { Photos } from './Photos.tsx'
import { PrintForm } from './PrintForms.tsx'
import { Promises } from './Promises.tsx'
import { visitsText } from './visits-text.ts'
import './visits.css'

/** One contact, down to which coverage opens: the whole 优质客户维护记录表 with its promises and photos, to be printed in the bank's form. */
export default function ContactPage() {
  const t = useText(visitsText)
  const may = useMay()
  const toast = useToast()
  const { customerId = '', contactId = '' } = useParams()
  const { data, error, refetch } = useContract(getContact, { params: { customerId, contactId } })
  const check = useAct(checkContact, { refresh: ['contact'], onDone: () => toast(t('checkedNow')) })
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('record')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('record')} /><Skeleton /></Page>
  const changes = [['changedOperations', data.changedOperations], ['changedPeople', data.changedPeople], ['changedFinance', data.changedFinance], ['changedFunds', data.changedFunds]] as const
  const changed = changes.some(([, text]) => text !== null)
  return (
    <Page>
      <PageHeader
        title={t('record')} crumbs={[{ title: data.customerName, to: `/customers/${customerId}` }]} tags={<ContactTags contact={data} />} sub={t('form')}
        actions={
          <>
            {data.checkedOn === null && data.may['check']?.allowed && <ActionButton may={data.may['check']} refusals={checkContact.refusals} onClick={() => check.mutate({ params: { customerId, contactId } })}>{t('check')}</ActionButton>}
            {may('contact.print') && <PrintForm contract={printContact} params={{ customerId, contactId }} />}
          </>
        }
      />
      {data.like && (
        <Note tone="warning">
          {data.like.customerName === null ? t('likeHidden', { percent: data.like.percent }) : t('like', { customer: data.like.customerName, day: data.like.businessDate ?? '', percent: data.like.percent })}
          {data.like.address !== null && <> <Link to={data.like.address}>{t('likeOpen')}</Link></>}
        </Note>
      )}
      <Block title={data.customerName}>
        <Facts facts={[
          { label: t('recordNo'), value: data.number ?? '--' }, { label: t('tier'), value: data.tier },
          { label: t('day'), value: <><DateText date={data.businessDate} form="data" /> {data.startTime}</> }, { label: t('mode'), value: t(data.mode) }, { label: t('purpose'), value: t(data.purpose) },
          { label: t('contactPerson'), value: [data.contactPerson, ...data.theirPeople].filter((one) => one !== null).join(mark('、')) || '--' },
          { label: t('ourPeople'), value: [data.forName === null ? data.staffName : t('standingIn', { name: data.staffName, absent: data.forName }), ...data.ourPeople].join(mark('、')) }, { label: t('place'), value: data.place ?? '--' },
          { label: t('entered'), value: <DateText date={data.enteredOn} form="data" /> }, { label: t('lateFlag'), value: t(data.late ? 'yes' : 'no') }, { label: t('counts'), value: t(data.effective ? 'yes' : 'no') },
          { label: t('balanceBefore'), value: data.balanceBeforeFen === null ? '--' : <Amount fen={data.balanceBeforeFen} withUnit /> }, { label: t('balanceAfter'), value: data.balanceAfterFen === null ? '--' : <Amount fen={data.balanceAfterFen} withUnit /> },
          { label: t('needCards'), value: data.needCards.length === 0 ? '--' : data.needCards.map((card) => <Link key={card.id} to={`/customers/${customerId}/need-cards/${card.id}`}>{card.number} </Link>) },
          { label: t('checked'), value: data.checkedBy === null ? '--' : t('checkedBy', { name: data.checkedBy, day: data.checkedOn ?? '' }) },
        ]} />
      </Block>
      <Block title={t('summary')}><div style={{ whiteSpace: 'pre-wrap', maxWidth: 640 }}>{data.summary === '' ? <span className="yq-quiet">{t('restrictedSummary')}</span> : data.summary}</div></Block>
      {(changed || data.riskSignals.length > 0) && (
        <Block title={t('sectionChanges')}>
          <div className="yq-stack">
            {changed && <Facts facts={changes.filter(([, text]) => text !== null).map(([label, text]) => ({ label: t(label), value: text ?? '' }))} />}
            {data.riskSignals.length > 0 && <div className="yq-row">{data.riskSignals.map((code) => <Tag key={code} tone="orange" icon="◆">{t(code)}</Tag>)}<span>{data.riskNote}</span></div>}
          </div>
        </Block>
      )}
      {data.promises.length > 0 && <Block title={t('promises')}><Promises customerId={customerId} promises={data.promises} /></Block>}
      <Block title={t('sectionNext')}>
        <Facts facts={[{ label: t('nextAction'), value: data.nextAction ?? '--' }, { label: t('nextOn'), value: <DateText date={data.nextOn} form="data" /> }, ...(data.voidReason === null ? [] : [{ label: t('voidReason'), value: data.voidReason }])]} />
      </Block>
      <Photos customerId={customerId} contactId={contactId} />
    </Page>
  )
}
