import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { call, download, useAct, useUpload } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { AreaField, DayField, TextField } from '../../../ui/fields.tsx'
import { FileChoice } from '../../../ui/FileChoice.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { isComposing } from '../../../ui/keys.ts'
import { Masked } from '../../../ui/Masked.tsx'
import { Note } from '../../../ui/Note.tsx'
import { usePhone } from '../../../ui/settings.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { revealNumber } from '../../customer.contract.ts'
import { isSecret, listOf, type FileField, type FieldValue, type FileList, type Values } from '../../file/file-fields.contract.ts'
import { addRow, attachFile, changeRow, downloadFile, endRow, type FileRow, type FileView } from '../../file/file.contract.ts'
import { FieldControl, findingsOf, inForm, useShown } from './FieldControl.tsx'
import { changedValues, fromForm, toForm } from './file-form.ts'
import { fileText } from './file-text.ts'

type Props = { customerId: string; code: string; rows: readonly FileRow[]; may: FileView['may']; onOpen: (open: OpenRow) => void; /** Nothing stands in it yet: a line with its button instead of a block. */ compact?: boolean }
/** What is open beside the page: of which list, to do what, with which row. */
export type OpenRow = { code: string; what: 'add' } | { code: string; what: 'edit' | 'end' | 'upload' | 'download'; row: FileRow }
type Open = { what: 'edit' | 'end' | 'upload' | 'download'; row: FileRow }
const revealed: Readonly<Record<string, 'PERSON_ID' | 'PERSON_PHONE' | 'CONTACT_PHONE' | 'CONTACT_MAIL' | 'ADDRESS'>> = { idNumber: 'PERSON_ID', personPhone: 'PERSON_PHONE', contactPhone: 'CONTACT_PHONE', contactMail: 'CONTACT_MAIL', address: 'ADDRESS' }
/** More rows of a list are folded until they are asked for. */
const rowsMost = { desk: 6, phone: 3 } as const
const numbers: readonly FileField['kind'][] = ['money', 'percent', 'rate']

/** A list of the file: each row with what is due, its scan, its own ways to change and to end it. The same on the phone. */
export function ListBlock({ customerId, code, rows, may, onOpen, compact = false }: Props) {
  const t = useText(fileText)
  const pick = usePick()
  const [all, setAll] = useState(false)
  const most = rowsMost[usePhone() ? 'phone' : 'desk']
  const list = listOf(code)
  if (!list) return null
  const edit = may['customer.file-edit']
  const button = <ActionButton size="small" may={edit} refusals={addRow.refusals} aria-label={t('addPart', { part: pick(list) })} onClick={() => onOpen({ code, what: 'add' })}>{t('add')}</ActionButton>
  if (compact) {
    return (
      <li id={`file-${code}`} className="yq-file-line">
        <span>{pick(list)}</span>
        {button}
      </li>
    )
  }
  return (
    <Block title={pick(list)} id={`file-${code}`} flush={rows.length > 0} actions={button}>
      {rows.length === 0 ? <span className="yq-quiet">{t('none')}</span> : (
        <ul className="yq-cards" aria-label={pick(list)}>
          {(all || rows.length <= most + 1 ? rows : rows.slice(0, most)).map((row) => <RowCard key={row.id} customerId={customerId} list={list} row={row} may={may} onOpen={(open) => onOpen({ code, ...open })} />)}
        </ul>
      )}
      {rows.length > most + 1 && <div className="yq-card yq-no-print"><Button size="small" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t('showLess') : t('allRows', { n: rows.length })}</Button></div>}
    </Block>
  )
}

/** The drawer of what is open. It stands with the page and not in the list's block, which moves when its first row comes. */
export function RowDrawers({ customerId, kind, open, onClose }: { customerId: string; kind: FileView['kind']; open: OpenRow; onClose: () => void }) {
  const list = listOf(open.code)
  if (!list) return null
  const common = { customerId, list, onClose }
  if (open.what === 'add') return <RowDrawer {...common} kind={kind} row={null} />
  if (open.what === 'edit') return <RowDrawer {...common} kind={kind} row={open.row} />
  if (open.what === 'end') return <EndDrawer {...common} row={open.row} />
  return open.what === 'upload' ? <UploadDrawer {...common} row={open.row} /> : <DownloadDrawer {...common} row={open.row} />
}

/** How a row is called: its first two fields. */
function useTitle(list: FileList): (row: FileRow) => string {
  const shown = useShown()
  return (row) => list.fields.slice(0, 2).map((field) => shown(field, (row.values as Values)[field.name])).filter((part) => typeof part === 'string').join(' · ')
}

function RowCard({ customerId, list, row, may, onOpen }: { customerId: string; list: FileList; row: FileRow; may: FileView['may']; onOpen: (open: Open) => void }) {
  const t = useText(fileText)
  const pick = usePick()
  const shown = useShown()
  const title = useTitle(list)(row)
  const values = row.values as Values
  const ended = row.endedOn !== null
  const edit = may['customer.file-edit']
  const reveal = (field: FileField): ((purpose: string) => Promise<string>) | undefined => {
    const what = revealed[field.name]
    return what === undefined || may['customer.reveal']?.allowed !== true ? undefined : async (purpose) => (await call(revealNumber, { params: { customerId }, body: { what, id: row.id, purpose } })).value
  }
  const [first, second, ...rest] = list.fields
  const head = [first, second].filter((field): field is FileField => field !== undefined)
  const spoken = (field: FileField) => {
    const value = values[field.name]
    // a choice invites to be made; an empty text would stand as "备注 --" in every row: it is written while the row is edited
    const empty = value === null || value === undefined || value === ''
    if (field.inline && !list.fixed && !ended && edit?.allowed && !(empty && field.kind === 'text')) return <InlineField key={field.name} customerId={customerId} list={list} row={row} field={field} />
    const told = shown(field, value)
    if (told === null) return null
    const masked = typeof value === 'string' && value.includes('*')
    const show = masked ? reveal(field) : undefined
    return <span key={field.name}>{pick(field)} <b className={numbers.includes(field.kind) ? 'yq-num' : undefined}>{masked ? <Masked masked={String(value)} what={`${title} ${pick(field)}`} {...(show ? { reveal: show } : {})} /> : told}</b></span>
  }
  return (
    <li className="yq-card yq-file-row">
      <div className="yq-card-title" style={ended ? { textDecoration: 'line-through' } : undefined}>
        <span className="yq-name">{head.map((field) => shown(field, values[field.name])).filter((part) => part !== null).map((part, index) => <span key={head[index]?.name}>{index > 0 && ' · '}{part}</span>)}</span>
        {row.due === 'PAST' && <Tag tone="error" icon="⬣">{t('past')}</Tag>}
        {row.due === 'SOON' && <Tag tone="warning" icon="■">{t('soon')}</Tag>}
      </div>
      <div className="yq-card-facts">{rest.map(spoken)}</div>
      {row.file !== null && <div className="yq-small yq-quiet">{t('scan')}{mark('：')}{row.file.name}</div>}
      {ended && <div className="yq-small yq-quiet">{t('endedOn', { day: row.endedOn ?? '', verb: pick(list.ends), why: row.endReason ?? '' })}</div>}
      <div className="yq-card-actions yq-no-print">
        {!ended && edit?.allowed && !list.fixed && <Button size="small" aria-label={`${t('edit')} ${title}`} onClick={() => onOpen({ what: 'edit', row })}>{t('edit')}</Button>}
        {!ended && edit?.allowed && list.files && <Button size="small" aria-label={t('uploadScan', { what: title })} onClick={() => onOpen({ what: 'upload', row })}>{t(row.file === null ? 'upload' : 'replaceScan')}</Button>}
        {row.file !== null && may['customer.reveal']?.allowed && <Button size="small" aria-label={t('downloadTitle', { name: row.file.name })} onClick={() => onOpen({ what: 'download', row })}>{t('download')}</Button>}
        {!ended && edit?.allowed && <Button size="small" type="text" aria-label={`${pick(list.ends)} ${title}`} onClick={() => onOpen({ what: 'end', row })}>{pick(list.ends)}</Button>}
      </div>
    </li>
  )
}

/** One low-risk field changed in place: a choice at once, a text with Enter; Esc restores. */
function InlineField({ customerId, list, row, field }: { customerId: string; list: FileList; row: FileRow; field: FileField }) {
  const pick = usePick()
  const toast = useToast()
  const t = useText(fileText)
  const change = useAct(changeRow, { refresh: ['customers'], onDone: () => toast(t('saved')) })
  const kept = (row.values as Values)[field.name] ?? null
  const [typed, setTyped] = useState<string | null>(null)
  const send = (value: FieldValue): void => {
    setTyped(null)
    if (value !== kept) change.mutate({ params: { customerId, rowId: row.id }, body: { list: list.code, edition: row.edition, values: { [field.name]: value } } }, { onError: (error) => toast(error.message) })
  }
  const label = `${pick(field)}`
  return (
    <span className="yq-row" style={{ gap: 4 }}>
      <span>{label}</span>
      {field.kind === 'choice' ? (
        <Select size="small" variant="underlined" aria-label={label} style={{ minWidth: 104 }} allowClear placeholder="--" loading={change.isPending} value={kept === null ? null : String(kept)} onChange={(value: string | null | undefined) => send(value ?? null)} options={field.options.map((option) => ({ value: option.code, label: pick(option) }))} />
      ) : field.kind === 'flag' ? (
        <Select size="small" variant="underlined" aria-label={label} style={{ minWidth: 72 }} value={kept === true ? 'yes' : 'no'} onChange={(value) => send(value === 'yes')} options={[{ value: 'yes', label: t('yes') }, { value: 'no', label: t('no') }]} />
      ) : (
        <Input
          size="small" variant="underlined" aria-label={label} style={{ width: 200, maxWidth: '100%' }} placeholder="--" maxLength={'max' in field ? field.max : 100} value={typed ?? (kept === null ? '' : String(kept))} onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setTyped(null)} onPressEnter={(event) => !isComposing(event) && typed !== null && send(typed.trim() === '' ? null : typed.trim())}
          onBlur={() => typed !== null && send(typed.trim() === '' ? null : typed.trim())}
        />
      )}
    </span>
  )
}

type Row = { customerId: string; list: FileList; row: FileRow; onClose: () => void }

function RowDrawer({ customerId, kind, list, row, onClose }: Omit<Row, 'row'> & { kind: FileView['kind']; row: FileRow | null }) {
  const t = useText(fileText)
  const pick = usePick()
  const toast = useToast()
  const add = useAct(addRow, { refresh: ['customers'] })
  const change = useAct(changeRow, { refresh: ['customers'] })
  const attach = useUpload(attachFile, { refresh: ['customers'] })
  const [ids] = useState({ row: newId(), file: newId() })
  const [file, setFile] = useState<File | null>(null)
  const known: Values = row ? (row.values as Values) : {}
  const form = useForm<Record<string, string | boolean | null>>({
    initial: toForm(list.fields, known),
    // a new row without secrets may wait on the device; what is changed may not: it would come back over what others wrote meanwhile
    ...(row === null && !list.fields.some(isSecret) ? { draft: `file.${customerId}.${list.code}` } : {}),
    check: (typed) => findingsOf(list.fields, typed, known, t),
    send: async (typed) => {
      const sent = fromForm(list.fields, typed, known)
      try {
        if (row) {
          const values = changedValues(list.fields, sent, known)
          if (Object.keys(values).length > 0) await change.mutateAsync({ params: { customerId, rowId: row.id }, body: { list: list.code, edition: row.edition, values } })
        } else {
          const values = Object.fromEntries(Object.entries(sent).filter((entry): entry is [string, FieldValue] => entry[1] !== undefined && entry[1] !== null && entry[1] !== false))
          const body = { list: list.code, id: ids.row, values }
          // sent again after a scan that was refused it is the same row
          await add.mutateAsync({ params: { customerId }, body })
          if (file) await attach.mutateAsync({ params: { customerId, rowId: ids.row }, body: { id: ids.file, list: list.code }, file })
        }
        toast(t('saved'))
      } catch (error) {
        throw inForm(error)
      }
    },
  })
  return (
    <FormDrawer title={t(row ? 'editPart' : 'addPart', { part: pick(list) })} open onClose={onClose} form={form} submit={t('save')} wide>
      {list.fields.filter((field) => field.when === undefined || form.values[field.when.field] === field.when.is).map((field) => <FieldControl key={field.name} form={form} field={field} known={known[field.name] ?? null} of={kind} />)}
      {!row && list.files && attachFile.upload && <FileChoice label={t('scan')} rule={attachFile.upload} file={file} onChange={setFile} />}
    </FormDrawer>
  )
}

function EndDrawer({ customerId, list, row, onClose }: Row) {
  const t = useText(fileText)
  const pick = usePick()
  const toast = useToast()
  const { today } = useBank()
  const title = useTitle(list)(row)
  const act = useAct(endRow, { refresh: ['customers'], onDone: () => toast(t('saved')) })
  const form = useForm({
    initial: { on: today as string | null, reason: '' },
    check: ({ on, reason }) => ({ on: on ? undefined : t('needed'), reason: [...reason.trim()].length < 2 ? t('needed') : undefined }),
    send: ({ on, reason }) => act.mutateAsync({ params: { customerId, rowId: row.id }, body: { list: list.code, on: on ?? today, reason } }),
  })
  return (
    <FormDrawer title={t('endTitle', { verb: pick(list.ends), what: title })} open onClose={onClose} form={form} submit={pick(list.ends)}>
      <Note tone="info">{t('endEffect')}</Note>
      <DayField form={form} name="on" label={t('endDay')} required to={today} />
      <AreaField form={form} name="reason" label={t(list.code === 'CONSENTS' ? 'withdrawProof' : 'endReason')} required max={200} />
    </FormDrawer>
  )
}

function UploadDrawer({ customerId, list, row, onClose }: Row) {
  const t = useText(fileText)
  const toast = useToast()
  const title = useTitle(list)(row)
  const [id] = useState(newId)
  const [file, setFile] = useState<File | null>(null)
  const [missing, setMissing] = useState(false)
  const attach = useUpload(attachFile, { refresh: ['customers'], onDone: () => toast(t('uploaded')) })
  const form = useForm({
    initial: { file: '' }, check: () => ({}),
    send: async () => {
      if (file) await attach.mutateAsync({ params: { customerId, rowId: row.id }, body: { id, list: list.code }, file })
    },
  })
  const checked = { ...form, submit: async (): Promise<boolean> => {
    setMissing(file === null)
    return file === null ? false : form.submit()
  } }
  return (
    <FormDrawer title={t('uploadScan', { what: title })} open onClose={onClose} form={checked} submit={t('upload')}>
      {attachFile.upload && <FileChoice label={t('scan')} rule={attachFile.upload} file={file} onChange={setFile} required error={missing && file === null ? t('needFile') : undefined} />}
    </FormDrawer>
  )
}

function DownloadDrawer({ customerId, list, row, onClose }: Row) {
  const t = useText(fileText)
  const form = useForm({
    initial: { purpose: '' }, check: ({ purpose }) => ({ purpose: [...purpose.trim()].length < 2 ? t('needed') : undefined }),
    send: ({ purpose }) => download(downloadFile, { params: { customerId, rowId: row.id }, body: { list: list.code, purpose } }),
  })
  return (
    <FormDrawer title={t('downloadTitle', { name: row.file?.name ?? '' })} open onClose={onClose} form={form} submit={t('download')}>
      <TextField form={form} name="purpose" label={t('purpose')} required max={100} hint={t('purposeHint')} />
    </FormDrawer>
  )
}
