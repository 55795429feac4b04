import { Button, Modal } from 'antd'
import { useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { AreaField, type Choice } from '../../ui/fields.tsx'
import { FindManyField } from '../../ui/FindManyField.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useMay } from '../../ui/who.ts'
import { addSecretNote, listSecretNotes, nameSecretReaders, readSecretNote } from '../secret-note.contract.ts'
import { conductText } from './conduct-text.ts'

export type FindPeople = (text: string) => Promise<readonly Choice[]>

/**
 * The secret notes of a customer, on his page: for the anti-money-laundering desk and for the people named. Who may read none sees no block at all, not even while it loads.
 */
export function SecretNotesPanel({ customerId, findPeople }: { customerId: string; findPeople: FindPeople }) {
  const t = useText(conductText)
  const may = useMay()
  const desk = may('secret-note.write')
  const [writing, setWriting] = useState(false)
  const [reading, setReading] = useState<string | null>(null)
  const { data, error, refetch } = useContract(listSecretNotes, { query: { customerId, limit: 50 } })
  if (!desk && (data === undefined || data.items.length === 0)) return null
  return (
    <Block
      title={t('title')} id="secret-notes" loading={!data} error={error} onRetry={() => void refetch()}
      actions={<><Tag tone="error" icon="⬣">{t('secret')}</Tag>{desk && <Button size="small" onClick={() => setWriting(true)}>{t('write')}</Button>}</>}
    >
      <div className="yq-quiet yq-small">{t('hint')}</div>
      {data?.items.length === 0 ? <EmptyState title={t('none')} /> : (
        <PlainTable
          label={t('title')} columns={[{ key: 'written', title: t('written') }, { key: 'author', title: t('author') }, { key: 'read', title: t('read') }]}
          rows={(data?.items ?? []).map((note) => ({ key: note.id, cells: [<DateText key="written" date={note.writtenOn} />, note.authorName, <Button key="read" size="small" onClick={() => setReading(note.id)}>{t('read')}</Button>] }))}
        />
      )}
      {writing && <WriteDrawer customerId={customerId} findPeople={findPeople} onClose={() => setWriting(false)} />}
      {reading !== null && <SecretNote noteId={reading} findPeople={findPeople} onClose={() => setReading(null)} />}
    </Block>
  )
}

function WriteDrawer({ customerId, findPeople, onClose }: { customerId: string; findPeople: FindPeople; onClose: () => void }) {
  const t = useText(conductText)
  const toast = useToast()
  const act = useAct(addSecretNote, { refresh: ['secret-note'] })
  // no draft: a secret does not stay on a device
  const form = useForm<{ id: string; text: string; readers: readonly Choice[] }>({
    initial: { id: newId(), text: '', readers: [] }, check: (values) => ({ text: [...values.text.trim()].length < 2 ? t('needText') : undefined }),
    send: (values) => act.mutateAsync({ params: { customerId }, body: { id: values.id, text: values.text, readers: values.readers.map((one) => Number(one.value)) } }),
  })
  return (
    <FormDrawer title={t('write')} open onClose={onClose} form={form} submit={t('save')} onDone={() => toast(t('saved'))}>
      <AreaField form={form} name="text" label={t('text')} required hint={t('hint')} max={2000} rows={6} />
      <FindManyField form={form} name="readers" label={t('readers')} find={findPeople} />
    </FormDrawer>
  )
}

/** Shows a note to one who may read it; the desk names the people of the case here. */
export function SecretNote({ noteId, findPeople, onClose }: { noteId: string; findPeople: FindPeople; onClose: () => void }) {
  const t = useText(conductText)
  const [naming, setNaming] = useState(false)
  const { data, error } = useContract(readSecretNote, { params: { noteId } }, { keepOld: false })
  return (
    <Modal open title={t('title')} onCancel={onClose} footer={null} destroyOnHidden>
      {error ? <ErrorState error={error} /> : !data ? <Skeleton /> : (
        <div className="yq-stack">
          <div style={{ whiteSpace: 'pre-wrap' }}>{data.text ?? t('unreadable')}</div>
          <Facts facts={[{ label: t('customer'), value: data.customerName }, { label: t('author'), value: data.authorName }, { label: t('written'), value: data.writtenOn }, { label: t('readers'), value: data.readers.map((one) => one.name).join(mark('、')) }]} />
          {data.mayNameReaders && <div><Button onClick={() => setNaming(true)}>{t('nameReaders')}</Button></div>}
          {naming && <NameDrawer noteId={noteId} readers={data.readers.map((one) => ({ value: String(one.staffKey), label: one.name }))} findPeople={findPeople} onClose={() => setNaming(false)} />}
        </div>
      )}
    </Modal>
  )
}

function NameDrawer({ noteId, readers, findPeople, onClose }: { noteId: string; readers: readonly Choice[]; findPeople: FindPeople; onClose: () => void }) {
  const t = useText(conductText)
  const toast = useToast()
  const act = useAct(nameSecretReaders, { refresh: ['secret-note'] })
  const form = useForm<{ readers: readonly Choice[] }>({ initial: { readers }, send: (values) => act.mutateAsync({ params: { noteId }, body: { readers: values.readers.map((one) => Number(one.value)) } }) })
  return (
    <FormDrawer title={t('nameReaders')} open onClose={onClose} form={form} submit={t('save')} onDone={() => toast(t('saved'))}>
      <FindManyField form={form} name="readers" label={t('readers')} find={findPeople} />
    </FormDrawer>
  )
}
