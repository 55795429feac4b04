import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { AreaField, ChoiceField, DayField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText, type Say } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { getLeaderVisit, keyEventKinds, listLeaderVisits, noteKeyEvent, voidKeyEvent, type KeyEventShown, type LeaderVisitShown } from '../leader-visit.contract.ts'
import { leaderText } from './policy-text.ts'

const why = (due: LeaderVisitShown['due'], t: Say<typeof leaderText>): string => (due.reason === 'PERIOD' ? t('PERIOD', { n: due.everyMonths }) : t('event', { kind: t(due.kind), day: due.day }))

/** Customers of one's scope whom a leader should visit, for the page of the day. Nothing is shown where nobody waits. */
export function LeaderVisits() {
  const t = useText(leaderText)
  const { data, error, refetch } = useContract(listLeaderVisits, { query: { limit: 20 } })
  if (!error && (!data || data.items.length === 0)) return null
  return (
    <Block title={t('title')} asOf={data?.asOf} error={error} onRetry={() => void refetch()} flush>
      <ul className="yq-day-list" aria-label={t('title')}>
        {(data?.items ?? []).map((item) => (
          <li key={item.customerId} className="yq-day-line">
            <div className="yq-day-what">
              <Link className="yq-name" to={`/customers/${item.customerId}?tab=contacts`}>{item.name}</Link>
              <span className="yq-small">{why(item.due, t)}{item.managerName !== null && <span className="yq-quiet"> · {t('manager', { name: item.managerName })}</span>}</span>
              <span className="yq-small"><Deadline date={item.due.dueOn} /></span>
            </div>
          </li>
        ))}
      </ul>
      {data?.more && <p className="yq-small yq-quiet">{t('more', { n: data.items.length })}</p>}
    </Block>
  )
}

/** Leaders' visits of an opened customer: how often, the last, what is due and why; key events are noted here. */
export function LeaderVisitPanel({ customerId }: { customerId: string }) {
  const t = useText(leaderText)
  const [noting, setNoting] = useState(false)
  const [voiding, setVoiding] = useState<KeyEventShown | null>(null)
  const { data, error, refetch } = useContract(getLeaderVisit, { params: { customerId } })
  return (
    <Block
      title={t('title')} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()}
      actions={data && <ActionButton size="small" may={data.mayNote} refusals={noteKeyEvent.refusals} onClick={() => setNoting(true)}>{t('add')}</ActionButton>}
    >
      {data && (
        <div className="yq-stack">
          <Facts facts={[
            { label: t('every'), value: data.everyMonths === null ? t('none') : t('months', { n: data.everyMonths }) },
            { label: t('last'), value: data.lastLeaderVisit === null ? t('never') : <DateText date={data.lastLeaderVisit} /> },
            ...(data.due ? [{ label: t('due'), value: <span className="yq-row"><Tag tone="warning" icon="■">{why(data.due, t)}</Tag><Deadline date={data.due.dueOn} /></span> }] : []),
          ]} />
          {data.events.length === 0 ? <span className="yq-quiet">{t('noEvents')}</span> : (
            <ul className="yq-day-list" aria-label={t('events')}>
              {data.events.map((event) => (
                <li key={event.eventId} className="yq-day-line">
                  <div className="yq-day-what">
                    <span className="yq-row"><Tag>{t(event.kind)}</Tag><DateText date={event.day} /><span className="yq-quiet yq-small">{event.notedBy ?? t('byProduct')}</span></span>
                    {event.note !== null && <span>{event.note}</span>}
                  </div>
                  {event.mayVoid && <Button size="small" onClick={() => setVoiding(event)}>{t('void')}</Button>}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {noting && <NoteEvent customerId={customerId} onClose={() => setNoting(false)} />}
      {voiding && <VoidEvent key={voiding.eventId} customerId={customerId} event={voiding} onClose={() => setVoiding(null)} />}
    </Block>
  )
}

function NoteEvent({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useText(leaderText)
  const toast = useToast()
  const { today } = useBank()
  const [id] = useState(newId)
  const save = useAct(noteKeyEvent, { refresh: ['contact-plan'] })
  const form = useForm<{ kind: (typeof keyEventKinds)[number]; day: string; note: string }>({
    initial: { kind: 'MAJOR_CONTRACT', day: today, note: '' }, check: ({ note }) => (note.trim().length < 4 ? { note: t('required') } : {}), send: (values) => save.mutateAsync({ params: { customerId }, body: { id, ...values } }),
  })
  return (
    <FormDrawer title={t('add')} open onClose={onClose} form={form} submit={t('add')} onDone={() => toast(t('noted'))}>
      <ChoiceField form={form} name="kind" label={t('kind')} required options={keyEventKinds.map((value) => ({ value, label: t(value) }))} />
      <DayField form={form} name="day" label={t('day')} required to={today} />
      <AreaField form={form} name="note" label={t('note')} required max={300} hint={t('noteHint')} />
    </FormDrawer>
  )
}

function VoidEvent({ customerId, event, onClose }: { customerId: string; event: KeyEventShown; onClose: () => void }) {
  const t = useText(leaderText)
  const toast = useToast()
  const save = useAct(voidKeyEvent, { refresh: ['contact-plan'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (reason.trim().length < 4 ? { reason: t('required') } : {}), send: ({ reason }) => save.mutateAsync({ params: { customerId, eventId: event.eventId }, body: { reason } }) })
  return (
    <FormDrawer title={t('voidTitle')} open onClose={onClose} form={form} submit={t('void')} onDone={() => toast(t('voided'))}>
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
