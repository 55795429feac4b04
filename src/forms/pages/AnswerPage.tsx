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
import { FileChoice } from '../../ui/FileChoice.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useMay, useWho } from '../../ui/who.ts'
import { answerSheet, confirmAnswer, getAnswer, saveAnswer, sendBackAnswer, submitAnswer, uploadAnswer, type AnswerRow, type Cell } from '../form.contract.ts'
import { faultsOf, isChanged, isHandedIn, isLedger } from '../form.rules.ts'
import { CellValue, ReturnDrawer } from './FormPage.tsx'
import { formsText } from './forms-text.ts'

type Loaded = { id: string; edition: number; rows: AnswerRow[]; prefilled: Readonly<Record<string, string>>; prefilledOn: string; form: { cells: Cell[]; mostRows: number } }

/** One answer: filled in on the phone or at the desk, or from a workbook; checked while one types; read only once it was handed in. */
export default function AnswerPage() {
  const t = useText(formsText)
  const { answerId = '' } = useParams()
  const { data, error, refetch } = useContract(getAnswer, { params: { answerId } })
  const [uploading, setUploading] = useState(false)
  const [returning, setReturning] = useState(false)
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
  const names = data.confirmers.map((one) => one.name).join('、')
  const confirmation = data.confirmedBy !== null && data.confirmedOn !== null ? t('confirmedBy', { name: data.confirmedBy, day: data.confirmedOn }) : data.state !== 'WAITING' ? t('confirms') : names === '' ? t('waitsForNobody') : t('waitsFor', { names })
  return (
    <Page>
      <PageHeader
        title={data.form.title} crumbs={[{ title: t('forms'), to: '/collection-forms' }]} sub={<span className="yq-num">{data.form.number} · {data.staff.name}（{data.unitName}）</span>}
        tags={<Tag tone={data.state === 'SUBMITTED' ? 'success' : data.state === 'WAITING' ? 'warning' : data.late ? 'error' : data.state === 'RETURNED' ? 'warning' : 'info'} {...(data.late && !isHandedIn(data.state) ? { icon: '⬣' } : {})}>{t(`A_${data.state}`)}</Tag>}
        actions={<>{shows && <ActionButton type="primary" may={data.may['confirm']} refusals={confirmAnswer.refusals} onClick={() => void agree()}>{t('confirm')}</ActionButton>}{shows && <ActionButton may={data.may['sendBack']} refusals={sendBackAnswer.refusals} onClick={() => setReturning(true)}>{t('sendBack')}</ActionButton>}<Button onClick={() => void download(answerSheet, { params: { answerId } })}>{t('sheet')}</Button>{fills && <Button onClick={() => setUploading(true)}>{t('upload')}</Button>}</>}
      />
      {act.error && <ErrorState error={act.error} onRetry={() => act.reset()} />}
      {data.returnReason !== null && <Note tone="warning">{data.returnedBy === null ? t('returned', { why: data.returnReason }) : t('returnedBy', { name: data.returnedBy, why: data.returnReason })}</Note>}
      <Block title={t('why')}>
        <Facts facts={[{ label: t('why'), value: data.form.why }, { label: t('collector'), value: data.form.collector.name }, { label: t('due'), value: <Deadline date={data.dueOn} done={isHandedIn(data.state)} {...(data.workingDaysLeft === null ? {} : { workingDays: data.workingDaysLeft })} /> },
          ...(data.form.confirms ? [{ label: t('confirmation'), value: confirmation }] : [])]} />
      </Block>
      {fills ? <Filling key={`${data.id} ${data.edition}`} answer={data} /> : (
        <Block title={t('answer')} flush={data.rows.length > 0}>
          {data.rows.length === 0 ? <EmptyState title={isHandedIn(data.state) ? t('noRows') : t('notHandedIn')} /> : (
            <PlainTable label={t('answer')} columns={data.form.cells.map((cell) => ({ key: cell.code, title: cell.type === 'AMOUNT' ? `${cell.label}${t('yuan')}` : cell.label, right: cell.type === 'WHOLE' || cell.type === 'AMOUNT' }))}
              rows={data.rows.map((row, place) => ({ key: String(place), cells: data.form.cells.map((cell) => <span key={cell.code}><CellValue cell={cell} value={row.values[cell.code]} />{row.reasons[cell.code] !== undefined && <div className="yq-small yq-quiet">{row.reasons[cell.code]}</div>}</span>) }))} />
          )}
        </Block>
      )}
      {data.history.length > 0 && <Block title={t('history')}><ul style={{ margin: 0, paddingInlineStart: 20 }}>{data.history.map((one) => <li key={one.round}>{t('round', { n: one.round })} · {one.by} · <DateText date={one.on} /></li>)}</ul></Block>}
      {uploading && <UploadDrawer answerId={answerId} edition={data.edition} onClose={() => setUploading(false)} />}
      {returning && <ReturnDrawer answer={{ id: data.id, name: data.staff.name, edition: data.edition }} by="HEAD" onClose={() => setReturning(false)} />}
    </Page>
  )
}

function Filling({ answer }: { answer: Loaded }) {
  const t = useText(formsText)
  const pick = usePick()
  const toast = useToast()
  const { cells, mostRows } = answer.form
  const [rows, setRows] = useState<AnswerRow[]>(answer.rows.length > 0 ? answer.rows : [{ values: {}, reasons: {} }])
  const [asked, setAsked] = useState(false)
  const save = useAct(saveAnswer, { refresh: ['forms', 'reports'] })
  const submit = useAct(submitAnswer, { refresh: ['forms', 'reports'] })
  const filled = rows.filter((row) => Object.values(row.values).some((value) => value.trim() !== ''))
  const faults = faultsOf(cells, rows.length === 1 || filled.length === 0 ? rows : filled, answer.prefilled, asked)
  const faultOf = (place: number, code: string): string | null => {
    const found = faults.find((one) => one.row === place && one.code === code)
    return found ? pick(found.text) : null
  }
  const put = (place: number, part: 'values' | 'reasons', code: string, text: string): void => setRows(rows.map((row, nth) => (nth !== place ? row : { ...row, [part]: { ...row[part], [code]: text } })))
  const sent = { params: { answerId: answer.id }, body: { edition: answer.edition, rows: filled } }
  const hand = (): void => {
    setAsked(true)
    if (faultsOf(cells, filled.length === 0 ? [] : filled, answer.prefilled, true).length === 0) submit.mutate(sent, { onSuccess: ({ waitsFor }) => toast(waitsFor === null ? t('submitted') : t('submittedWaits', { name: waitsFor })) })
  }
  const problem = submit.error ?? save.error
  return (
    <>
      {problem && <ErrorState error={problem} onRetry={() => { submit.reset(); save.reset() }} />}
      {rows.map((row, place) => (
        <Block key={place} title={mostRows > 1 ? t('row', { n: place + 1 }) : t('answer')} actions={rows.length > 1 && <Button size="small" onClick={() => setRows(rows.filter((_row, nth) => nth !== place))}>{t('removeRow', { n: place + 1 })}</Button>}>
          <div className="yq-stack" style={{ maxWidth: 640 }}>
            {cells.map((cell) => {
              const id = `cell-${place}-${cell.code}`
              const value = row.values[cell.code]
              const before = answer.prefilled[cell.code]
              const fault = faultOf(place, cell.code)
              const changed = isChanged(cell, value, answer.prefilled)
              return (
                <div key={cell.code}>
                  <label htmlFor={id}>{cell.label}{cell.type === 'AMOUNT' ? t('yuan') : ''}{cell.required && <span aria-hidden> *</span>}</label>
                  <CellInput id={id} cell={cell} value={value} invalid={fault !== null} onChange={(text) => put(place, 'values', cell.code, text)} />
                  {before !== undefined && <div className="yq-small yq-quiet">{isLedger(cell.source) ? t('system', { value: cell.type === 'AMOUNT' ? plainAmount(before) : before, day: answer.prefilledOn }) : t('last', { value: cell.type === 'AMOUNT' ? plainAmount(before) : before })}</div>}
                  {changed && <Input aria-label={t('changedWhy', { label: cell.label })} placeholder={t('changedWhy', { label: cell.label })} value={row.reasons[cell.code] ?? ''} maxLength={200} onChange={(event) => put(place, 'reasons', cell.code, event.target.value)} style={{ marginTop: 4 }} />}
                  {fault !== null && <div id={`${id}-fault`} role="alert" className="yq-small" style={{ color: 'var(--yq-error)' }}>{fault}</div>}
                </div>
              )
            })}
          </div>
        </Block>
      ))}
      <div className="yq-row" style={{ flexWrap: 'wrap', position: 'sticky', bottom: 0, background: 'var(--yq-page)', padding: '8px 0' }}>
        <ActionButton type="primary" may={{ allowed: true, reason: null }} refusals={submitAnswer.refusals} onClick={hand}>{t('submit')}</ActionButton>
        <Button onClick={() => save.mutate(sent, { onSuccess: () => toast(t('saved')) })}>{t('saveDraft')}</Button>
        {rows.length < mostRows && <Button onClick={() => setRows([...rows, { values: {}, reasons: {} }])}>{t('addRow')}</Button>}
      </div>
    </>
  )
}

type InputProps = { id: string; cell: Cell; value: string | undefined; invalid: boolean; onChange: (text: string) => void }

function CellInput({ id, cell, value, invalid, onChange }: InputProps) {
  const common = { id, 'aria-invalid': invalid, ...(invalid ? { 'aria-describedby': `${id}-fault`, status: 'error' as const } : {}) }
  switch (cell.type) {
    case 'AMOUNT': return <MoneyInput id={id} cell={cell} value={value} invalid={invalid} onChange={onChange} />
    case 'WHOLE': return <Input {...common} inputMode="numeric" value={value ?? ''} onChange={(event) => onChange(event.target.value.trim())} />
    case 'DATE': return <DatePicker {...common} style={{ width: '100%' }} value={value === undefined || !dayjs(value).isValid() ? null : dayjs(value)} onChange={(day: dayjs.Dayjs | null) => onChange(day === null ? '' : day.format('YYYY-MM-DD'))} />
    case 'CHOICE': return <Select {...common} style={{ width: '100%' }} value={value === undefined || value === '' ? null : value} allowClear options={cell.choices.map((one) => ({ value: one, label: one }))} onChange={(one: string | null | undefined) => onChange(one ?? '')} />
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

function UploadDrawer({ answerId, edition, onClose }: { answerId: string; edition: number; onClose: () => void }) {
  const t = useText(formsText)
  const toast = useToast()
  const [file, setFile] = useState<File | null>(null)
  const send = useUpload(uploadAnswer, { refresh: ['forms'] })
  const form = useForm({ initial: { file: '' }, check: () => (file === null ? { file: t('required') } : {}), send: async () => { if (file) toast(t('uploaded', { n: (await send.mutateAsync({ params: { answerId }, body: { edition }, file })).rows })) } })
  return (
    <FormDrawer title={t('upload')} open onClose={onClose} form={form} submit={t('upload')}>
      {uploadAnswer.upload && <FileChoice label={t('uploadFile')} rule={uploadAnswer.upload} file={file} onChange={setFile} required {...(form.errors.file === undefined ? {} : { error: form.errors.file })} />}
    </FormDrawer>
  )
}
