import { Button } from 'antd'
import { useState } from 'react'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { listSecretNotes, type NoteItem } from '../secret-note.contract.ts'
import { conductText } from './conduct-text.ts'
import { SecretNote, type FindPeople } from './SecretNotesPanel.tsx'

/** The notes that the reader may read: the desk all of them. */
export function SecretNotes({ findPeople }: { findPeople: FindPeople }) {
  const t = useText(conductText)
  const list = useListState([])
  const [reading, setReading] = useState<string | null>(null)
  const source = useContract(listSecretNotes, { query: { limit: 50, ...(list.query['cursor'] === undefined ? {} : { cursor: list.query['cursor'] }) } })
  return (
    <Page>
      <PageHeader title={t('title')} sub={t('hint')} />
      <DataTable<NoteItem>
        label={t('title')} list={list} source={source} rowKey={(row) => row.id} measure="条" measureEn="{n|note|notes}"
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <span className="yq-name">{row.customerName}</span> },
          { key: 'written', title: t('written'), kind: 'date', value: (row) => row.writtenOn },
          { key: 'author', title: t('author'), show: (row) => row.authorName },
          { key: 'read', title: t('read'), card: 'action', show: (row) => <Button size="small" aria-label={`${t('read')} ${row.customerName} ${row.writtenOn}`} onClick={() => setReading(row.id)}>{t('read')}</Button> },
        ]}
        empty={<EmptyState title={t('nothing')} />}
      />
      {reading !== null && <SecretNote noteId={reading} findPeople={findPeople} onClose={() => setReading(null)} />}
    </Page>
  )
}
