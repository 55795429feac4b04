import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { mark, useText } from '../../ui/text.ts'
import { readMeetingAgenda } from '../agenda.contract.ts'
import { getMeeting } from '../meeting.contract.ts'
import { useTopics, type Topic } from './AgendaView.tsx'
import { AddAction } from './MeetingForms.tsx'
import { meetingsText } from './meetings-text.ts'
import './meetings.css'

/** The screen on the wall: one topic at a time in large type, names masked, no amount of a person. ← → change the topic, A adds an action, F fills the screen, Esc goes back. */
export default function MeetingScreen() {
  const t = useText(meetingsText)
  const navigate = useNavigate()
  const { meetingId = '' } = useParams()
  const [address, setAddress] = useSearchParams()
  const [adding, setAdding] = useState(false)
  const meeting = useContract(getMeeting, { params: { meetingId }, query: { projected: 'true' } })
  const agenda = useContract(readMeetingAgenda, { params: { meetingId }, query: { projected: 'true' } })
  const written = useTopics(agenda.data)
  const view = meeting.data
  const topics: Topic[] = view === undefined ? [] : [
    ...view.parts.filter((one) => one.part === 'GOALS').map((one) => ({ key: one.part, title: t(one.part), body: <p>{one.content ?? t('nothingOf')}</p> })),
    ...written,
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
  // two presses in quick succession come before the page is drawn anew
  const place = useRef(at)
  useEffect(() => { place.current = at }, [at])
  const go = (by: number): void => {
    place.current = Math.min(Math.max(place.current + by, 1), topics.length)
    setAddress({ topic: String(place.current) }, { replace: true })
  }
  const mayAdd = view?.may['write']?.allowed === true
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (adding || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'ArrowRight') go(1)
      else if (event.key === 'ArrowLeft') go(-1)
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
  const error = meeting.error ?? agenda.error
  const topic = topics[at - 1]
  const present = view?.attendance.filter((one) => one.mark === 'PRESENT').length ?? 0
  return (
    <div className="yq-wall">
      {error ? <ErrorState error={error} onRetry={() => { void meeting.refetch(); void agenda.refetch() }} /> : !view || !agenda.data || !topic ? <Skeleton /> : (
        <>
          <header className="yq-wall-head">
            <span>{t('meetings')} {view.from} · {view.unitName} · {view.day}</span>
            <span className="yq-num">{t('attendance')} {present}/{view.attendance.length}</span>
            <span className="yq-num">{t('topicOf', { n: at, of: topics.length })}</span>
          </header>
          <main className="yq-wall-main">
            <section className="yq-wall-topic" aria-live="polite"><h1>{topic.title}</h1>{topic.body}</section>
            <aside className="yq-wall-actions" aria-label={t('actions')}>
              <h2>{t('actions')}</h2>
              {view.actions.length === 0 ? <p>{t('nothingOf')}</p> : <ol>{view.actions.map((one) => <li key={one.id}>{one.title}<br /><span className="yq-quiet">{one.owner} · {one.dueOn.slice(5)}</span></li>)}</ol>}
            </aside>
          </main>
          <footer className="yq-wall-foot yq-row">
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
