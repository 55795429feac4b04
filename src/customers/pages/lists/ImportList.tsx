import { Button, Upload } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { Block } from '../../../ui/Block.tsx'
import { download, useContract, useUpload } from '../../../ui/client.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { useListState } from '../../../ui/useListState.ts'
import { checkImport, importTemplate, listImports, type ImportView } from '../../lists/import.contract.ts'
import { listsText } from './lists-text.ts'

/** Template, upload, and what was brought in before. */
export default function ImportList() {
  const t = useText(listsText)
  const navigate = useNavigate()
  const list = useListState([])
  const source = useContract(listImports, { query: { limit: 50, cursor: list.query['cursor'] } })
  const [id, setId] = useState(newId)
  const send = useUpload(checkImport, { refresh: ['imports'], onDone: (reply) => void navigate(`/customer-imports/${reply.id}`) })
  return (
    <Page>
      <PageHeader title={t('imports')} crumbs={[{ title: t('customers'), to: '/customers' }]} actions={<Button onClick={() => void download(importTemplate, {})}>{t('template')}</Button>} />
      <Block title={t('upload')}>
        <div className="yq-stack">
          <p className="yq-quiet">{t('importHint')}</p>
          <div>
            <Upload accept=".xlsx" maxCount={1} showUploadList={false} beforeUpload={(file) => {
              // a file that was refused and mended is another upload
              send.mutate({ body: { id }, file }, { onError: () => setId(newId()) })
              return false
            }}>
              <Button type="primary" loading={send.isPending}>{t('chooseFile')}</Button>
            </Upload>
          </div>
          {send.error && <Note tone="error"><span role="alert">{send.error.message}</span></Note>}
        </div>
      </Block>
      <DataTable<ImportView>
        label={t('imports')} list={list} source={source} rowKey={(row) => row.id} rowTo={(row) => `/customer-imports/${row.id}`}
        columns={[
          { key: 'file', title: t('file'), show: (row) => <Link className="yq-name" to={`/customer-imports/${row.id}`}>{row.fileName}</Link> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <Tag {...(row.state === 'CHECKED' ? { tone: 'warning' as const, icon: '■' } : {})}>{t(row.state)}</Tag> },
          { key: 'new', title: t('verdictNew'), kind: 'number', value: (row) => row.rowsNew }, { key: 'update', title: t('verdictUpdate'), kind: 'number', value: (row) => row.rowsUpdate },
          { key: 'same', title: t('verdictSame'), kind: 'number', value: (row) => row.rowsSame, card: 'none' }, { key: 'reject', title: t('verdictReject'), kind: 'number', value: (row) => row.rowsRejected },
          { key: 'made', title: t('madeAt'), kind: 'date', value: (row) => row.madeOn },
        ]}
        empty={<EmptyState title={t('noImports')} hint={t('importHint')} />}
      />
    </Page>
  )
}
