import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useParams } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { parseMoney, plainAmount } from '../../ui/amount-format.ts'
import { Block } from '../../ui/Block.tsx'
import { download, useAct, useContract, useUpload } from '../../ui/client.ts'
import { useConfirm, useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { ChoiceField } from '../../ui/fields.tsx'
import { FileChoice } from '../../ui/FileChoice.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useMay, useWho } from '../../ui/who.ts'
import { answerSheet, confirmAnswer, getAnswer, nameFiller, saveAnswer, sendBackAnswer, submitAnswer, uploadAnswer, type AnswerRow, type Cell, type FormFile, type Subject } from '../form.contract.ts'
import { faultsOf, fileIdsOf, isChanged, isHandedIn, isLedger, knownBySubject, rowsBySubject } from '../form.rules.ts'
import { FilesInput, FilesShown } from './FilesCell.tsx'
import { CellValue, ReturnDrawer } from './FormPage.tsx'
import { formsText } from './forms-text.ts'

type Loaded = { id: string; edition: number; rows: AnswerRow[]; prefilled: Readonly<Record<string, string>>; prefilledOn: string; subjects: Subject[]; files: FormFile[]; form: { cells: Cell[]; mostRows: number; answersFor: 'PERSON' | 'OUTLET' | 'CUSTOMER' } }
const shownAtOnce = 20

/** One answer: filled in on the phone or at the desk, or from a workbook; checked while one types; read only once it was handed in. */
export default function AnswerPage() {
  const t = useText(formsText)
  const { answerId = '' } = useParams()
  const { data, error, refetch } = useContract(getAnswer, { params: { answerId } })
  const [uploading, setUploading] = useState(false)
  const [returning, setReturning] = useState(false)
  const [naming, setNaming] = useState(false)
  const toast = useToast()
  const confirm = useConfirm()
  const mayConfirm = useMay()('form.confirm')
  const me = useWho()
  const act = useAct(confirmAnswer, { refresh: ['forms', 'reports'] })
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('answer')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('answer')} /><Skeleton /></Page>
  const fills = data.may['save']?.allowed === true
  // the buttons stand for a head, with the reason when it is not his; the answerer and the collector have theirs elsewhere
  const shows = data.state === 'WAITING' && (data.may['confirm']?.allowed === true || (mayConfirm && data.staff.staffKey !== me.staffKey))
  const agree = async (): Promise<void> => {
    if (await confirm({ title: t('confirmTitle', { name: data.staff.name }), effect: t('confirmEffect'), verb: t('confirm') })) act.mutate({ params: { answerId }, body: { edition: data.edition } }, { onSuccess: () => toast(t('confirmedToast')) })
  }
  const names = data.confirmers.map((one) => one.name).join(mark('、'))
  const confirmation = data.confirmedBy !== null && data.confirmedOn !== null ? t('confirmedBy', { name: data.confirmedBy, day: data.confirmedOn }) : data.state !== 'WAITING' ? t('confirms') : names === '' ? t('waitsForNobody') : t('waitsFor', { names })
  return (
    <Page>
      <PageHeader
        title={data.form.title} crumbs={[{ title: t('forms'), to: '/collection-forms' }]} sub={<span className="yq-num">{data.form.number} · {data.staff.name}{mark('（')}{data.unitName}{mark('）')}</span>}
        tags={<Tag tone={data.state === 'SUBMITTED' ? 'success' : data.state === 'WAITING' ? 'warning' : data.late ? 'error' : data.state === 'RETURNED' ? 'warning' : 'info'} {...(data.late && !isHandedIn(data.state) ? { icon: '⬣' } : {})}>{t(`A_${data.state}`)}</Tag>}
        actions={<>{shows && <ActionButton type="primary" may={data.may['confirm']} refusals={confirmAnswer.refusals} onClick={() => void agree()}>{t('confirm')}</ActionButton>}{shows && <ActionButton may={data.may['sendBack']} refusals={sendBackAnswer.refusals} onClick={() => setReturning(true)}>{t('sendBack')}</ActionButton>}{data.may['name']?.allowed === true && <Button onClick={() => setNaming(true)}>{t('nameFiller')}</Button>}<Button onClick={() => void download(answerSheet, { params: { answerId } })}>{t('sheet')}</Button>{fills && <Button onClick={() => setUploading(true)}>{t('upload')}</Button>}</>}
      />
      {act.error && <ErrorState error={act.error} onRetry={() => act.reset()} />}
      {data.returnReason !== null && <Note tone="warning">{data.returnedBy === null ? t('returned', { why: data.returnReason }) : t('returnedBy', { name: data.returnedBy, why: data.returnReason })}</Note>}
      <Block title={t('why')}>
        <Facts facts={[{ label: t('why'), value: data.form.why }, { label: t('collector'), value: data.form.collector.name }, { label: t('due'), value: <Deadline date={data.dueOn} done={isHandedIn(data.state)} {...(data.workingDaysLeft === null ? {} : { workingDays: data.workingDaysLeft })} /> },
          ...(data.form.confirms ? [{ label: t('confirmation'), value: confirmation }] : []), ...(data.filler === null ? [] : [{ label: t('filler'), value: data.filler.name }]),
          ...(data.form.purpose === null ? [] : [{ label: t('dataPurpose'), value: data.form.purpose }, { label: t('dataClass'), value: t(data.form.dataClass) }])]} />
      </Block>
      {fills ? <Filling key={`${data.id} ${data.edition}`} answer={data} /> : (
        <Block title={t('answer')} flush={data.rows.length > 0}>
          {data.rows.length === 0 ? <EmptyState title={isHandedIn(data.state) ? t('noRows') : t('notHandedIn')} /> : (
            <PlainTable label={t('answer')} stack={data.form.answersFor === 'CUSTOMER'} columns={[...(data.form.answersFor === 'CUSTOMER' ? [{ key: 'customer', title: t('customer') }] : []), ...data.form.cells.map((cell) => ({ key: cell.code, title: cell.type === 'AMOUNT' ? `${cell.label}${t('yuan')}` : cell.label, right: cell.type === 'WHOLE' || cell.type === 'AMOUNT' }))]}
              rows={data.rows.map((row, place) => ({ key: String(place), cells: [...(data.form.answersFor === 'CUSTOMER' ? [data.subjects.find(({ of }) => of === row.of)?.name ?? t('outOfSight')] : []), ...data.form.cells.map((cell) => <span key={cell.code}>{cell.type === 'FILE' ? <FilesShown answerId={data.id} value={row.values[cell.code]} files={data.files} /> : <CellValue cell={cell} value={row.values[cell.code]} />}{row.reasons[cell.code] !== undefined && <div className="yq-small yq-quiet">{row.reasons[cell.code]}</div>}</span>)] }))} />
          )}
        </Block>
      )}
      {data.history.length > 0 && <Block title={t('history')}><ul style={{ margin: 0, paddingInlineStart: 20 }}>{data.history.map((one) => <li key={one.round}>{t('round', { n: one.round })} · {one.by} · <DateText date={one.on} /></li>)}</ul></Block>}
      {uploading && <UploadDrawer answerId={answerId} edition={data.edition} onClose={() => setUploading(false)} />}
      {naming && <NameDrawer answerId={answerId} filler={data.filler?.staffKey ?? null} people={data.nameable} onClose={() => setNaming(false)} />}
      {returning && <ReturnDrawer answer={{ id: data.id, name: data.staff.name, edition: data.edition }} by="HEAD" onClose={() => setReturning(false)} />}
    </Page>
  )
}

function Filling({ answer }: { answer: Loaded }) {
  const t = useText(formsText)
  const pick = usePick()
  const toast = useToast()
  const { cells, mostRows } = answer.form
  const about = answer.form.answersFor === 'CUSTOMER'
  const { subjects } = answer
  const [rows, setRows] = useState<AnswerRow[]>(about
    ? rowsBySubject(subjects, answer.rows).map((row, place) => (Object.keys(row.values).length > 0 ? row : { ...row, values: { ...subjects[place]?.prefilled } }))
    : answer.rows.length > 0 ? answer.rows : [{ values: {}, reasons: {} }])
  // customers who were answered and saved stand in one line each, until one is opened again
  const [folded, setFolded] = useState<ReadonlySet<number>>(() => new Set(about ? rows.flatMap((row, place) => (isWhole(cells, row) && answer.rows.some((one) => one.of === row.of && Object.keys(one.values).length > 0) ? [place] : [])) : []))
  const [files, setFiles] = useState<readonly FormFile[]>(answer.files)
  const [most, setMost] = useState(shownAtOnce)
  const [asked, setAsked] = useState(false)
  const save = useAct(saveAnswer, { refresh: ['forms', 'reports'] })
  const submit = useAct(submitAnswer, { refresh: ['forms', 'reports'] })
  const filled = rows.filter((row) => Object.values(row.values).some((value) => value.trim() !== ''))
  const known = about ? knownBySubject(subjects) : answer.prefilled
  const faults = faultsOf(cells, about || rows.length === 1 || filled.length === 0 ? rows : filled, known, asked)
  // what a fault stands in is in sight
  const shown = about ? Math.max(most, ...(asked ? faults.map((one) => one.row + 1) : [])) : rows.length
  const whole = about ? rows.filter((row) => isWhole(cells, row)).length : 0
  const faultOf = (place: number, code: string): string | null => {
    const found = faults.find((one) => one.row === place && one.code === code)
    return found ? pick(found.text) : null
  }
  const put = (place: number, part: 'values' | 'reasons', code: string, text: string): void => setRows(rows.map((row, nth) => (nth !== place ? row : { ...row, [part]: { ...row[part], [code]: text } })))
  const sent = { params: { answerId: answer.id }, body: { edition: answer.edition, rows: filled } }
  const hand = (): void => {
    setAsked(true)
    if (faultsOf(cells, about ? rows : filled, known, true).length === 0) submit.mutate(sent, { onSuccess: ({ waitsFor }) => toast(waitsFor === null ? t('submitted') : t('submittedWaits', { name: waitsFor })) })
  }
  const problem = submit.error ?? save.error
  return (
    <>
      {problem && <ErrorState error={problem} onRetry={() => { submit.reset(); save.reset() }} />}
      {about && (rows.length === 0 ? <EmptyState title={t('noSubjects')} /> : <p className="yq-quiet yq-num" role="status">{t('filledOf', { n: whole, all: rows.length })}</p>)}
      {rows.slice(0, shown).map((row, place) => (folded.has(place) && !faults.some((one) => one.row === place) ? (
        <div key={row.of ?? place} className="yq-row" data-between="" style={{ flexWrap: 'nowrap', minHeight: 44, padding: '0 16px', border: '1px solid var(--yq-line)', borderRadius: 6, background: 'var(--yq-bg)' }}>
          <span style={{ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{subjects[place]?.name ?? ''} <span className="yq-quiet">{cells.filter((cell) => cell.type !== 'FILE' && (row.values[cell.code] ?? '') !== '').map((cell, nth) => <span key={cell.code}>{nth > 0 ? ' · ' : ''}<CellValue cell={cell} value={row.values[cell.code]} /></span>)}</span></span>
          <Button aria-label={`${t('reopen')} ${subjects[place]?.name ?? ''}`} onClick={() => setFolded(new Set([...folded].filter((one) => one !== place)))}>{t('reopen')}</Button>
        </div>
      ) : (
        <Block key={row.of ?? place} title={about ? `${subjects[place]?.name ?? ''} ${subjects[place]?.number ?? ''}` : mostRows > 1 ? t('row', { n: place + 1 }) : t('answer')} actions={!about && rows.length > 1 && <Button size="small" onClick={() => setRows(rows.filter((_row, nth) => nth !== place))}>{t('removeRow', { n: place + 1 })}</Button>}>
          <div className="yq-stack" style={{ maxWidth: 640 }}>
            {cells.map((cell) => {
              const id = `cell-${place}-${cell.code}`
              const value = row.values[cell.code]
              const prefilled = about ? (subjects[place]?.prefilled ?? {}) : answer.prefilled
              const before = prefilled[cell.code]
              const fault = faultOf(place, cell.code)
              const changed = isChanged(cell, value, prefilled)
              return (
                <div key={cell.code}>
                  <label {...(cell.type === 'FILE' ? {} : { htmlFor: id })}>{cell.label}{cell.type === 'AMOUNT' ? t('yuan') : ''}{cell.required && <span aria-hidden> *</span>}</label>
                  {cell.type === 'FILE'
                    ? <FilesInput id={id} answerId={answer.id} cell={cell} of={row.of} value={value} files={files} onAttach={(file) => { setFiles([...files, file]); put(place, 'values', cell.code, [...fileIdsOf(value), file.id].join(' ')) }} onRemove={(fileId) => put(place, 'values', cell.code, fileIdsOf(value).filter((one) => one !== fileId).join(' '))} />
                    : <CellInput id={id} cell={cell} value={value} invalid={fault !== null} onChange={(text) => put(place, 'values', cell.code, text)} />}
                  {before !== undefined && <div className="yq-small yq-quiet">{isLedger(cell.source) ? t('system', { value: cell.type === 'AMOUNT' ? plainAmount(before) : before, day: answer.prefilledOn }) : t('last', { value: cell.type === 'AMOUNT' ? plainAmount(before) : before })}</div>}
                  {changed && <Input aria-label={t('changedWhy', { label: cell.label })} placeholder={t('changedWhy', { label: cell.label })} value={row.reasons[cell.code] ?? ''} maxLength={200} onChange={(event) => put(place, 'reasons', cell.code, event.target.value)} style={{ marginTop: 4 }} />}
                  {fault !== null && <div id={`${id}-fault`} role="alert" className="yq-small" style={{ color: 'var(--yq-error)' }}>{fault}</div>}
                </div>
              )
            })}
          </div>
        </Block>
      )))}
      {shown < rows.length && <Button onClick={() => setMost(shown + shownAtOnce)}>{t('more', { n: Math.min(shownAtOnce, rows.length - shown) })}</Button>}
      <div className="yq-row" style={{ flexWrap: 'wrap', position: 'sticky', bottom: 0, background: 'var(--yq-page)', padding: '8px 0' }}>
        <ActionButton type="primary" may={{ allowed: true, reason: null }} refusals={submitAnswer.refusals} onClick={hand}>{t('submit')}</ActionButton>
        <Button onClick={() => save.mutate(sent, { onSuccess: () => toast(t('saved')) })}>{t('saveDraft')}</Button>
        {!about && rows.length < mostRows && <Button onClick={() => setRows([...rows, { values: {}, reasons: {} }])}>{t('addRow')}</Button>}
      </div>
    </>
  )
}

/** Every cell that must be filled is. */
const isWhole = (cells: readonly Cell[], row: AnswerRow): boolean => cells.every((cell) => !cell.required || (row.values[cell.code] ?? '').trim() !== '')

type InputProps = { id: string; cell: Cell; value: string | undefined; invalid: boolean; onChange: (text: string) => void }

function CellInput({ id, cell, value, invalid, onChange }: InputProps) {
  const common = { id, 'aria-invalid': invalid, ...(invalid ? { 'aria-describedby': `${id}-fault`, status: 'error' as const } : {}) }
  switch (cell.type) {
    case 'AMOUNT': return <MoneyInput id={id} cell={cell} value={value} invalid={invalid} onChange={onChange} />
    case 'WHOLE': return <Input {...common} inputMode="numeric" value={value ?? ''} onChange={(event) => onChange(event.target.value.trim())} />
    case 'DATE': return <DatePicker {...common} style={{ width: '100%' }} value={value === undefined || !dayjs(value).isValid() ? null : dayjs(value)} onChange={(day: dayjs.Dayjs | null) => onChange(day === null ? '' : day.format('YYYY-MM-DD'))} />
    case 'CHOICE': return <Select {...common} style={{ width: '100%' }} value={value === undefined || value === '' ? null : value} allowClear options={cell.choices.map((one) => ({ value: one, label: one }))} onChange={(one: string | null | undefined) => onChange(one ?? '')} />
    case 'FILE': return null
    case 'TEXT': return <Input.TextArea {...common} value={value ?? ''} maxLength={500} autoSize={{ minRows: 2, maxRows: 8 }} onChange={(event) => onChange(event.target.value)} />
  }
}

/** Yuan as typed (“3.5万” too); kept as whole fen. What is no amount stays as typed and is told beside it. */
function MoneyInput({ id, value, invalid, onChange }: InputProps) {
  const [typed, setTyped] = useState(value !== undefined && /^-?\d+$/.test(value) ? plainAmount(value) : (value ?? ''))
  const take = (text: string): void => {
    setTyped(text)
    const fen = text.trim() === '' ? null : parseMoney(text)
    onChange(text.trim() === '' ? '' : fen === null ? text : fen.toString())
  }
  return <Input id={id} aria-invalid={invalid} {...(invalid ? { 'aria-describedby': `${id}-fault`, status: 'error' as const } : {})} inputMode="decimal" value={typed} onChange={(event) => take(event.target.value)} />
}

/** The head of the outlet names a colleague of it, or takes it back. */
function NameDrawer({ answerId, filler, people, onClose }: { answerId: string; filler: number | null; people: readonly { staffKey: number; name: string }[]; onClose: () => void }) {
  const t = useText(formsText)
  const toast = useToast()
  const act = useAct(nameFiller, { refresh: ['forms', 'reports'] })
  const form = useForm({
    initial: { who: filler === null ? '' : String(filler) },
    send: async ({ who }) => { const { filler: name } = await act.mutateAsync({ params: { answerId }, body: { staffKey: who === '' ? null : Number(who) } }); toast(name === null ? t('takenBack') : t('named', { name })) },
  })
  return <FormDrawer title={t('nameFiller')} open onClose={onClose} form={form} submit={t('save')}><ChoiceField form={form} name="who" label={t('person')} options={[{ value: '', label: t('nameSelf') }, ...people.map((one) => ({ value: String(one.staffKey), label: one.name }))]} /></FormDrawer>
}

function UploadDrawer({ answerId, edition, onClose }: { answerId: string; edition: number; onClose: () => void }) {
  const t = useText(formsText)
  const toast = useToast()
  const [file, setFile] = useState<File | null>(null)
  const send = useUpload(uploadAnswer, { refresh: ['forms'] })
  const form = useForm({ initial: { file: '' }, check: () => (file === null ? { file: t('required') } : {}), send: async () => { if (file) toast(t('uploaded', { n: (await send.mutateAsync({ params: { answerId }, body: { edition }, file })).rows })) } })
  return (
    <FormDrawer title={t('upload')} open onClose={onClose} form={form} submit={t('upload')}>
      {uploadAnswer.upload && <FileChoice name="file" label={t('uploadFile')} rule={uploadAnswer.upload} file={file} onChange={setFile} required {...(form.errors.file === undefined ? {} : { error: form.errors.file })} />}
    </FormDrawer>
  )
}
