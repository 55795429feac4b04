import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { getCoverageToday, listDueContacts, type CoverageRow, type DueContact } from '../../contact-plan/coverage.contract.ts'
import { LeaderVisits } from '../../contact-plan/pages/LeaderVisits.tsx'
import { DepositFigures } from '../../holdings/pages/DepositFigures.tsx'
import { readMyAgenda, readMyDay, type AgendaLine } from '../../reports/my-day.contract.ts'
import { readTeamDay, type TeamDay } from '../../reports/team-day.contract.ts'
import { RetentionWork } from '../../access/pages/retention/RetentionWork.tsx'
import { LightTag, Progress } from '../../meetings/pages/PlanView.tsx'
import type { PlanIndicator } from '../../meetings/work-plan.contract.ts'
import { growsWithTime, progressOf, timeShare } from '../../meetings/work-plan.rules.ts'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { Change } from '../../ui/Change.tsx'
import { useContract } from '../../ui/client.ts'
import { dateText } from '../../ui/date-format.ts'
import { DateText } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { KeyFigures } from '../../ui/KeyFigures.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { WhenSeen } from '../../ui/WhenSeen.tsx'
import { useMay, useWho } from '../../ui/who.ts'
import type { CustomerContact } from '../../visits/contact.contract.ts'
import { ContactTags } from '../../visits/pages/ContactsPanel.tsx'
import { useMenu } from '../menu-context.ts'
import { useAlertDrawers, type AlertRef } from './AnswerAlert.tsx'
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
        <OwnToDo />
        <div className="yq-stack"><PlanProgress /><OwnFigures /><DoneToday /></div>
      </div>
    </Page>
  )
}

// What the day is made of: two requests, whatever stands in it. Any act of any room may change it: it is asked for anew whenever the page is opened.
const useMyDay = () => useContract(readMyDay, {}, { staleTime: 0 })
const useMyAgenda = () => useContract(readMyAgenda, {}, { staleTime: 0 })
const useDue = () => useContract(listDueContacts, { query: { limit: 100 } })

function OwnCoverage() {
  const t = useText(dayText)
  const { staffKey } = useWho()
  const { data } = useDue()
  if (!data) return null
  const { met, duties, coveragePct } = data.coverage
  return (
    <span className="yq-row">
      <Link to={`/coverage?manager=${staffKey}`}>{t('coverage')}</Link>
      <strong className="yq-num">{coveragePct === null ? t('noDuty') : `${coveragePct}%`}</strong>
      <span className="yq-num">{t('coverageOf', { met, duties })}</span>
      <span style={{ width: 120 }}><Meter ratio={ratioOf(coveragePct)} /></span>
    </span>
  )
}

/** What a line is answered with: a link or the drawer of an alert. */
type Line = { key: string; to: string; name: string; core: boolean; tag: string | null; reason: ReactNode; when: ReactNode; dueOn: string; verb: { word: string; to: string } | { word: string; alert: AlertRef } }

function useLines(lines: readonly AgendaLine[], due: readonly DueContact[]): Line[] {
  const t = useText(dayText)
  const pick = usePick()
  return [
    ...lines.map((line): Line => {
      const { customer } = line
      const title = line.title === null ? t('hiddenTitle') : pick(line.title)
      const to = customer ? `/customers/${customer.id}` : (line.address ?? '/tasks')
      const address = line.address ?? to
      const word = { RECORD: t('record'), CALL: t('callNow'), PREPARE: t('prepare'), OPEN: t('handle') }[line.verb]
      return {
        key: `${line.kind} ${line.id}`, to: line.verb === 'OPEN' ? address : to, name: customer && line.verb !== 'OPEN' ? customer.name : title, core: customer?.core ?? false, tag: pick(line.kindName), dueOn: line.dueOn,
        reason: (
          <>
            {customer && (line.verb === 'OPEN' ? customer.name : title)} {line.amountFen !== null && <Amount fen={line.amountFen} inCell />}{line.standsInFor !== null && <span className="yq-quiet"> · {t('standsInFor', { name: line.standsInFor })}</span>}
          </>
        ),
        when: <>{line.dueTime !== null && <span className="yq-num">{line.dueTime} </span>}<Deadline date={line.dueOn} /></>,
        verb: line.verb === 'CALL' && customer ? { word, alert: { id: line.id, customerId: customer.id, customerName: customer.name, kind: line.kind as AlertRef['kind'], reason: line.title } } : { word, to: address },
      }
    }),
    ...due.map((one): Line => ({
      key: `${one.customerId}${one.reason}`, to: `/customers/${one.customerId}`, name: one.name, core: one.tier === 'T1', tag: null, dueOn: one.dueOn,
      reason: <>{one.reason === 'MONTHLY' ? t('MONTHLY') : t(one.reason, { n: one.everyMonths })}<span className="yq-quiet"> · {one.lastContact === null ? t('never') : <>{t('last')}<DateText date={one.lastContact} /></>}</span></>,
      when: <Deadline date={one.dueOn} />, verb: { word: t('record'), to: `/customers/${one.customerId}/contacts/new` },
    })),
  ]
}

type Asked<Data> = { data: Data | undefined; isPending: boolean; error: Error | null; refetch: () => unknown }
type Waiting = Asked<{ asOf: string; lines: readonly AgendaLine[]; more: boolean }>

const OwnToDo = () => <ToDo day={useMyDay()} due={useDue()} />
const HeadsOwnToDo = () => <ToDo day={useTeamDay()} due={useDue()} />

/** One list by urgency: what capabilities put on the agenda by its day, then, for who holds customers, whom to contact this month. */
function ToDo({ day, due }: { day: Waiting; due?: Asked<{ items: readonly DueContact[] }> }) {
  const t = useText(dayText)
  const { today } = useBank()
  const { open, drawers } = useAlertDrawers()
  const dated = day.data?.lines ?? []
  const lines = useLines(dated, due?.data?.items ?? [])
  const overdue = dated.filter((line) => line.dueOn < today).length
  const dueNow = dated.filter((line) => line.dueOn === today).length
  return (
    <Block
      title={t('todo')} asOf={day.data?.asOf} loading={day.isPending || due?.isPending === true} error={day.error ?? due?.error ?? null} flush={lines.length > 0}
      onRetry={() => {
        void day.refetch()
        void due?.refetch()
      }}
      actions={day.data && <span className="yq-row yq-small">{overdue > 0 && <Tag tone="error" icon="⬣">{t('overdue', { n: overdue })}</Tag>}<span>{t('dueToday', { n: dueNow })}</span>{due?.data && <span>{t('thisMonth', { n: due.data.items.length })}</span>}</span>}
    >
      {lines.length === 0 ? <EmptyState title={t('allDone')} hint={t(due ? 'allDoneHint' : 'officeDoneHint')} /> : (
        <ul className="yq-day-list" aria-label={t('todo')}>
          {lines.map((line) => (
            <li key={line.key} className="yq-day-line">
              <div className="yq-day-what">
                <span className="yq-row"><Link className="yq-name" to={line.to}>{line.name}</Link>{line.core && <Tag tone="tier" icon="★">{t('core')}</Tag>}</span>
                <span className="yq-small">{line.tag !== null && <Tag>{line.tag}</Tag>} {line.reason}</span>
                <span className="yq-small">{line.when}</span>
              </div>
              <Verb line={line} onAnswer={(alert) => open('answer', alert)} />
            </li>
          ))}
        </ul>
      )}
      {day.data?.more && <Note>{t('moreLines')}</Note>}
      {drawers}
    </Block>
  )
}

function Verb({ line: { verb, name }, onAnswer }: { line: Line; onAnswer: (alert: AlertRef) => void }) {
  return 'to' in verb
    ? <Link to={verb.to} className="yq-day-verb" aria-label={`${verb.word} ${name}`}>{verb.word}</Link>
    : <button type="button" className="yq-day-verb" aria-label={`${verb.word} ${name}`} onClick={() => onAnswer(verb.alert)}>{verb.word}</button>
}

/** His own deposits, what ends and who is leaving; each figure opens its rows. */
function OwnFigures() {
  const t = useText(dayText)
  const { staffKey } = useWho()
  const { data, error, refetch } = useMyDay()
  const deposits = data?.deposits
  return (
    <Block title={t('watchFigures')} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()}>
      {data && (
        <KeyFigures figures={[
          ...(deposits ? [
            { label: t('ownDeposits'), value: <Amount fen={deposits.balanceFen} />, note: <>{t('toYesterday')} <Change fen={deposits.toYesterdayFen} /></>, to: '/deposits' },
            { label: t('ownAdb'), value: <Amount fen={deposits.monthAdbFen} />, note: <>{t('toMonth')} <Change fen={deposits.toMonthBeginFen} /></>, to: '/deposits' },
          ] : []),
          { label: t('endsIn30'), value: t('things', { n: data.ends.count }), note: <Amount fen={data.ends.amountFen} />, to: `/maturities?when=NEXT_30&managerKey=${staffKey}` },
          { label: t('resultsOpen'), value: data.withoutResult, note: data.warnings > 0 ? <Link to="/churn?kind=BELOW_BASE">{t('warningsN', { n: data.warnings })}</Link> : undefined, to: `/maturities?when=OVERDUE&managerKey=${staffKey}` },
        ]} />
      )}
    </Block>
  )
}

/** Where the customers stand who could bring what is missing. */
const whoCouldBring: Readonly<Record<string, { to: (staffKey: number) => string; word: 'bringContacts' | 'bringNeeds' | 'bringDeposits' | 'bringCustomers' }>> = {
  CONTACTS: { to: (staffKey) => `/coverage?manager=${staffKey}`, word: 'bringContacts' }, VISITS: { to: (staffKey) => `/coverage?manager=${staffKey}`, word: 'bringContacts' }, COVERAGE_PCT: { to: (staffKey) => `/coverage?manager=${staffKey}`, word: 'bringContacts' },
  NEED_CARDS: { to: () => '/needs', word: 'bringNeeds' }, DEPOSIT_GROWTH: { to: (staffKey) => `/maturities?when=NEXT_30&managerKey=${staffKey}`, word: 'bringDeposits' }, NEW_CUSTOMERS: { to: () => '/gaps', word: 'bringCustomers' },
}

/** The month's plan against time (序时进度): red, amber, green, what is missing and which customers could bring it. */
function PlanProgress() {
  const t = useText(dayText)
  const { staffKey } = useWho()
  const { data, error, refetch } = useMyDay()
  const due = useDue()
  const { plan, asOf } = data ?? {}
  if (data && !plan) {
    return <Block title={t('planProgress')} actions={<Link to="/work-plan?period=MONTH">{t('makePlan')}</Link>}><span className="yq-quiet">{t('noPlan')}</span></Block>
  }
  const time = plan && asOf !== undefined ? timeShare(plan, asOf) : null
  return (
    <Block title={t('planProgress')} asOf={asOf} loading={!data} error={error} onRetry={() => void refetch()} flush actions={<Link to="/work-plan?period=MONTH">{t('wholePlan')}</Link>}>
      {plan && time && (
        <ul className="yq-day-list" aria-label={t('planProgress')}>
          {plan.targets.map(({ id, title, indicator, target, unit, actual }) => {
            const progress = progressOf({ target, actual: indicator === 'COVERAGE_PCT' ? (due.data?.coverage.coveragePct ?? null) : actual, time, sum: growsWithTime(indicator as PlanIndicator) })
            const bring = whoCouldBring[indicator]
            return (
              <li key={id} className="yq-day-line">
                <div className="yq-day-what">
                  <span className="yq-name">{title}</span>
                  <Progress target={{ target, unit, progress }} timePct={time.times(100).toFixed(2)} />
                  {bring && progress.light !== 'GREEN' && <Link className="yq-small" to={bring.to(staffKey)}>{t(bring.word)}</Link>}
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </Block>
  )
}

function DoneToday() {
  const t = useText(dayText)
  const { data, error, refetch } = useMyDay()
  const done = data?.done ?? []
  return (
    <Block title={t('doneToday', { n: done.length })} loading={!data} error={error} onRetry={() => void refetch()} flush={done.length > 0} actions={<Link to="/contacts?mine=true">{t('more')}</Link>}>
      {done.length === 0 ? <span className="yq-quiet">{t('noneToday')}</span> : (
        <ul className="yq-day-list">
          {done.map((contact) => (
            <li key={contact.contactId} className="yq-day-line">
              <div className="yq-day-what">
                <Link className="yq-name" to={`/customers/${contact.customerId}/contacts/${contact.contactId}`}>{contact.customerName}</Link>
                <span className="yq-row"><ContactTags contact={{ ...contact, mode: contact.mode as CustomerContact['mode'], voidedOn: null, replaces: null }} /></span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Block>
  )
}

// What a head's day is made of: three requests of one statement each; deposits come first.
const useTeamDay = () => useContract(readTeamDay, {}, { staleTime: 0 })

function TeamsDay({ own }: { own: boolean }) {
  const t = useText(dayText)
  const title = useDay()
  const may = useMay()
  const navigate = useNavigate()
  const team = useTeamDay()
  const coverage = useContract(getCoverageToday, {})
  const rows = (team.data?.members ?? []).map((member) => ({ member, covered: coverage.data?.managers.find((row) => row.key === member.staffKey) }))
  // worst first: least covered, then those with promises past their day
  rows.sort((a, b) => Number(a.covered?.coveragePct ?? 101) - Number(b.covered?.coveragePct ?? 101) || b.member.overdue - a.member.overdue)
  const { total, units } = coverage.data ?? {}
  const growth = team.data?.growth ? { ...team.data.growth, asOf: team.data.asOf } : null
  return (
    <Page>
      <PageHeader
        title={t('teamDay')}
        sub={<><div>{title}</div>{total && <span className="yq-row"><Link to="/coverage">{t('coverage')}</Link><strong className="yq-num">{total.coveragePct === null ? t('noDuty') : `${total.coveragePct}%`}</strong><span className="yq-num">{t('coverageOf', { met: total.met, duties: total.duties })}</span><span style={{ width: 120 }}><Meter ratio={ratioOf(total.coveragePct)} /></span></span>}</>}
        actions={may('contact.record') && own ? <Button type="primary" onClick={() => void navigate('/record')}>{t('record')}</Button> : undefined}
      />
      {may('holdings.sums') && <DepositFigures />}
      {team.data?.growth && <TeamGrowth growth={team.data.growth} asOf={team.data.asOf} />}
      {units && units.rows.length > 0 && <Units title={t(units.by === 'OUTLET' ? 'outlets' : 'branches')} rows={units.rows} by={units.by} />}
      <Block title={t('members')} asOf={team.data?.asOf} loading={team.isPending} error={team.error ?? coverage.error} onRetry={() => { void team.refetch(); void coverage.refetch() }}>
        {rows.length === 0 ? <EmptyState title={t('noMembers')} /> : (
          <PlainTable
            label={t('members')}
            columns={[{ key: 'name', title: t('member') }, { key: 'pct', title: t('pct'), right: true }, { key: 'covered', title: t('covered'), right: true }, { key: 'bar', title: <span className="yq-sr">{t('pct')}</span> }, { key: 'today', title: t('contactsToday'), right: true }, { key: 'month', title: t('contactsMonth'), right: true }, { key: 'late', title: t('promisesLate'), right: true }, ...(growth ? [{ key: 'growth', title: t('growth'), right: true }] : []), { key: 'unit', title: t('unit') }]}
            rows={rows.map(({ member, covered }) => ({
              key: String(member.staffKey),
              cells: [
                <Link key="name" to={`/coverage?manager=${member.staffKey}`}>{member.name}</Link>, covered?.coveragePct ? `${covered.coveragePct}%` : t('noDuty'), covered ? `${covered.met}/${covered.duties}` : '--',
                <div key="bar" style={{ width: 80 }}><Meter ratio={ratioOf(covered?.coveragePct ?? null)} /></div>, <Link key="today" to={`/contacts?staffKey=${member.staffKey}`}>{member.today}</Link>, member.month,
                member.overdue > 0 ? <Link key="late" to={`/commitments?staffKey=${member.staffKey}&when=OVERDUE&kind=NEXT_STEP`}><Tag tone="error" icon="⬣">{member.overdue}</Tag></Link> : 0, ...(growth ? [<MemberGrowth key="growth" growth={member.growth} time={timeShare(growth, growth.asOf)} />] : []), member.unitName,
              ],
            }))}
          />
        )}
        {team.data?.moreMembers && <Note>{t('fewer')}</Note>}
      </Block>
      <WatchFigures />
      {own ? <HeadsOwnToDo /> : <ToDo day={team} />}
      <WhenSeen><LeaderVisits /></WhenSeen>
    </Page>
  )
}

/** How far the month's growth of deposits is against what the people of the line planned: red, amber, green, what is missing and which customers could bring it. The members below are its rows. */
function TeamGrowth({ growth, asOf }: { growth: NonNullable<TeamDay['growth']>; asOf: string }) {
  const t = useText(dayText)
  const may = useMay()
  const time = timeShare(growth, asOf)
  const progress = progressOf({ target: growth.target, actual: growth.actual, time, sum: true })
  return (
    <Block title={t('teamGrowth')} asOf={asOf} flush actions={may('work-plan.supervise') ? <Link to="/unit-work-plans">{t('teamPlans')}</Link> : undefined}>
      <ul className="yq-day-list" aria-label={t('teamGrowth')}>
        <li className="yq-day-line">
          <div className="yq-day-what">
            <span className="yq-small yq-quiet">{t('plannedOf', { planned: growth.planned, people: growth.people })}</span>
            <Progress target={{ target: growth.target, unit: null, progress }} timePct={time.times(100).toFixed(2)} />
            {progress.light !== null && progress.light !== 'GREEN' && <Link className="yq-small" to="/maturities?when=NEXT_30">{t('bringDeposits')}</Link>}
          </div>
        </li>
      </ul>
    </Block>
  )
}

function MemberGrowth({ growth, time }: { growth: TeamDay['members'][number]['growth']; time: ReturnType<typeof timeShare> }) {
  const t = useText(dayText)
  if (growth === null) return <span className="yq-quiet">{t('notPlanned')}</span>
  const { light } = progressOf({ target: growth.target, actual: growth.actual, time, sum: true })
  return <span className="yq-row yq-num" style={{ justifyContent: 'flex-end' }}>{growth.actual ?? '--'} / {growth.target}{light !== null && <LightTag light={light} />}</span>
}

/** What waits of movements, ends and warnings; each figure opens its rows. */
function WatchFigures() {
  const t = useText(dayText)
  const { data, error, refetch } = useTeamDay()
  const told = (value: number | null): string => (value === null ? '10000+' : String(value))
  return (
    <Block title={t('watchFigures')} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()}>
      {data && (
        <KeyFigures figures={[
          { label: t('movementsOpen'), value: told(data.movements), to: '/movements?open=true' }, { label: t('warningsOpen'), value: told(data.warnings), to: '/churn?kind=BELOW_BASE' },
          { label: t('endsThisWeek'), value: told(data.endsThisWeek), to: '/maturities' }, { label: t('resultsOpen'), value: told(data.withoutResult), to: '/maturities?when=OVERDUE' },
        ]} />
      )}
    </Block>
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
  const may = useMay()
  const menu = useMenu()
  const groups = menu.map((group) => ({ ...group, items: group.items.filter((item) => item.path !== '/my-day') })).filter((group) => group.items.length > 0)
  return (
    <Page>
      <PageHeader title={t('myDay')} sub={title} />
      <ToDo day={useMyAgenda()} />
      {may('retention.decide') && <RetentionWork />}
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
      <ul className="yq-day-menu">{items.map((item) => <li key={item.path}><Link className="yq-day-pick" to={item.path}>{item.title[language]}</Link></li>)}</ul>
    </div>
  )
}
