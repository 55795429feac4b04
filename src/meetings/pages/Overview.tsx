import type { ReactNode } from 'react'
import type { z } from 'zod'
import { Amount } from '../../ui/Amount.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import type { MeetingView } from '../meeting.contract.ts'
import type { readMeetingOverview } from '../overview.contract.ts'
import type { Agenda, Topic } from './AgendaView.tsx'
import { meetingsText } from './meetings-text.ts'

export type OverviewData = z.output<typeof readMeetingOverview.reply>

const away = (meeting: MeetingView): MeetingView['attendance'] => meeting.attendance.filter((one) => one.mark === 'LEAVE' || one.mark === 'OUT')
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** What is behind and who is away, each as a topic of its own with its rows. */
export function useOwedTopics(overview: OverviewData | undefined, meeting: MeetingView | undefined): Topic[] {
  const t = useText(meetingsText)
  const pick = usePick()
  if (!overview || !meeting) return []
  const { duties, tasks, promises, absent, day } = overview
  const none = <span className="yq-quiet">{t('nothingOf')}</span>
  const late = (dueOn: string): ReactNode => (dueOn < day ? <Tag key="d" tone="orange" icon="◆">{t('daysLate', { n: daysBetween(dueOn, day) })}</Tag> : <Tag key="d">{t('dueToday')}</Tag>)
  const customer = { key: 'customer', title: t('customer') }
  const [owner, due] = [{ key: 'owner', title: t('actionOwner') }, { key: 'due', title: t('due') }]
  return [
    {
      key: 'duties', title: t('duties'), body: (
        <>
          <p>{t('dueToday')} {duties.today} · {t('overdue')} {duties.overdue}</p>
          {duties.items.length > 0 && <PlainTable label={t('duties')} stack="short" columns={[{ key: 'duty', title: t('duty') }, owner, customer, due]} rows={duties.items.map((one, place) => ({ key: String(place), cells: [pick({ zh: one.name, en: one.nameEn }), one.owner, one.customer?.name ?? '--', late(one.dueOn)] }))} />}
        </>
      ),
    },
    {
      key: 'tasks', title: `${t('tasksOverdue')} ${tasks.overdue}`, body: tasks.items.length === 0 ? none : (
        <PlainTable label={t('tasksOverdue')} stack="short" columns={[{ key: 'what', title: t('actionTitle') }, owner, customer, due]} rows={tasks.items.map((one, place) => ({ key: String(place), cells: [one.title ?? t(`SOURCE_${one.source}`), one.owner, one.customer?.name ?? '--', late(one.dueOn)] }))} />
      ),
    },
    {
      key: 'promises', title: `${t('promisesOverdue')} ${promises.overdue}`, body: promises.items.length === 0 ? none : (
        <PlainTable label={t('promisesOverdue')} stack="short" columns={[{ key: 'what', title: t('promise') }, customer, owner, due]} rows={promises.items.map((one, place) => ({ key: String(place), cells: [one.what ?? t(one.side), <span key="c" className="yq-name">{one.customer.name}</span>, one.owner, late(one.dueOn)] }))} />
      ),
    },
    {
      key: 'absent', title: t('absentPeople'), body: absent.length + away(meeting).length === 0 ? none : (
        <>
          {absent.length > 0 && <PlainTable label={t('absentPeople')} columns={[{ key: 'who', title: t('awayName') }, { key: 'by', title: t('standsIn') }, { key: 'until', title: t('until') }]} rows={absent.map((one, place) => ({ key: String(place), cells: [one.name, one.substitute, <DateText key="u" date={one.until} />] }))} />}
          {away(meeting).map((one) => <p key={one.staffKey}>{one.name}{mark('：')}{t(one.mark ?? 'OUT')}{one.reason === null ? '' : ` · ${one.reason}`}</p>)}
        </>
      ),
    },
  ]
}

/** Which digit opens which topic from the one page. */
export const digitTopics: Readonly<Record<string, string>> = { 1: 'deposits', 2: 'team', 3: 'movements', 4: 'maturities', 5: 'duties', 6: 'tasks', 7: 'promises', 8: 'absent', 9: 'praise', 0: 'GOALS' }

type BlockGiven = { digit: string; title: string; figures?: readonly { label: string; value: ReactNode; late?: boolean }[]; lines?: readonly ReactNode[]; none: string; children?: ReactNode; onOpen: (key: string) => void }

/** One block: what it is called, a few figures, three lines (four where no figure stands); a click or its digit opens the topic. */
function Piece({ digit, title, figures = [], lines = [], none, children, onOpen }: BlockGiven) {
  const t = useText(meetingsText)
  const key = digitTopics[digit] ?? ''
  const most = figures.length === 0 && lines.length > 4 ? 3 : figures.length === 0 ? 4 : 3
  return (
    <section className="yq-piece" data-topic={key}>
      <h2><button type="button" onClick={() => onOpen(key)}>{title}</button><kbd aria-hidden="true">{digit}</kbd></h2>
      {figures.length > 0 && <dl>{figures.map((one) => <div key={one.label} data-late={one.late === true ? '' : undefined}><dt>{one.label}</dt><dd className="yq-num">{one.value}</dd></div>)}</dl>}
      {children}
      {lines.length > 0 ? <ul>{lines.slice(0, most).map((one, place) => <li key={place}>{one}</li>)}{lines.length > most && figures.length === 0 && <li className="yq-quiet">{t('more', { n: lines.length - most })}</li>}</ul> : children === undefined && figures.length === 0 && <p className="yq-quiet">{none}</p>}
    </section>
  )
}

/** The morning on one page: what stands behind it is one key or click away. `deposits`: their row, where the reader may be told it. */
export function Overview({ meeting, agenda, overview, deposits, onOpen }: { meeting: MeetingView; agenda: Agenda; overview: OverviewData; deposits: ReactNode; onOpen: (key: string) => void }) {
  const t = useText(meetingsText)
  const pick = usePick()
  const { movements, team, maturities, repayments, praise } = agenda
  const { duties, tasks, promises, absent, day } = overview
  const goals = meeting.parts.find((one) => one.part === 'GOALS')?.content ?? null
  // before the customer: his name may be long, and what does not fit is cut
  const late = (dueOn: string): ReactNode => <span className="yq-quiet">{t('daysLate', { n: daysBetween(dueOn, day) })}</span>
  const piece = { none: t('nothingOf'), onOpen }
  return (
    <div className="yq-pieces" data-deposits={deposits === null ? undefined : ''}>
      {deposits !== null && <Piece {...piece} digit="1" title={t('deposits')}>{deposits}</Piece>}
      <Piece {...piece} digit="2" title={t('team1', { day: team.of.slice(5) })} figures={[{ label: t('contactsHad'), value: team.contacts }, { label: t('visitsHad'), value: team.visits }, { label: t('wins'), value: team.wins }, { label: t('lateEntered'), value: team.late, late: team.late > 0 }]}
        lines={team.wins > 0 ? [<span key="won">{t('wonSum')} <Amount fen={team.wonFen} inCell /></span>] : []} />
      <Piece {...piece} digit="3" title={movements.of === null ? t('movements') : t('movementsDay', { day: movements.of.slice(5) })} none={t('noMovements')} figures={movements.count === 0 ? [] : [{ label: t('notCalled'), value: movements.open, late: movements.open > 0 }, { label: t('called'), value: movements.count - movements.open }]}
        lines={movements.items.filter((one) => !one.called).map((one, place) => <span key={place}><span className="yq-name">{one.customer.name}</span> {one.outFen !== null && <>{t('moneyOut')} <Amount fen={one.outFen} inCell /></>} {one.inFen !== null && <>{t('moneyIn')} <Amount fen={one.inFen} inCell /></>} <span className="yq-quiet">{one.manager ?? ''}</span></span>)} />
      <Piece {...piece} digit="4" title={t('endsAhead')} figures={maturities.count + repayments.count === 0 ? [] : [{ label: t('endsOf', { n: maturities.count }), value: <Amount fen={maturities.amountFen} inCell /> }, { label: t('repaysOf', { n: repayments.count }), value: <Amount fen={repayments.amountFen} inCell /> }]}
        lines={[...maturities.items, ...repayments.items].sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0)).map((one, place) => <span key={place}><span className="yq-num">{one.on.slice(5)}</span> <span className="yq-name">{one.customer.name}</span> <span className="yq-quiet">{pick({ zh: one.what, en: one.whatEn })}</span></span>)} />
      <Piece {...piece} digit="5" title={t('duties')} figures={[{ label: t('dueToday'), value: duties.today }, { label: t('overdue'), value: duties.overdue, late: duties.overdue > 0 }]}
        lines={duties.people.map((one, place) => <span key={place}>{one.name} <span className="yq-quiet">{t('overdue')} {one.overdue} · {t('dueToday')} {one.today}</span></span>)} />
      <Piece {...piece} digit="6" title={t('tasksOverdue')} figures={[{ label: t('overdue'), value: tasks.overdue, late: tasks.overdue > 0 }]}
        lines={tasks.items.map((one, place) => <span key={place}>{one.owner} {late(one.dueOn)} {one.title ?? t(`SOURCE_${one.source}`)}{one.customer === null ? '' : ` · ${one.customer.name}`}</span>)} />
      <Piece {...piece} digit="7" title={t('promisesOverdue')} figures={[{ label: t('overdue'), value: promises.overdue, late: promises.overdue > 0 }]}
        lines={promises.items.map((one, place) => <span key={place}>{one.owner} {late(one.dueOn)} <span className="yq-name">{one.customer.name}</span> {one.what ?? t(one.side)}</span>)} />
      <Piece {...piece} digit="8" title={t('absentPeople')}
        lines={[...absent.map((one, place) => <span key={`s${place}`}>{one.name} <span className="yq-quiet">{t('standsInOf', { who: one.substitute, day: one.until.slice(5) })}</span></span>), ...away(meeting).map((one) => <span key={one.staffKey}>{one.name} <span className="yq-quiet">{t(one.mark ?? 'OUT')}{one.reason === null ? '' : ` · ${one.reason}`}</span></span>)]} />
      <Piece {...piece} digit="9" title={t('praise')} lines={praise.map((one, place) => <span key={place}><strong>{one.to}</strong>{mark('：')}{one.content}</span>)} />
      <Piece {...piece} digit="0" title={t('GOALS')}>{goals === null ? undefined : <p className="yq-goals">{goals}</p>}</Piece>
    </div>
  )
}
