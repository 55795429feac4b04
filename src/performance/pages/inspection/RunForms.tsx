import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { useAct, useUpload } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { AreaField, ChoiceField, RadioField } from '../../../ui/fields.tsx'
import { FileChoice } from '../../../ui/FileChoice.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { answerObjection, enterFinding, makeObjection, withdrawRun, type DrawnObject, type OwnFinding, type RunObject, type RunShown } from '../../inspection/run.contract.ts'
import { checkGrades, reportGrades } from '../../inspection.contract.ts'
import { gradeNames, named } from '../../pay-words.rules.ts'
import { betterGrades } from '../../inspection/run.rules.ts'
import { inspectionText } from './inspection-text.ts'
import { useObjectName } from './parts.tsx'

const short = (text: string, least = 4): boolean => [...text.trim()].length < least
const useGrades = (object: RunObject): { value: string; label: string }[] => {
  const pick = usePick()
  return (object === 'REPORT' ? reportGrades : checkGrades).map((value) => ({ value, label: pick(named(gradeNames, value)) }))
}

/** The finding about one object: what was looked at, what was found, the grade, the evidence. */
export function FindingForm({ run, object, onClose }: { run: RunShown; object: DrawnObject; onClose: () => void }) {
  const t = useText(inspectionText)
  const nameOf = useObjectName()
  const toast = useToast()
  const [id, setId] = useState(newId)
  const [file, setFile] = useState<File | null>(null)
  const send = useUpload(enterFinding, { refresh: ['inspections'] })
  const form = useForm({
    initial: { sourceSeen: object.finding?.sourceSeen ?? '', finding: object.finding?.finding ?? '', grade: object.finding?.grade ?? (null as string | null), file: '' },
    check: (entry) => ({ ...(short(entry.sourceSeen) ? { sourceSeen: t('required') } : {}), ...(short(entry.finding) ? { finding: t('required') } : {}), ...(entry.grade === null ? { grade: t('required') } : {}), ...(file === null ? { file: t('required') } : {}) }),
    send: async ({ sourceSeen, finding, grade }) => { if (file) await send.mutateAsync({ params: { runId: run.id, objectId: object.id }, body: { id, sourceSeen, finding, grade: grade ?? '' }, file }) },
  })
  return (
    <FormDrawer title={`${t('find')} ${nameOf(run.object, object.number)}`} open onClose={onClose} form={form} submit={t('find')} onDone={() => toast(t('done'))}>
      <AreaField form={form} name="sourceSeen" label={t('source')} required max={500} />
      <AreaField form={form} name="finding" label={t('finding')} required max={1000} />
      <ChoiceField form={form} name="grade" label={t('grade')} required options={useGrades(run.object)} />
      {enterFinding.upload && <FileChoice name="file" label={t('evidence')} rule={enterFinding.upload} file={file} onChange={(chosen) => { setId(newId()); setFile(chosen) }} required {...(form.errors.file === undefined ? {} : { error: form.errors.file })} />}
    </FormDrawer>
  )
}

/** A third person of the group answers: as it was, or another grade. */
export function AnswerForm({ run, object, onClose }: { run: RunShown; object: DrawnObject; onClose: () => void }) {
  const t = useText(inspectionText)
  const nameOf = useObjectName()
  const toast = useToast()
  const send = useAct(answerObjection, { refresh: ['inspections'] })
  const better = betterGrades(run.object, object.finding?.grade ?? '')
  const grades = useGrades(run.object).filter(({ value }) => better.includes(value))
  const form = useForm({
    initial: { result: 'REJECTED' as 'UPHELD' | 'REJECTED', becomes: null as string | null, reason: '' }, check: (entry) => ({ ...(entry.result === 'UPHELD' && entry.becomes === null ? { becomes: t('required') } : {}), ...(short(entry.reason) ? { reason: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ params: { runId: run.id, objectId: object.id }, body: { ...entry, becomes: entry.result === 'UPHELD' ? entry.becomes : null } }),
  })
  return (
    <FormDrawer title={`${t('answer')} ${nameOf(run.object, object.number)}`} open onClose={onClose} form={form} submit={t('answer')} onDone={() => toast(t('done'))}>
      <p className="yq-quiet" style={{ whiteSpace: 'pre-wrap' }}>{object.objection?.claim}</p>
      <RadioField form={form} name="result" label={t('answer')} required options={(['REJECTED', 'UPHELD'] as const).map((value) => ({ value, label: t(value) }))} />
      {form.values.result === 'UPHELD' && <ChoiceField form={form} name="becomes" label={t('becomes')} required options={grades} />}
      <AreaField form={form} name="reason" label={t('reason')} required max={1000} />
    </FormDrawer>
  )
}

export function ObjectionForm({ finding, onClose }: { finding: OwnFinding; onClose: () => void }) {
  const t = useText(inspectionText)
  const nameOf = useObjectName()
  const toast = useToast()
  const send = useAct(makeObjection, { refresh: ['inspections'] })
  const form = useForm({ initial: { claim: '' }, check: ({ claim }) => (short(claim, 10) ? { claim: t('claimHint') } : {}), send: ({ claim }) => send.mutateAsync({ params: { runId: finding.runId, objectId: finding.id }, body: { claim } }), draft: `objection ${finding.id}` })
  return (
    <FormDrawer title={`${t('makeObjection')} ${nameOf(finding.object, finding.objectNumber)}`} open onClose={onClose} form={form} submit={t('makeObjection')} onDone={() => toast(t('done'))}>
      <Note>{t('answeredBy')}</Note>
      <AreaField form={form} name="claim" label={t('claim')} hint={t('claimHint')} required max={1000} rows={6} />
    </FormDrawer>
  )
}

export function WithdrawForm({ runId, onClose }: { runId: string; onClose: () => void }) {
  const t = useText(inspectionText)
  const toast = useToast()
  const send = useAct(withdrawRun, { refresh: ['inspections'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (short(reason) ? { reason: t('required') } : {}), send: ({ reason }) => send.mutateAsync({ params: { runId }, body: { reason } }) })
  return <FormDrawer title={t('withdraw')} open onClose={onClose} form={form} submit={t('withdraw')} onDone={() => toast(t('done'))}><AreaField form={form} name="reason" label={t('reason')} required max={300} /></FormDrawer>
}
