import { lazy, Suspense, useState } from 'react'
import { Navigate, useNavigate, useParams } from 'react-router'
import { CustomerHistory } from '../../access/pages/HistoryPanel.tsx'
import { GrantsPanel } from '../../access/pages/GrantsPanel.tsx'
import { getCustomerDuty } from '../../contact-plan/coverage.contract.ts'
import { LeaderVisitPanel } from '../../contact-plan/pages/LeaderVisits.tsx'
import { findAlias } from '../../customers/duplicates/duplicate.contract.ts'
import { assignCustomerContract, editCustomer, getCustomer, listCustomers } from '../../customers/customer.contract.ts'
import { identityText } from '../../customers/pages/identity/identity-text.ts'
import { AssignManagers, EditCustomer, type FindPeople } from '../../customers/pages/CustomerForms.tsx'
import { CustomerFile } from '../../customers/pages/file/CustomerFile.tsx'
import type { FindCustomers } from '../../customers/pages/relations/RecordRelation.tsx'
import { IdentityPanel, ManagersPanel, type CustomerView } from '../../customers/pages/CustomerPanels.tsx'
import { CustomerTags } from '../../customers/pages/lists/CustomerTags.tsx'
import { OwnershipPanel } from '../../customers/pages/ownership/OwnershipPanel.tsx'
import { TierPanel } from '../../customers/pages/tiers/TierPanel.tsx'
import { ValueTab } from '../../customers/pages/value/ValueTab.tsx'
import { HoldingsPanels, TransactionsPanel, ValuePanel } from '../../holdings/pages/HoldingsPanels.tsx'
import { listPeople } from '../../organisation/person.contract.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Amount } from '../../ui/Amount.tsx'
import { Change } from '../../ui/Change.tsx'
import { call, useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { KeyFigures, type KeyFigure } from '../../ui/KeyFigures.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { usePhone } from '../../ui/settings.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { aside, useText } from '../../ui/text.ts'
import { recordContact } from '../../visits/contact.contract.ts'
import { NeedsPanel } from '../../visits/pages/needs/NeedsPanel.tsx'
import { ContactsPanel } from '../../visits/pages/ContactsPanel.tsx'
import { SecretNotesPanel } from '../../conduct/pages/SecretNotesPanel.tsx'
import { customerPageText } from './customer-page-text.ts'
import { TimelinePanel } from './TimelinePanel.tsx'
import { CustomerWarnings, CustomerWatchPanel } from './CustomerWatch.tsx'

const findPeople: FindPeople = async (text) =>
  (await call(listPeople, { query: { q: text, limit: 10 } })).items.map((person) => ({ value: String(person.staffKey), label: aside(person.name, [person.staffNo, person.placeName].filter(Boolean).join(' ')) }))

// the drawing's library comes with the tab
const RelationsPanel = lazy(async () => ({ default: (await import('../../customers/pages/relations/RelationsPanel.tsx')).RelationsPanel }))
const findCustomers: FindCustomers = async (text, kind) =>
  (await call(listCustomers, { query: { q: text, limit: 10, count: 'no', ...(kind === undefined ? {} : { kind }) } })).items.map((one) => ({ value: one.customerId, label: aside(one.name, one.number) }))

/** One customer: who it is, who looks after it, what it holds and is worth, its contacts and history. Each block asks for itself: one failing does not break the page. */
export default function CustomerPage() {
  const t = useText(customerPageText)
  const phone = usePhone()
  const navigate = useNavigate()
  const customerId = useParams()['customerId'] ?? ''
  const [form, setForm] = useState<'edit' | 'assign' | null>(null)
  const { data: customer, error, refetch } = useContract(getCustomer, { params: { customerId } }, { keepOld: false })
  const tabs = [
    { key: 'overview', label: t('overview') }, { key: 'holdings', label: t('holdings') }, { key: 'value', label: t('value') }, { key: 'flows', label: t('flows') },
    { key: 'contacts', label: t('contacts') }, { key: 'needs', label: t('needs') }, ...(phone ? [{ key: 'timeline', label: t('timeline') }] : []), { key: 'relations', label: t('relations') }, { key: 'file', label: t('file') },
    { key: 'ownership', label: t('ownership') }, { key: 'history', label: t('history') },
  ]
  const tab = usePageTab(tabs)
  if (isNotFound(error)) return <LedOrNotFound customerId={customerId} />
  if (!customer) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />}</Page>
  const { may } = customer
  // on the phone the parts of the page begin where one sees them: figures and tags stand in the overview
  const whole = !phone || tab === 'overview'
  const contacts = <ContactsPanel customerId={customerId} limit={10} />
  // absent for everybody whom no note names
  const secret = <SecretNotesPanel customerId={customerId} findPeople={findPeople} />

  return (
    <Page>
      <PageHeader
        title={customer.name} crumbs={[{ title: t('customers'), to: '/customers' }]} tags={<><Tags customer={customer} /><CustomerWarnings customerId={customerId} /></>} sub={<Sub customer={customer} />} thumb
        actions={
          <>
            <ActionButton type="primary" may={may['contact.record']} refusals={recordContact.refusals} onClick={() => void navigate(`/customers/${customerId}/contacts/new`)}>{t('record')}</ActionButton>
            {may['contact.record']?.allowed && <ActionButton may={may['contact.record']} onClick={() => void navigate(`/calendar?new=1&customer=${customerId}`)}>{t('planAppointment')}</ActionButton>}
            {may['customer.assign']?.allowed && <ActionButton may={may['customer.assign']} refusals={assignCustomerContract.refusals} onClick={() => setForm('assign')}>{t('assign')}</ActionButton>}
            {may['customer.edit']?.allowed && <ActionButton may={may['customer.edit']} refusals={editCustomer.refusals} onClick={() => setForm('edit')}>{t('edit')}</ActionButton>}
          </>
        }
      />
      {whole && <CustomerTags customerId={customerId} mayTag={may['customer.tag']?.allowed === true} />}
      {customer.relation === 'GRANT' && <Note tone="info">{t('byGrantNote')}</Note>}
      {customer.relation === 'SUBSTITUTE' && <Note tone="info">{t('substituteNote')}</Note>}
      {customer.relation === 'ABSENT' && <Note tone="info">{t('absentNote')}</Note>}
      {whole && <Figures customer={customer} />}
      <PageTabs tabs={tabs} label={t('parts')} />
      {tab === 'overview' && (phone
        ? <div className="yq-stack"><CustomerWatchPanel customerId={customerId} name={customer.name} /><ValuePanel customerId={customerId} /><IdentityPanel customer={customer} /><ManagersPanel customer={customer} /></div>
        : (
          <div className="yq-grid" data-columns="2-1">
            <div className="yq-stack"><CustomerWatchPanel customerId={customerId} name={customer.name} /><ValuePanel customerId={customerId} /><IdentityPanel customer={customer} /><ManagersPanel customer={customer} /></div>
            <div className="yq-stack"><TimelinePanel customerId={customerId} />{secret}</div>
          </div>
        ))}
      {tab === 'holdings' && <div className="yq-stack"><HoldingsPanels customerId={customerId} mayReveal={may['customer.reveal']?.allowed === true} /></div>}
      {tab === 'relations' && <Suspense fallback={<Skeleton lines={8} />}><RelationsPanel customerId={customerId} kind={customer.kind} findCustomers={findCustomers} /></Suspense>}
      {tab === 'value' && <div className="yq-stack"><ValueTab customerId={customerId} /><TierPanel customerId={customerId} name={customer.name} /></div>}
      {tab === 'flows' && <TransactionsPanel customerId={customerId} />}
      {tab === 'needs' && <NeedsPanel customerId={customerId} />}
      {tab === 'contacts' && <div className="yq-stack"><LeaderVisitPanel customerId={customerId} />{contacts}{secret}</div>}
      {tab === 'timeline' && <TimelinePanel customerId={customerId} />}
      {tab === 'file' && <div className="yq-stack"><CustomerFile customerId={customerId} /><ManagersPanel customer={customer} /><GrantsPanel customerId={customerId} findPeople={findPeople} /></div>}
      {tab === 'ownership' && <div className="yq-stack"><OwnershipPanel customerId={customerId} name={customer.name} /></div>}
      {tab === 'history' && <CustomerHistory customerId={customerId} />}
      {form === 'edit' && <EditCustomer customer={customer} onClose={() => setForm(null)} />}
      {form === 'assign' && <AssignManagers customer={customer} onClose={() => setForm(null)} findPeople={findPeople} />}
    </Page>
  )
}

function Tags({ customer }: { customer: CustomerView }) {
  const t = useText(customerPageText)
  const i = useText(identityText)
  return (
    <>
      {customer.tier === 'T1' && <Tag tone="tier" icon="★">{t('core')}</Tag>}
      {customer.tier === 'T2' && <Tag>{t('tierT2')}</Tag>}
      {customer.status === 'PROSPECT' && <Tag>{t('prospect')}</Tag>}
      {customer.status === 'CLOSED' && <Tag tone="warning" icon="■">{t('closed')}</Tag>}
      {customer.relation === 'GRANT' && <Tag tone="info" icon="●">{t('byGrant')}</Tag>}
      {customer.changesRequested.map((field) => <Tag key={field} tone="warning" icon="■">{i('requested', { what: i(field) })}</Tag>)}
    </>
  )
}

function Sub({ customer }: { customer: CustomerView }) {
  const t = useText(customerPageText)
  const people = customer.assignments.filter((slice) => slice.now).map((slice) => t(slice.main ? 'main' : 'assist', { name: slice.person.name, share: slice.sharePct.replace(/\.?0+$/, '') }))
  return <span>{[customer.number, customer.outletName, ...people, customer.figures.asOf === null ? null : t('asOf', { day: customer.figures.asOf })].filter(Boolean).join(' · ')}</span>
}

/** At most four figures; the duty of contact is the fourth for whoever may see contacts. */
function Figures({ customer }: { customer: CustomerView }) {
  const t = useText(customerPageText)
  const { figures, customerId } = customer
  const { data: duty } = useContract(getCustomerDuty, { params: { customerId }, query: {} })
  const contact: KeyFigure[] = duty ? [{
    label: t(duty.duty ? 'monthlyDuty' : 'frequency'), to: '?tab=contacts',
    value: duty.duty ? <Tag tone={duty.duty.state === 'OPEN' ? 'warning' : 'success'} icon={duty.duty.state === 'OPEN' ? '■' : '✓'}>{t(duty.duty.state)}</Tag> : t('noDuty', { n: duty.everyMonths }),
    note: <>{t('lastContact')} {duty.lastContact === null ? t('never') : <DateText date={duty.lastContact} />}</>,
  }] : []
  return (
    <KeyFigures figures={[
      { label: t('deposits'), value: <Amount fen={figures.depositFen} />, to: '?tab=holdings', note: figures.asOf === null ? t('noFigures') : t('asOf', { day: figures.asOf }) },
      { label: t('monthAdb'), value: <Amount fen={figures.monthAdbFen} />, to: '?tab=overview', note: <>{t('lastMonth')} <Change fen={(BigInt(figures.monthAdbFen) - BigInt(figures.lastMonthAdbFen)).toString()} /></> },
      { label: t('loans'), value: <Amount fen={figures.loanFen} />, to: '?tab=holdings' },
      ...contact,
    ]} />
  )
}

/** A customer that was merged leads to the one that stayed; whoever may not see that one is told the same as of nobody. */
function LedOrNotFound({ customerId }: { customerId: string }) {
  const { data, error } = useContract(findAlias, { params: { customerId } }, { keepOld: false })
  if (data) return <Navigate to={`/customers/${data.customerId}`} replace />
  return error ? <NotFound /> : <Page><Skeleton lines={10} /></Page>
}
