import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { dayOfMoment } from '../../ui/date-format.ts'
import { DateText, Moment } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { AreaField, DayField, FindField, TextField, type Choice } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { useWho } from '../../ui/who.ts'
import { answerReport, noteReport, signReport, type ReportShown, type SectionShown } from '../day-report.contract.ts'
import { ReportFacts } from './Facts.tsx'
import { reportsText } from './reports-text.ts'

/** Who a measure may be given to: handed in by the desk, which knows the room of tasks. */
export type FindOwners = (search: string) => Promise<readonly Choice[]>

export function ReportTags({ report }: { report: Pick<ReportShown, 'late' | 'channel' | 'signedOn' | 'answeredOn' | 'kind'> }) {
  const t = useText(reportsText)
  return (
    <>
      <Tag tone={report.late ? 'warning' : 'success'}>{report.late ? t('late') : t('onTime')}</Tag>
      {report.channel === 'PHONE' && <Tag tone="info">{t('byPhone')}</Tag>}
      {report.kind.answers ? <Tag tone={report.answeredOn === null ? 'info' : 'success'}>{report.answeredOn === null ? t('waits') : t('answered')}</Tag> : report.signedOn !== null && <Tag tone="success">{t('signed')}</Tag>}
    </>
  )
}

const isEmpty = (section: SectionShown): boolean => section.facts.length === 0 && section.text === null

/** A confirmed report: what it showed, what was written, what came later; below, what the reader may do. */
export function ReportBody({ report, findOwners }: { report: ReportShown; findOwners?: FindOwners }) {
  const t = useText(reportsText)
  const pick = usePick()
  const { staffKey } = useWho()
  const [doing, setDoing] = useState<'note' | 'sign' | 'answer' | null>(null)
  const own = report.staffKey === staffKey
  return (
    <>
      <Facts facts={[
        { label: t('confirmedOn'), value: <>{dayOfMoment(report.confirmedAt) === report.confirmedOn ? <Moment at={report.confirmedAt} /> : <DateText date={report.confirmedOn} />}{report.channel === 'PHONE' && ` · ${t('recordedBy', { name: report.recordedBy })}`}</> }, { label: t('receiver'), value: report.receiver ?? '--' },
        ...(report.signedOn === null ? [] : [{ label: t('signedBy'), value: <>{report.signedBy} <DateText date={report.signedOn} /></> }]),
        ...(report.answerDueOn === null ? [] : [{ label: t('answerDue'), value: <Deadline date={report.answerDueOn} done={report.answeredOn !== null} {...(report.answerDaysLeft === null ? {} : { workingDays: report.answerDaysLeft })} /> }]),
      ]} />
      <div className="yq-block yq-report-paper">
        {report.sections.filter((section) => !isEmpty(section)).map((section) => (
          <section key={section.code} className="yq-report-section">
            <h3>{pick(section)}{section.facts.length > 0 && <span className="yq-quiet yq-num"> {section.facts.length}</span>}</h3>
            {section.text !== null && <p className="yq-report-text">{section.text}</p>}
            {section.facts.length > 0 && <ReportFacts facts={section.facts} label={pick(section)} />}
          </section>
        ))}
        {report.sections.some(isEmpty) && <p className="yq-report-section yq-quiet yq-small">{t('emptySections', { names: report.sections.filter(isEmpty).map((section) => pick(section)).join(t('listComma')) })}</p>}
      </div>
      {report.measures.length > 0 && (
        <Block title={t('measures')}>
          <ul className="yq-report-facts" aria-label={t('measures')}>
            {report.measures.map((one) => <li key={one.id}><span className="yq-quiet yq-small yq-report-kind">{one.owner}</span><Link to={`/tasks?task=${one.taskId}`}>{one.title}</Link><DateText date={one.dueOn} /></li>)}
          </ul>
        </Block>
      )}
      <Block
        title={t('talk')}
        actions={(
          <span className="yq-row">
            {(own || report.may['note']?.allowed) && <Button onClick={() => setDoing('note')}>{own ? t('addOwn') : t('addNote')}</Button>}
            {!own && report.kind.answers && report.answeredOn === null && <ActionButton type="primary" may={report.may['answer']} refusals={answerReport.refusals} onClick={() => setDoing('answer')}>{t('answer')}</ActionButton>}
            {!own && !report.kind.answers && report.signedOn === null && <ActionButton type="primary" may={report.may['sign']} refusals={signReport.refusals} onClick={() => setDoing('sign')}>{t('sign')}</ActionButton>}
          </span>
        )}
      >
        {report.notes.length === 0 ? <p className="yq-quiet yq-small" style={{ margin: 0 }}>{t('noNotes')}</p> : (
          <ul className="yq-stack" style={{ margin: 0, paddingInlineStart: 0, listStyle: 'none' }}>
            {report.notes.map((note) => <li key={note.id}><span className="yq-quiet yq-small">{note.by} · {t(note.kind)} · <Moment at={note.at} /></span><p className="yq-report-note">{note.note}</p></li>)}
          </ul>
        )}
      </Block>
      {(doing === 'note' || doing === 'sign') && <Note report={report} sign={doing === 'sign'} onClose={() => setDoing(null)} />}
      {doing === 'answer' && findOwners && <Answer report={report} findOwners={findOwners} onClose={() => setDoing(null)} />}
    </>
  )
}

function Note({ report, sign, onClose }: { report: ReportShown; sign: boolean; onClose: () => void }) {
  const t = useText(reportsText)
  const toast = useToast()
  const [id] = useState(newId)
  const write = useAct(noteReport, { refresh: ['day-reports'] })
  const signing = useAct(signReport, { refresh: ['day-reports'] })
  const form = useForm({
    initial: { note: '' }, check: ({ note }) => (!sign && note.trim() === '' ? { note: t('required') } : {}),
    send: ({ note }) => (sign ? signing.mutateAsync({ params: { reportId: report.id }, body: { note: note.trim() === '' ? null : note } }) : write.mutateAsync({ params: { reportId: report.id }, body: { id, note } })),
  })
  return (
    <FormDrawer title={sign ? t('sign') : t('talk')} open onClose={onClose} form={form} submit={sign ? t('sign') : t('addNote')} onDone={() => toast(sign ? t('signDone') : t('noted'))}>
      <AreaField form={form} name="note" label={sign ? t('signNote') : t('noteText')} required={!sign} max={1000} />
    </FormDrawer>
  )
}

type Entry = { answer: string; title: string; content: string; owner: string | null; dueOn: string | null; title2: string; content2: string; owner2: string | null; dueOn2: string | null }
const mostMeasures = 2

function Answer({ report, findOwners, onClose }: { report: ReportShown; findOwners: FindOwners; onClose: () => void }) {
  const t = useText(reportsText)
  const toast = useToast()
  const { today } = useBank()
  const [ids] = useState(() => [newId(), newId()] as const)
  const [wanted, setWanted] = useState(1)
  const send = useAct(answerReport, { refresh: ['day-reports', 'tasks', 'duties'] })
  const measuresOf = (entry: Entry) => [
    { id: ids[0], title: entry.title, content: entry.content, owner: entry.owner, dueOn: entry.dueOn }, { id: ids[1], title: entry.title2, content: entry.content2, owner: entry.owner2, dueOn: entry.dueOn2 },
  ].slice(0, wanted)
  const form = useForm<Entry>({
    initial: { answer: '', title: '', content: '', owner: null, dueOn: null, title2: '', content2: '', owner2: null, dueOn2: null },
    check: (entry) => ({
      ...(entry.answer.trim().length < 2 ? { answer: t('required') } : {}),
      ...Object.fromEntries(measuresOf(entry).flatMap((one, place) => {
        const end = place === 0 ? '' : '2'
        return [...(one.title.trim() === '' ? [[`title${end}`, t('required')]] : []), ...(one.content.trim() === '' ? [[`content${end}`, t('required')]] : []), ...(one.owner === null ? [[`owner${end}`, t('required')]] : []), ...(one.dueOn === null ? [[`dueOn${end}`, t('required')]] : [])]
      })),
    }),
    send: (entry) => send.mutateAsync({ params: { reportId: report.id }, body: { answer: entry.answer, measures: measuresOf(entry).map((one) => ({ id: one.id, title: one.title, content: one.content, ownerKey: Number(one.owner), dueOn: one.dueOn ?? today })) } }),
    draft: `day-report.answer.${report.id}`,
  })
  return (
    <FormDrawer title={t('answer')} open onClose={onClose} form={form} submit={t('answer')} onDone={() => toast(t('answered'))}>
      <AreaField form={form} name="answer" label={t('answerText')} required max={1000} />
      {wanted >= 1 && <Measure n={1}><TextField form={form} name="title" label={t('measureTitle', { n: 1 })} required max={60} /><AreaField form={form} name="content" label={t('measureContent')} required max={500} /><FindField form={form} name="owner" label={t('measureOwner')} required find={findOwners} /><DayField form={form} name="dueOn" label={t('measureDue')} required from={today} /></Measure>}
      {wanted >= 2 && <Measure n={2}><TextField form={form} name="title2" label={t('measureTitle', { n: 2 })} required max={60} /><AreaField form={form} name="content2" label={t('measureContent')} required max={500} /><FindField form={form} name="owner2" label={t('measureOwner')} required find={findOwners} /><DayField form={form} name="dueOn2" label={t('measureDue')} required from={today} /></Measure>}
      <span className="yq-row">{wanted < mostMeasures && <Button onClick={() => setWanted(wanted + 1)}>{t('addMeasure')}</Button>}{wanted > 0 && <Button onClick={() => setWanted(wanted - 1)}>{t('removeMeasure')}</Button>}</span>
    </FormDrawer>
  )
}

function Measure({ n, children }: { n: number; children: React.ReactNode }) {
  const t = useText(reportsText)
  return <fieldset style={{ border: 0, margin: 0, padding: 0 }}><legend className="yq-sr">{t('measureTitle', { n })}</legend>{children}</fieldset>
}

