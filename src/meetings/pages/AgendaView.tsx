import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import { Amount } from '../../ui/Amount.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import type { readMeetingAgenda } from '../agenda.contract.ts'
import { meetingsText } from './meetings-text.ts'

export type Agenda = z.output<typeof readMeetingAgenda.reply>
/** A topic of the agenda: what it is called, and its lines. */
export type Topic = { key: string; title: string; figure?: ReactNode; body: ReactNode }

function Named({ customer }: { customer: { id: string | null; name: string } }) {
  return customer.id === null ? <span className="yq-name">{customer.name}</span> : <Link className="yq-name" to={`/customers/${customer.id}`}>{customer.name}</Link>
}

/** The topics of the agenda in their order: large movements of the last day first. The same on the page and on the wall. */
export function useTopics(agenda: Agenda | undefined): Topic[] {
  const t = useText(meetingsText)
  const pick = usePick()
  if (!agenda) return []
  const none = <span className="yq-quiet">{t('nothingOf')}</span>
  const { movements, team, core, appointments, maturities, repayments, alerts, before, rank, praise } = agenda
  const endings = (label: string, sum: Agenda['maturities']): ReactNode => (sum.items.length === 0 ? none : (
    <PlainTable
      label={label} columns={[{ key: 'on', title: t('day') }, { key: 'customer', title: t('customer') }, { key: 'what', title: t('subject') }, { key: 'amount', title: t('amount'), right: true }, { key: 'manager', title: t('manager') }]}
      rows={sum.items.map((one, place) => ({ key: String(place), cells: [<DateText key="on" date={one.on} />, <Named key="c" customer={one.customer} />, pick({ zh: one.what, en: one.whatEn }), <Amount key="a" fen={one.amountFen} unit="wan" inCell />, one.manager ?? '--'] }))}
    />
  ))
  const outcome = (value: Agenda['before']['items'][number]['outcome']): ReactNode => (value === null ? '--' : <Tag {...(value === 'DONE' ? { tone: 'success' as const } : value === 'OPEN' ? { tone: 'warning' as const } : {})}>{t(`ACTION_${value}`)}</Tag>)
  return [
    {
      key: 'movements', title: movements.of === null ? t('movements') : t('movementsOf', { day: movements.of.slice(5), n: movements.count }), body: movements.items.length === 0 ? <span className="yq-quiet">{t('noMovements')}</span> : (
        <PlainTable
          label={t('movements')} columns={[{ key: 'customer', title: t('customer') }, { key: 'in', title: `${t('moneyIn')} ${t('amount')}`, right: true }, { key: 'out', title: `${t('moneyOut')} ${t('amount')}`, right: true }, { key: 'manager', title: t('manager') }, { key: 'called', title: t('state') }]}
          rows={movements.items.map((one, place) => ({ key: String(place), cells: [<Named key="c" customer={one.customer} />, <Amount key="i" fen={one.inFen} unit="wan" inCell />, <Amount key="o" fen={one.outFen} unit="wan" inCell />, one.manager ?? '--', one.called ? <Tag key="s">{t('called')}</Tag> : <Tag key="s" tone="orange" icon="◆">{t('notCalled')}</Tag>] }))}
        />
      ),
    },
    {
      key: 'before', title: t('before'), body: before.of === null ? none : (
        <>
          <p>{t('beforeOf', { of: before.of.slice(5), done: before.done, moved: before.moved, dropped: before.dropped, open: before.open })}</p>
          {before.items.length > 0 && <PlainTable label={t('before')} columns={[{ key: 'what', title: t('actionTitle') }, { key: 'who', title: t('actionOwner') }, { key: 'due', title: t('due') }, { key: 'outcome', title: t('outcome') }]} rows={before.items.map((one, place) => ({ key: String(place), cells: [one.title, one.owner, <DateText key="d" date={one.dueOn} />, outcome(one.outcome)] }))} />}
        </>
      ),
    },
    {
      key: 'core', title: t('coreOf', { contacted: core.contacted, duty: core.duty }), body: (
        <>
          {core.items.length > 0 && <PlainTable label={t('coreLeft')} columns={[{ key: 'customer', title: t('coreLeft') }, { key: 'manager', title: t('manager') }]} rows={core.items.map((one, place) => ({ key: String(place), cells: [<Named key="c" customer={one.customer} />, one.manager ?? '--'] }))} />}
        </>
      ),
    },
    {
      key: 'team', title: t('team1', { day: team.of.slice(5) }), body: (
        <>
          <p>{t('teamOf', { day: team.of.slice(5), contacts: team.contacts, visits: team.visits, people: team.people })}</p>
          <p>{t('winsOf', { n: team.wins, late: team.late })}{team.wins > 0 && <>{mark('；')}{t('wonSum')} <Amount fen={team.wonFen} /></>}</p>
          <p>{rank === null ? t('noRank') : t('rankOf', { per: rank.perManager, of: rank.of, place: rank.place })}</p>
        </>
      ),
    },
    {
      key: 'appointments', title: t('appointmentsOf'), body: appointments.length === 0 ? none : <ul className="yq-topic-list">{appointments.map((one, place) => <li key={place}><span className="yq-num">{one.from}–{one.to}</span> {one.what} · {one.owner}</li>)}</ul>,
    },
    { key: 'maturities', title: t('maturities', { n: maturities.count }), body: endings(t('maturities', { n: maturities.count }), maturities) },
    { key: 'repayments', title: t('repayments', { n: repayments.count }), body: endings(t('repayments', { n: repayments.count }), repayments) },
    {
      key: 'praise', title: t('praise'), body: (
        <>
          {praise.length === 0 ? none : <ul className="yq-topic-list">{praise.map((one, place) => <li key={place}><strong>{one.to}</strong>{mark('：')}{one.content} —— {one.from}</li>)}</ul>}
          <p>{t('alertsOf', { open: alerts.open, overdue: alerts.overdue })}</p>
        </>
      ),
    },
  ]
}
