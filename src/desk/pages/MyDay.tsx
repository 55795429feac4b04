import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { getCoverage, listDueContacts, type CoverageRow } from '../../contact-plan/coverage.contract.ts'
import { LeaderVisits } from '../../contact-plan/pages/LeaderVisits.tsx'
import { listPlannedContacts } from '../../contact-plan/planned-contact.contract.ts'
import { readTeamDay } from '../../reports/team-day.contract.ts'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { dateText } from '../../ui/date-format.ts'
import { DateText } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useMay, useWho } from '../../ui/who.ts'
import { listContacts, listNextSteps } from '../../visits/contact.contract.ts'
import { ContactTags } from '../../visits/pages/ContactsPanel.tsx'
import { addDays } from '../../foundation/values/business-date.ts'
import { listAlerts, type AlertView } from '../../watch/alert.contract.ts'
import { AlertKindTag } from '../../watch/pages/AlertParts.tsx'
import { useMenu } from '../menu-context.ts'
import { useAlertDrawers } from './AnswerAlert.tsx'
import { WatchFigures } from './WatchFigures.tsx'
import { DutiesOfToday } from './DutiesOfToday.tsx'
import { dayText } from './day-text.ts'
import './day.css'

const ratioOf = (percent: string | null): string | null => (percent === null ? null : String(Number(percent) / 100))

/** Where the day begins: a manager sees what is due with a reason and one verb; a head the people of his line, worst first; every other post what it can do. */
export default function MyDay() {
  const { postCode } = useWho()
  const may = useMay()
  if (!may('contact.list')) return <OtherHome />
  return postCode === 'RM' ? <ManagersDay /> : <TeamsDay own={postCode === 'TEAM_LEAD' || postCode === 'OUTLET_HEAD'} />
}

function useDay(): string {
  const { today } = useBank()
  const { language } = useSettings()
  const { name } = useWho()
  const t = useText(dayText)
  return t('greeting', { day: dateText(today, 'list', language, today), name })
}

function ManagersDay() {
  const t = useText(dayText)
  const title = useDay()
  const navigate = useNavigate()
  return (
    <Page>
      <PageHeader title={t('myDay')} sub={<><div>{title}</div><OwnCoverage /></>} actions={<Button type="primary" onClick={() => void navigate('/record')}>{t('record')}</Button>} />
      <div className="yq-grid" data-columns="2-1">
        <ToDo />
        <div className="yq-stack"><DutiesOfToday /><WatchFigures mine /><LeaderVisits /><DoneToday /></div>
      </div>
    </Page>
  )
}

function OwnCoverage() {
  const t = useText(dayText)
  const { staffKey } = useWho()
  const { data } = useContract(getCoverage, { query: { by: 'MANAGER' } })
  if (!data) return null
  const { met, duties, coveragePct } = data.total
  return (
    <span className="yq-row">
      <Link to={`/coverage?manager=${staffKey}`}>{t('coverage')}</Link>
      <strong className="yq-num">{coveragePct === null ? t('noDuty') : `${coveragePct}%`}</strong>
      <span className="yq-num">{t('coverageOf', { met, duties })}</span>
      <span style={{ width: 120 }}><Meter ratio={ratioOf(coveragePct)} /></span>
    </span>
  )
}

type Line = { key: string; to: string; customerId: string; name: string; core: boolean; reason: ReactNode; when: ReactNode; dueOn: string; alert?: AlertView }
/** Alerts that are due within so many days stand in the list of the day. */
const alertsAhead = 7

/** One list by urgency: promises and alerts by their day, then whom to contact this month. */
function ToDo() {
  const t = useText(dayText)
  const { today } = useBank()
  const steps = useContract(listNextSteps, { query: { until: today, limit: 100 } })
  const due = useContract(listDueContacts, { query: { limit: 100 } })
  const planned = useContract(listPlannedContacts, { query: { until: addDays(today, alertsAhead) } })
  const alerts = useContract(listAlerts, { query: { mine: 'true', dated: 'true', limit: 60 } })
  const pick = usePick()
  const { open, drawers } = useAlertDrawers()
  const failed = steps.error ?? due.error ?? alerts.error ?? planned.error
  const promises = steps.data?.items ?? []
  const warned = (alerts.data?.items ?? []).filter((alert) => alert.dueOn === null || alert.dueOn <= addDays(today, alertsAhead))
  const dated: Line[] = [
    ...promises.map((step): Line => ({
      key: step.contactId, to: `/customers/${step.customerId}`, customerId: step.customerId, name: step.customerName, core: false, reason: t('promise', { what: step.action }), when: <Deadline date={step.dueOn} />, dueOn: step.dueOn,
    })),
    ...(planned.data?.items ?? []).map((one): Line => ({
      key: one.plannedId, to: `/customers/${one.customerId}`, customerId: one.customerId, name: one.customerName, core: one.tier === 'T1', reason: t('plannedContact', { what: one.subject }), when: <Deadline date={one.plannedOn} />, dueOn: one.plannedOn,
    })),
    ...warned.map((alert): Line => ({
      key: alert.id, to: `/customers/${alert.customerId}`, customerId: alert.customerId, name: alert.customerName, core: alert.tier === 'T1', reason: <><AlertKindTag kind={alert.kind} /> {pick(alert.reason)}</>, when: <Deadline date={alert.dueOn} />,
      dueOn: alert.dueOn ?? today, alert,
    })),
  ]
  // the sort is stable: of one day the promises come first
  dated.sort((a, b) => (a.dueOn === b.dueOn ? 0 : a.dueOn < b.dueOn ? -1 : 1))
  const lines: Line[] = [
    ...dated,
    ...(due.data?.items ?? []).map((one): Line => ({
      key: `${one.customerId}${one.reason}`, to: `/customers/${one.customerId}`, customerId: one.customerId, name: one.name, core: one.tier === 'T1',
      reason: <>{one.reason === 'MONTHLY' ? t('MONTHLY') : t(one.reason, { n: one.everyMonths })}<span className="yq-quiet"> · {one.lastContact === null ? t('never') : <>{t('last')}<DateText date={one.lastContact} /></>}</span></>,
      when: <Deadline date={one.dueOn} />, dueOn: one.dueOn,
    })),
  ]
  const overdue = dated.filter((line) => line.dueOn < today).length
  const dueNow = dated.filter((line) => line.dueOn === today).length
  return (
    <Block
      title={t('todo')} asOf={due.data?.asOf} loading={steps.isPending || due.isPending || alerts.isPending || planned.isPending} error={failed} flush={lines.length > 0}
      onRetry={() => {
        void steps.refetch()
        void due.refetch()
        void alerts.refetch()
        void planned.refetch()
      }}
      actions={steps.data && due.data && <span className="yq-row yq-small">{overdue > 0 && <Tag tone="error" icon="⬣">{t('overdue', { n: overdue })}</Tag>}<span>{t('dueToday', { n: dueNow })}</span><span>{t('thisMonth', { n: due.data?.items.length ?? 0 })}</span></span>}
    >
      {lines.length === 0 ? <EmptyState title={t('allDone')} hint={t('allDoneHint')} /> : (
        <ul className="yq-day-list" aria-label={t('todo')}>
          {lines.map((line) => (
            <li key={line.key} className="yq-day-line">
              <div className="yq-day-what">
                <span className="yq-row"><Link className="yq-name" to={line.to}>{line.name}</Link>{line.core && <Tag tone="tier" icon="★">{t('core')}</Tag>}</span>
                <span className="yq-small">{line.reason}</span>
                <span className="yq-small">{line.when}</span>
              </div>
              <Verb line={line} onAnswer={(alert) => open('answer', { id: alert.id, customerId: alert.customerId, customerName: alert.customerName, kind: alert.kind, reason: alert.reason })} />
            </li>
          ))}
        </ul>
      )}
      {drawers}
    </Block>
  )
}

/** One verb a line: a movement is called about, an end prepared, the rest is a contact. */
function Verb({ line, onAnswer }: { line: Line; onAnswer: (alert: AlertView) => void }) {
  const t = useText(dayText)
  const { alert } = line
  if (alert === undefined) return <Link to={`/customers/${line.customerId}/contacts/new`} className="yq-day-verb" aria-label={`${t('record')} ${line.name}`}>{t('record')}</Link>
  if (alert.kind === 'MATURITY') return <Link to={`/maturities?when=MONTH&month=${(alert.dueOn ?? '').slice(0, 7)}&customerId=${alert.customerId}`} className="yq-day-verb" aria-label={`${t('prepare')} ${line.name}`}>{t('prepare')}</Link>
  return <button type="button" className="yq-day-verb" aria-label={`${t('callNow')} ${line.name}`} onClick={() => onAnswer(alert)}>{t('callNow')}</button>
}

function DoneToday() {
  const t = useText(dayText)
  const { today } = useBank()
  const { data, error, refetch } = useContract(listContacts, { query: { mine: 'true', from: today, to: today, limit: 50 } })
  return (
    <Block title={t('doneToday', { n: data?.items.length ?? 0 })} loading={!data} error={error} onRetry={() => void refetch()} flush={(data?.items.length ?? 0) > 0} actions={<Link to="/contacts?mine=true">{t('more')}</Link>}>
      {data?.items.length === 0 ? <span className="yq-quiet">{t('noneToday')}</span> : (
        <ul className="yq-day-list">
          {(data?.items ?? []).map((contact) => (
            <li key={contact.id} className="yq-day-line">
              <div className="yq-day-what">
                <Link className="yq-name" to={`/customers/${contact.customerId}/contacts/${contact.id}`}>{contact.customerName}</Link>
                <span className="yq-row"><ContactTags contact={contact} /></span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Block>
  )
}

function TeamsDay({ own }: { own: boolean }) {
  const t = useText(dayText)
  const title = useDay()
  const may = useMay()
  const navigate = useNavigate()
  const people = useContract(readTeamDay, {})
  const coverage = useContract(getCoverage, { query: { by: 'MANAGER' } })
  const usual = useContract(getCoverage, { query: {} })
  const rows = (people.data?.members ?? []).map((member) => ({ member, covered: coverage.data?.rows.find((row) => row.key === member.staffKey) }))
  // worst first: least covered, then those with promises past their day
  rows.sort((a, b) => Number(a.covered?.coveragePct ?? 101) - Number(b.covered?.coveragePct ?? 101) || b.member.overdue - a.member.overdue)
  const total = coverage.data?.total
  return (
    <Page>
      <PageHeader
        title={t('teamDay')}
        sub={<><div>{title}</div>{total && <span className="yq-row"><Link to="/coverage">{t('coverage')}</Link><strong className="yq-num">{total.coveragePct === null ? t('noDuty') : `${total.coveragePct}%`}</strong><span className="yq-num">{t('coverageOf', { met: total.met, duties: total.duties })}</span><span style={{ width: 120 }}><Meter ratio={ratioOf(total.coveragePct)} /></span></span>}</>}
        actions={may('contact.record') && own ? <Button type="primary" onClick={() => void navigate('/record')}>{t('record')}</Button> : undefined}
      />
      {usual.data && usual.data.by !== 'MANAGER' && usual.data.rows.length > 0 && <Units title={t(usual.data.by === 'OUTLET' ? 'outlets' : 'branches')} rows={usual.data.rows} by={usual.data.by} />}
      <Block title={t('members')} asOf={people.data?.asOf} loading={people.isPending} error={people.error ?? coverage.error} onRetry={() => { void people.refetch(); void coverage.refetch() }}>
        {rows.length === 0 ? <EmptyState title={t('noMembers')} /> : (
          <PlainTable
            label={t('members')}
            columns={[{ key: 'name', title: t('member') }, { key: 'pct', title: t('pct'), right: true }, { key: 'covered', title: t('covered'), right: true }, { key: 'bar', title: <span className="yq-sr">{t('pct')}</span> }, { key: 'today', title: t('contactsToday'), right: true }, { key: 'month', title: t('contactsMonth'), right: true }, { key: 'late', title: t('promisesLate'), right: true }, { key: 'unit', title: t('unit') }]}
            rows={rows.map(({ member, covered }) => ({
              key: String(member.staffKey),
              cells: [
                <Link key="name" to={`/coverage?manager=${member.staffKey}`}>{member.name}</Link>, covered?.coveragePct ? `${covered.coveragePct}%` : t('noDuty'), covered ? `${covered.met}/${covered.duties}` : '--',
                <div key="bar" style={{ width: 80 }}><Meter ratio={ratioOf(covered?.coveragePct ?? null)} /></div>, <Link key="today" to={`/contacts?staffKey=${member.staffKey}`}>{member.today}</Link>, member.month,
                member.overdue > 0 ? <Tag key="late" tone="error" icon="⬣">{member.overdue}</Tag> : 0, member.unitName,
              ],
            }))}
          />
        )}
        {people.data?.more && <Note>{t('fewer')}</Note>}
      </Block>
      <WatchFigures />
      <LeaderVisits />
      <DutiesOfToday />
      {own && <ToDo />}
    </Page>
  )
}

function Units({ title, rows, by }: { title: string; rows: readonly CoverageRow[]; by: string }) {
  const t = useText(dayText)
  return (
    <Block title={title}>
      <PlainTable
        label={title} columns={[{ key: 'name', title }, { key: 'bar', title: <span className="yq-sr">{t('pct')}</span> }, { key: 'pct', title: t('pct'), right: true }, { key: 'covered', title: t('covered'), right: true }]}
        rows={rows.map((row) => ({
          key: String(row.key),
          cells: [row.key === null ? '--' : <Link key="name" to={`/coverage?unit=${row.key}&by=${by === 'OUTLET' ? 'MANAGER' : 'OUTLET'}`}>{row.name}</Link>, <div key="bar" style={{ width: 120 }}><Meter ratio={ratioOf(row.coveragePct)} /></div>, row.coveragePct === null ? t('noDuty') : `${row.coveragePct}%`, `${row.met}/${row.duties}`],
        }))}
      />
    </Block>
  )
}

function OtherHome() {
  const t = useText(dayText)
  const title = useDay()
  const menu = useMenu()
  const groups = menu.map((group) => ({ ...group, items: group.items.filter((item) => item.path !== '/my-day') })).filter((group) => group.items.length > 0)
  return (
    <Page>
      <PageHeader title={t('myDay')} sub={title} />
      <DutiesOfToday />
      <Block title={t('welcome')}>
        {groups.length === 0 ? <EmptyState title={t('welcomeNothing')} /> : (
          <div className="yq-stack">
            {groups.map((group) => <MenuGroupLinks key={group.group} title={group.title} items={group.items} />)}
          </div>
        )}
      </Block>
    </Page>
  )
}

function MenuGroupLinks({ title, items }: { title: { zh: string; en: string }; items: readonly { path: string; title: { zh: string; en: string } }[] }) {
  const { language } = useSettings()
  return (
    <div>
      <h3 className="yq-small yq-quiet">{title[language]}</h3>
      <ul className="yq-day-list">{items.map((item) => <li key={item.path}><Link className="yq-day-pick" to={item.path}>{item.title[language]}</Link></li>)}</ul>
    </div>
  )
}
