import { Button } from 'antd'
import { useRef, useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { download, useUpload } from '../../ui/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FileChoice } from '../../ui/FileChoice.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { PurposeDrawer } from '../../ui/PurposeDrawer.tsx'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { attachToAnswer, fetchAnswerFile, mostFiles, type Cell, type FormFile } from '../form.contract.ts'
import { fileIdsOf } from '../form.rules.ts'
import { formsText } from './forms-text.ts'

/** Files of a cell as they were handed in: each can be fetched where the reader may have it; otherwise their number. */
export function FilesShown({ answerId, value, files }: { answerId: string; value: string | undefined; files: readonly FormFile[] }) {
  const t = useText(formsText)
  const [asked, setAsked] = useState<FormFile | null>(null)
  const ids = fileIdsOf(value)
  const known = ids.flatMap((id) => files.find((one) => one.id === id) ?? [])
  if (ids.length === 0) return <>--</>
  return (
    <>
      {known.length < ids.length && <span title={t('fileOfOthers')}>{t('files', { n: ids.length })}</span>}
      {known.map((one) => <div key={one.id}><Button type="link" size="small" style={{ paddingInline: 0, height: 'auto', whiteSpace: 'normal', textAlign: 'start', overflowWrap: 'anywhere' }} aria-label={t('fetchFile', { name: one.name })} onClick={() => setAsked(one)}>{one.name}</Button></div>)}
      {asked && <PurposeDrawer title={t('fetchFile', { name: asked.name })} submit={t('fetch')} fetch={(purpose) => download(fetchAnswerFile, { params: { answerId, fileId: asked.id }, body: { purpose } })} onClose={() => setAsked(null)} />}
    </>
  )
}

type Props = { id: string; answerId: string; cell: Cell; of: string | undefined; value: string | undefined; files: readonly FormFile[]; onAttach: (file: FormFile) => void; onRemove: (fileId: string) => void }

/** Files of a cell while it is filled in: sent one by one, taken out again until the answer is handed in. */
export function FilesInput({ id, answerId, cell, of, value, files, onAttach, onRemove }: Props) {
  const t = useText(formsText)
  const [open, setOpen] = useState(false)
  const ids = fileIdsOf(value)
  return (
    <div id={id} role="group" aria-label={cell.label}>
      {ids.map((fileId) => {
        const name = files.find((one) => one.id === fileId)?.name ?? fileId
        return <div key={fileId} className="yq-row" style={{ flexWrap: 'nowrap' }}><span style={{ flex: 1, overflowWrap: 'anywhere' }}>{name}</span><Button size="small" aria-label={t('removeFile', { name })} onClick={() => onRemove(fileId)}>✕</Button></div>
      })}
      {ids.length < mostFiles && <Button aria-label={t('attachTo', { label: cell.label })} onClick={() => setOpen(true)}>{t('attach')}</Button>}
      {open && <AttachDrawer answerId={answerId} cell={cell} of={of} onAttach={onAttach} onClose={() => setOpen(false)} />}
    </div>
  )
}

function AttachDrawer({ answerId, cell, of, onAttach, onClose }: Pick<Props, 'answerId' | 'cell' | 'of' | 'onAttach'> & { onClose: () => void }) {
  const t = useText(formsText)
  const fileId = useRef(newId())
  const [file, setFile] = useState<File | null>(null)
  const send = useUpload(attachToAnswer)
  const form = useForm({
    initial: { file: '' }, check: () => (file === null ? { file: t('required') } : {}),
    send: async () => { if (file) onAttach(await send.mutateAsync({ params: { answerId }, body: { id: fileId.current, cell: cell.code, of: of ?? null }, file })) },
  })
  return (
    <FormDrawer title={t('attachTo', { label: cell.label })} open onClose={onClose} form={form} submit={t('attach')}>
      {send.error && <ErrorState error={send.error} onRetry={() => send.reset()} />}
      {attachToAnswer.upload && <FileChoice name="file" label={t('filePick')} rule={attachToAnswer.upload} file={file} onChange={(chosen) => { fileId.current = newId(); setFile(chosen) }} required {...(form.errors.file === undefined ? {} : { error: form.errors.file })} />}
    </FormDrawer>
  )
}
