import { Button } from 'antd'
import { useState } from 'react'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { listRestrictedTexts, type RestrictedItem } from '../restricted-text.contract.ts'
import { RestrictedText } from './RestrictedText.tsx'
import { visitsText } from './visits-text.ts'

/** The restricted texts that the reader may read: compliance all of them, everybody else those that name him. */
export default function RestrictedTexts() {
  const t = useText(visitsText)
  const list = useListState([])
  const [reading, setReading] = useState<string | null>(null)
  const source = useContract(listRestrictedTexts, { query: { limit: 50, ...(list.query['cursor'] === undefined ? {} : { cursor: list.query['cursor'] }) } })
  return (
    <Page>
      <PageHeader title={t('restrictedTexts')} />
      <DataTable<RestrictedItem>
        label={t('restrictedTexts')} list={list} source={source} rowKey={(row) => row.id} measure="条" measureEn="{n|text|texts}"
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <span className="yq-name">{row.customerName}</span> },
          { key: 'day', title: t('day'), kind: 'date', value: (row) => row.businessDate },
          { key: 'author', title: t('author'), show: (row) => row.authorName },
          { key: 'written', title: t('written'), kind: 'date', value: (row) => row.writtenOn },
          { key: 'read', title: t('read'), card: 'action', show: (row) => <Button size="small" aria-label={`${t('read')} ${row.customerName} ${row.businessDate}`} onClick={() => setReading(row.id)}>{t('read')}</Button> },
        ]}
        empty={<EmptyState title={t('restrictedNone')} />}
      />
      {reading !== null && <RestrictedText textId={reading} onClose={() => setReading(null)} />}
    </Page>
  )
}
