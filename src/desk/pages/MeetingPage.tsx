import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { readMeetingAgenda } from '../../meetings/agenda.contract.ts'
import { addMeetingAction, getMeeting, markAttendance, saveMeetingPart, turnMeeting, type MeetingView, type PartView } from '../../meetings/meeting.contract.ts'
import { useTopics } from '../../meetings/pages/AgendaView.tsx'
import { AddAction, AddFocus, GivePraise, MarkAbsent, WritePart } from '../../meetings/pages/MeetingForms.tsx'
import { meetingsText } from '../../meetings/pages/meetings-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useConfirm, useToast } from '../../ui/Confirm.tsx'
import { dateText } from '../../ui/date-format.ts'
import { DateText } from '../../ui/DateText.tsx'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { findPeople } from '../../visits/pages/ContactForm.tsx'
import { findCustomers } from './CalendarPage.tsx'

/** A morning meeting at the desk: its agenda stands written, the head adds words, marks who is there, decides actions, closes it. */
export default function MeetingPage() {
  const t = useText(meetingsText)
  const navigate = useNavigate()
  const confirm = useConfirm()
  const toast = useToast()
  const { today } = useBank()
  const { language } = useSettings()
  const { meetingId = '' } = useParams()
  const { data, error, refetch } = useContract(getMeeting, { params: { meetingId }, query: {} })
  const turn = useAct(turnMeeting, { refresh: ['meetings'] })
  const [praising, setPraising] = useState(false)
  if (isNotFound(error)) return <NotFound />
  const day = data ? dateText(data.day, 'list', language, today) : ''
  const close = async (): Promise<void> => {
    if (await confirm({ title: t('closeAsk', { day }), effect: t('closeEffect'), verb: t('close') })) turn.mutate({ params: { meetingId }, body: { to: 'CLOSED' } }, { onSuccess: () => toast(t('closedNow')) })
  }
  return (
    <Page>
      <PageHeader
        title={data ? `${t('meetings')} ${day}` : t('meetings')} crumbs={[{ title: t('meetings'), to: '/meetings' }]} tags={data && <Tag {...(data.state === 'RUNNING' ? { tone: 'primary' as const } : {})}>{t(data.state)}</Tag>}
        sub={data && <span className="yq-num">{data.unitName} · {data.from}–{data.to} · {t('chair')} {data.chairName}</span>}
        actions={data && (
          <>
            {data.state === 'PREPARED' && data.may['write']?.allowed && <ActionButton type="primary" may={data.may['begin']} refusals={turnMeeting.refusals} onClick={() => turn.mutate({ params: { meetingId }, body: { to: 'RUNNING' } })}>{t('begin')}</ActionButton>}
            {data.state === 'RUNNING' && data.may['write']?.allowed && <ActionButton type="primary" may={data.may['close']} refusals={turnMeeting.refusals} visible onClick={() => void close()}>{t('close')}</ActionButton>}
            {data.state === 'CLOSED' && <Button type="primary" href={`/api/meetings/${meetingId}/minutes`}>{t('minutesFile')}</Button>}
            <Button onClick={() => void navigate(`/meetings/${meetingId}/screen`)}>{t('project')}</Button>
            <Button onClick={() => setPraising(true)}>{t('praiseGive')}</Button>
          </>
        )}
      />
      {turn.error && <ErrorState error={turn.error} onRetry={() => turn.reset()} />}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton /> : (
        <div className="yq-grid" data-columns="2-1">
          <div className="yq-stack"><Agenda meetingId={meetingId} /><Parts meeting={data} /></div>
          <div className="yq-stack"><Attendance meeting={data} /><Actions meeting={data} /><Focus meeting={data} /></div>
        </div>
      )}
      {praising && <GivePraise findPeople={findPeople} onClose={() => setPraising(false)} />}
    </Page>
  )
}

function Agenda({ meetingId }: { meetingId: string }) {
  const t = useText(meetingsText)
  const { data, error, refetch } = useContract(readMeetingAgenda, { params: { meetingId }, query: {} })
  const topics = useTopics(data)
  return (
    <Block title={t('agenda')} loading={!data} error={error} onRetry={() => void refetch()}>
      <div className="yq-stack">{topics.map((topic) => <section key={topic.key} className="yq-topic"><h3>{topic.title}</h3>{topic.body}</section>)}</div>
    </Block>
  )
}

/** The parts that have words, or must have them; the rest waits in one line, each a step away from its words. */
function Parts({ meeting }: { meeting: MeetingView }) {
  const t = useText(meetingsText)
  const [writing, setWriting] = useState<PartView | null>(null)
  const may = meeting.may['write']?.allowed === true
  const shown = meeting.parts.filter((part) => part.content !== null || part.held || (part.mandatory && meeting.state !== 'CLOSED'))
  const rest = meeting.parts.filter((part) => !shown.includes(part))
  const week = (part: PartView) => part.thisWeek !== null && <span className="yq-small yq-quiet">{t('thisWeek', { n: part.thisWeek + (part.held ? 1 : 0), of: meeting.partsPerWeek })}</span>
  return (
    <Block title={t('content')} flush>
      {shown.map((part) => (
        <div key={part.part} className="yq-part">
          <span className="yq-row" data-between="">
            <span className="yq-row"><strong>{t(part.part)}</strong>{part.held ? <Tag icon="√">{t('held')}</Tag> : part.mandatory && <Tag tone="warning">{t('mandatory')}</Tag>}{week(part)}<span className="yq-small yq-quiet">{part.owner === null ? '' : `${part.owner.name} · `}{part.minutes} {t('minutes')}</span></span>
            {may && <ActionButton size="small" may={meeting.may['write']} refusals={saveMeetingPart.refusals} aria-label={`${t('write')} ${t(part.part)}`} onClick={() => setWriting(part)}>{t('write')}</ActionButton>}
          </span>
          {part.content !== null && <p>{part.content}</p>}
        </div>
      ))}
      {rest.length > 0 && (
        <div className="yq-part">
          <span className="yq-small yq-quiet">{t(meeting.state === 'CLOSED' ? 'notHeld' : 'notWritten')}</span>
          {may ? (
            <ul className="yq-part-rest" aria-label={t('notWritten')}>
              {rest.map((part) => <li key={part.part}><Button size="small" aria-label={`${t('write')} ${t(part.part)}`} onClick={() => setWriting(part)}>＋ {t(part.part)}</Button>{week(part)}</li>)}
            </ul>
          ) : <span>{rest.map((part) => t(part.part)).join(t('listComma'))}</span>}
        </div>
      )}
      {writing && <WritePart key={writing.part} meeting={meeting} part={writing} onClose={() => setWriting(null)} />}
    </Block>
  )
}

function Attendance({ meeting }: { meeting: MeetingView }) {
  const t = useText(meetingsText)
  const mark = useAct(markAttendance, { refresh: ['meetings'] })
  const [absent, setAbsent] = useState<{ staffKey: number; name: string } | null>(null)
  const may = meeting.may['write']?.allowed === true
  const present = meeting.attendance.filter((one) => one.mark === 'PRESENT').length
  const left = meeting.attendance.filter((one) => one.mark === null)
  return (
    <Block title={`${t('attendance')} ${present}/${meeting.attendance.length}`} actions={may && left.length > 0 ? <Button size="small" onClick={() => mark.mutate({ params: { meetingId: meeting.id }, body: { marks: left.map((one) => ({ staffKey: one.staffKey, mark: 'PRESENT' as const })) } })}>{t('allPresent')}</Button> : undefined}>
      {mark.error && <ErrorState error={mark.error} onRetry={() => mark.reset()} />}
      <ul className="yq-marks">
        {meeting.attendance.map((one) => (
          <li key={one.staffKey}>
            <span>{one.name} <span className="yq-small yq-quiet">{one.postName}</span>{one.reason !== null && <span className="yq-small yq-quiet"> · {one.reason}</span>}</span>
            <span className="yq-row">
              {one.mark === null ? <span className="yq-small yq-quiet">{t('unmarked')}</span> : <Tag {...(one.mark === 'PRESENT' ? { icon: '√' } : {})}>{t(one.mark)}</Tag>}
              {may && <Button aria-label={`${t('OUT')} ${one.name}`} onClick={() => setAbsent(one)}>{t('OUT')}</Button>}
            </span>
          </li>
        ))}
      </ul>
      {absent && <MarkAbsent key={absent.staffKey} meeting={meeting} staffKey={absent.staffKey} name={absent.name} onClose={() => setAbsent(null)} />}
    </Block>
  )
}

function Actions({ meeting }: { meeting: MeetingView }) {
  const t = useText(meetingsText)
  const [adding, setAdding] = useState(false)
  return (
    <Block title={t('actions')} flush={meeting.actions.length > 0} actions={meeting.may['write']?.allowed && <ActionButton size="small" may={meeting.may['write']} refusals={addMeetingAction.refusals} onClick={() => setAdding(true)}>{t('addAction')}</ActionButton>}>
      {meeting.actions.length === 0 ? <span className="yq-quiet">{t('nothingOf')}</span> : (
        <PlainTable label={t('actions')} columns={[{ key: 'what', title: t('actionTitle') }, { key: 'who', title: t('actionOwner') }, { key: 'due', title: t('due') }, { key: 'outcome', title: t('outcome') }]}
          rows={meeting.actions.map((one) => ({ key: one.id, cells: [one.outcome === null ? one.title : <Link key="t" to={`/tasks?task=${one.taskId}`}>{one.title}</Link>, one.owner, <DateText key="d" date={one.dueOn} />, one.outcome === null ? '--' : <Tag key="o" {...(one.outcome === 'DONE' ? { tone: 'success' as const } : {})}>{t(`ACTION_${one.outcome}`)}</Tag>] }))} />
      )}
      {adding && <AddAction meeting={meeting} onClose={() => setAdding(false)} />}
    </Block>
  )
}

function Focus({ meeting }: { meeting: MeetingView }) {
  const t = useText(meetingsText)
  const [adding, setAdding] = useState(false)
  return (
    <Block title={t('focus')} actions={meeting.state !== 'CLOSED' && meeting.may['write']?.allowed && <Button size="small" onClick={() => setAdding(true)}>{t('addFocus')}</Button>}>
      {meeting.focus.length === 0 ? <span className="yq-quiet">{t('nothingOf')}</span> : meeting.focus.map((one) => (
        <p key={one.id} style={{ margin: '0 0 8px' }}>{one.customerId === null ? one.customerName : <Link className="yq-name" to={`/customers/${one.customerId}`}>{one.customerName}</Link>} <span className="yq-small yq-quiet">{t(one.part)}</span><br />{one.note}</p>
      ))}
      {adding && <AddFocus meeting={meeting} findCustomers={findCustomers} onClose={() => setAdding(false)} />}
    </Block>
  )
}
