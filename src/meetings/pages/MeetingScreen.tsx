import { Button } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { mark, useText } from '../../ui/text.ts'
import { readMeetingAgenda } from '../agenda.contract.ts'
import { getMeeting } from '../meeting.contract.ts'
import { readMeetingOverview } from '../overview.contract.ts'
import { useTopics, type Topic } from './AgendaView.tsx'
import { AddAction } from './MeetingForms.tsx'
import { meetingsText } from './meetings-text.ts'
import { digitTopics, Overview, useOwedTopics } from './Overview.tsx'
import './meetings.css'

/**
 * The screen on the wall, names masked, no amount of a person: first the morning on one page, from which a digit or a click opens a topic, then one topic at a time in large type. Home shows the one page again, ← → change the topic,
 * A adds an action, F fills the screen, Esc goes back. `deposits`: the row of a unit's deposits (null: of the reader's own line), which another room shows.
 */
export function MeetingScreen({ deposits }: { deposits: (unitKey: number | null) => ReactNode }) {
  const t = useText(meetingsText)
  const navigate = useNavigate()
  const { meetingId = '' } = useParams()
  const [address, setAddress] = useSearchParams()
  const [adding, setAdding] = useState(false)
  const meeting = useContract(getMeeting, { params: { meetingId }, query: { projected: 'true' } })
  const agenda = useContract(readMeetingAgenda, { params: { meetingId }, query: { projected: 'true' } })
  const behind = useContract(readMeetingOverview, { params: { meetingId }, query: { projected: 'true' } })
  const view = meeting.data
  const written = new Map([...useTopics(agenda.data), ...useOwedTopics(behind.data, view)].map((one) => [one.key, one]))
  const depositRow = behind.data?.deposits ? deposits(behind.data.deposits.unitKey) : null
  const order = ['team', 'movements', 'before', 'core', 'duties', 'tasks', 'promises', 'appointments', 'maturities', 'repayments', 'absent', 'praise']
  const topics: Topic[] = view === undefined || !agenda.data || !behind.data ? [] : [
    { key: 'overview', title: t('overview'), body: <Overview meeting={view} agenda={agenda.data} overview={behind.data} deposits={depositRow} onOpen={(key) => open(key)} /> },
    ...view.parts.filter((one) => one.part === 'GOALS').map((one) => ({ key: one.part, title: t(one.part), body: <p>{one.content ?? t('nothingOf')}</p> })),
    ...(depositRow === null ? [] : [{ key: 'deposits', title: t('deposits'), body: depositRow }]),
    ...order.flatMap((key) => written.get(key) ?? []),
    ...view.parts.filter((one) => one.part !== 'GOALS' && one.part !== 'YESTERDAY').map((one) => ({
      key: one.part, title: t(one.part), body: (
        <>
          <p style={{ whiteSpace: 'pre-wrap' }}>{one.content ?? t('nothingOf')}</p>
          {view.focus.filter((each) => each.part === one.part).map((each) => <p key={each.id}><strong>{each.customerName}</strong>{mark('：')}{each.note}</p>)}
        </>
      ),
    })),
  ]
  const asked = Number(address.get('topic') ?? '1')
  const at = Number.isInteger(asked) && asked >= 1 && asked <= Math.max(topics.length, 1) ? asked : 1
  // presses in quick succession come before the page is drawn anew: what is drawn meanwhile does not take them back
  const place = useRef(at)
  const pending = useRef<number | null>(null)
  useEffect(() => {
    if (pending.current === null) place.current = at
    else if (pending.current === at) pending.current = null
  }, [at])
  const show = (topic: number): void => {
    place.current = Math.min(Math.max(topic, 1), topics.length)
    pending.current = place.current === at ? null : place.current
    setAddress({ topic: String(place.current) }, { replace: true })
  }
  const go = (by: number): void => show(place.current + by)
  const open = (key: string): void => {
    const found = topics.findIndex((one) => one.key === key)
    if (found >= 0) show(found + 1)
  }
  const mayAdd = view?.may['write']?.allowed === true
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (adding || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'ArrowRight') go(1)
      else if (event.key === 'ArrowLeft') go(-1)
      else if (event.key === 'Home') show(1)
      else if (digitTopics[event.key] !== undefined) open(digitTopics[event.key] ?? '')
      else if (event.key === 'a' && mayAdd) setAdding(true)
      else if (event.key === 'f') void document.documentElement.requestFullscreen().catch(() => undefined)
      else if (event.key === 'Escape') void navigate(`/meetings/${meetingId}`)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
  if (isNotFound(meeting.error)) return <NotFound />
  const error = meeting.error ?? agenda.error ?? behind.error
  const topic = topics[at - 1]
  const present = view?.attendance.filter((one) => one.mark === 'PRESENT').length ?? 0
  return (
    <div className="yq-wall" data-one={topic?.key === 'overview' ? '' : undefined}>
      {error ? <ErrorState error={error} onRetry={() => { void meeting.refetch(); void agenda.refetch(); void behind.refetch() }} /> : !view || !topic ? <Skeleton /> : (
        <>
          <header className="yq-wall-head">
            <span>{t('meetings')} {view.from} · {view.unitName} · {view.day}</span>
            <span className="yq-num">{t('attendance')} {present}/{view.attendance.length}</span>
            <span className="yq-num">{t('topicOf', { n: at, of: topics.length })}</span>
          </header>
          {topic.key === 'overview' ? <main><h1 className="yq-sr">{topic.title}</h1>{topic.body}</main> : (
          <main className="yq-wall-main">
            <section className="yq-wall-topic" aria-live="polite"><h1>{topic.title}</h1>{topic.body}</section>
            <aside className="yq-wall-actions" aria-label={t('actions')}>
              <h2>{t('actions')}</h2>
              {view.actions.length === 0 ? <p>{t('nothingOf')}</p> : <ol>{view.actions.map((one) => <li key={one.id}>{one.title}<br /><span className="yq-quiet">{one.owner} · {one.dueOn.slice(5)}</span></li>)}</ol>}
            </aside>
          </main>
          )}
          <footer className="yq-wall-foot yq-row">
            {at > 1 && <Button onClick={() => show(1)}>{t('overview')}</Button>}
            <Button onClick={() => go(-1)} aria-disabled={at === 1}>{t('previous')}</Button>
            <Button type="primary" onClick={() => go(1)} aria-disabled={at === topics.length}>{t('next')}</Button>
            {mayAdd && <Button onClick={() => setAdding(true)}>{t('addAction')}</Button>}
            <Button onClick={() => void document.documentElement.requestFullscreen().catch(() => undefined)}>{t('fullScreen')}</Button>
            <Button onClick={() => void navigate(`/meetings/${meetingId}`)}>{t('leave')}</Button>
            <span className="yq-quiet yq-small">{t('screenHint')}</span>
          </footer>
          {adding && <AddAction meeting={view} onClose={() => setAdding(false)} />}
        </>
      )}
    </div>
  )
}
