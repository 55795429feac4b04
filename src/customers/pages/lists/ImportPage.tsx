import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { download, useAct, useContract } from '../../../ui/client.ts'
import { useConfirm, useToast } from '../../../ui/Confirm.tsx'
import { Block } from '../../../ui/Block.tsx'
import { DataTable, rowsSource } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { KeyFigures } from '../../../ui/KeyFigures.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { ProcessSteps } from '../../../ui/ProcessSteps.tsx'
import { useSettings } from '../../../ui/settings.ts'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useListState } from '../../../ui/useListState.ts'
import { getImport, importRejects, listImportLines, listImportRows, runImport, undoImport, type ImportLineView, type ImportRowView, type ImportView } from '../../lists/import.contract.ts'
import { listsText } from './lists-text.ts'

const verdicts = ['NEW', 'UPDATE', 'SAME', 'REJECT'] as const

/** One workbook: what it would do, row by row; run, undone within its days; the rejected rows with their reasons. */
export default function ImportPage() {
  const t = useText(listsText)
  const toast = useToast()
  const confirm = useConfirm()
  const { language } = useSettings()
  const importId = useParams()['importId'] ?? ''
  const list = useListState(['verdict'])
  const { data, error, refetch } = useContract(getImport, { params: { importId } }, { keepOld: false })
  const asked = verdicts.find((one) => one === list.query['verdict'])
  const rows = useContract(listImportRows, { params: { importId }, query: { limit: 50, ...(asked === undefined ? {} : { verdict: asked }), ...(list.query['cursor'] === undefined ? {} : { cursor: list.query['cursor'] }) } }, { enabled: data !== undefined })
  const run = useAct(runImport, { refresh: ['imports', 'customers'], onDone: (reply) => toast([t('ran', { added: reply.added, updated: reply.updated }), ...(reply.lines > 0 ? [t('ranLines', { n: reply.lines })] : [])].join(mark('，'))) })
  const undo = useAct(undoImport, { refresh: ['imports', 'customers'], onDone: (reply) => toast([t('undone', { undone: reply.undone, kept: reply.kept }), ...(reply.linesUndone + reply.linesKept > 0 ? [t('undoneLines', { undone: reply.linesUndone, kept: reply.linesKept })] : [])].join(mark('；'))) })
  if (isNotFound(error)) return <NotFound />
  if (!data) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}</Page>
  const takeBack = async (): Promise<void> => {
    if (await confirm({ title: t('undoAsk', { name: data.fileName }), effect: t('undoEffect'), verb: t('undo'), danger: true })) undo.mutate({ params: { importId } })
  }
  const failed = run.error ?? undo.error
  return (
    <Page>
      <PageHeader
        title={data.fileName} crumbs={[{ title: t('imports'), to: '/customer-imports' }]} tags={<Tag {...(data.state === 'CHECKED' ? { tone: 'warning' as const, icon: '■' } : {})}>{t(data.state)}</Tag>} thumb
        sub={data.state === 'RUN' && data.undoUntil !== null ? t('undoUntil', { day: data.undoUntil }) : undefined}
        actions={
          <>
            {data.state === 'CHECKED' && <ActionButton type="primary" visible may={data.may.run} refusals={runImport.refusals} loading={run.isPending} onClick={() => run.mutate({ params: { importId } })}>{t('run')}</ActionButton>}
            {data.state === 'RUN' && <ActionButton danger may={data.may.undo} refusals={undoImport.refusals} loading={undo.isPending} onClick={() => void takeBack()}>{t('undo')}</ActionButton>}
            {data.rowsRejected + data.linesRejected > 0 && data.state !== 'KEPT' && <Button onClick={() => void download(importRejects, { params: { importId } })}>{t('rejects')}</Button>}
          </>
        }
      />
      {failed && <Note tone="error"><span role="alert">{failed.message}</span></Note>}
      {data.state === 'UNDONE' && <Note tone="info">{t('undoneNote', { day: data.undoneOn ?? '', kept: data.undoKept ?? 0 })}</Note>}
      <ProcessSteps label={t('importSteps')} steps={stepsOf(data, t)} />
      <KeyFigures figures={([['verdictNew', data.rowsNew, 'NEW'], ['verdictUpdate', data.rowsUpdate, 'UPDATE'], ['verdictSame', data.rowsSame, 'SAME'], ['verdictReject', data.rowsRejected, 'REJECT']] as const).map(([label, value, verdict]) => ({
        label: t(label), value: <span className="yq-num">{value.toLocaleString('en-US')}</span>, to: `?verdict=${verdict}`,
      }))} />
      <DataTable<ImportRowView>
        label={t('preview')} list={list} source={rows} rowKey={(row) => String(row.row)} measure="行" measureEn="{n|row|rows}"
        bar={<FilterBar list={list} filters={[{ name: 'verdict', label: t('verdict'), options: verdicts.map((one) => ({ value: one, label: t(one) })) }]} />}
        columns={[
          { key: 'name', title: t('name'), show: (row) => (row.customerId === null ? <span className="yq-name">{row.name ?? '--'}</span> : <Link className="yq-name" to={`/customers/${row.customerId}`}>{row.name}</Link>) },
          { key: 'row', title: t('row'), kind: 'number', value: (row) => row.row },
          { key: 'verdict', title: t('verdict'), card: 'tag', show: (row) => <Tag {...(row.verdict === 'REJECT' ? { tone: 'warning' as const, icon: '■' } : {})}>{t(row.verdict)}</Tag> },
          { key: 'details', title: t('details'), show: (row) => <Details row={row} zh={language === 'zh'} /> },
        ]}
        empty={<EmptyState title={t('rowsGone')} />}
      />
      {data.linesNew + data.linesSame + data.linesRejected > 0 && <Lines importId={importId} zh={language === 'zh'} data={data} />}
    </Page>
  )
}

const linesMost = 200

/** The lines of the further sheets: what is wrong first. */
function Lines({ importId, zh, data }: { importId: string; zh: boolean; data: ImportView }) {
  const t = useText(listsText)
  const list = useListState([])
  const wrong = useContract(listImportLines, { params: { importId }, query: { limit: linesMost, verdict: 'REJECT' } })
  const good = useContract(listImportLines, { params: { importId }, query: { limit: linesMost, verdict: 'NEW' } })
  const lines = wrong.data && good.data ? [...wrong.data.items, ...good.data.items].slice(0, linesMost) : undefined
  const all = data.linesNew + data.linesRejected
  return (
    <Block title={t('lines')} loading={!lines} error={lines ? undefined : (wrong.error ?? good.error)} flush>
      <div className="yq-card yq-quiet">{t('linesTold', { fresh: data.linesNew, same: data.linesSame, rejected: data.linesRejected })}{all > linesMost && ` · ${t('linesFirst', { n: linesMost })}`}</div>
      <DataTable<ImportLineView>
        plain label={t('lines')} list={list} source={rowsSource(lines)} rowKey={(row) => `${row.sheet} ${row.row}`} empty={<EmptyState title={t('rowsGone')} />}
        columns={[
          { key: 'name', title: t('name'), show: (row) => (row.customerId === null ? <span className="yq-name">{row.name ?? '--'}</span> : <Link className="yq-name" to={`/customers/${row.customerId}?tab=file`}>{row.name ?? '--'}</Link>) },
          { key: 'sheet', title: t('sheet'), show: (row) => t(row.sheet) },
          { key: 'row', title: t('row'), kind: 'number', value: (row) => row.row },
          { key: 'verdict', title: t('verdict'), card: 'tag', show: (row) => <Tag {...(row.verdict === 'REJECT' ? { tone: 'warning' as const, icon: '■' } : {})}>{t(row.verdict)}</Tag> },
          { key: 'details', title: t('details'), show: (row) => (row.rejects.length === 0 ? '--' : <ul style={{ margin: 0, paddingLeft: 16 }}>{row.rejects.map((one) => <li key={one.column}>{one.column}{mark('：')}{zh ? one.zh : one.en}{one.value !== null && <span className="yq-quiet"> “{one.value}”</span>}</li>)}</ul>) },
        ]}
      />
    </Block>
  )
}

function Details({ row, zh }: { row: ImportRowView; zh: boolean }) {
  const t = useText(listsText)
  if (row.verdict === 'UPDATE') return <>{[row.changes.length === 0 ? null : t('changes', { columns: row.changes.join(mark('、')) }), row.asks.length === 0 ? null : t('asks', { columns: row.asks.join(mark('、')) })].filter(Boolean).join(mark('；'))}</>
  if (row.rejects.length === 0) return <>--</>
  return (
    <ul className="yq-changes" style={{ margin: 0 }}>
      {row.rejects.map((one) => <li key={`${one.column} ${one.en}`}>{one.column}{mark('：')}{zh ? one.zh : one.en}{one.value !== null && <span className="yq-quiet"> {one.value}</span>}</li>)}
    </ul>
  )
}

function stepsOf(data: ImportView, t: ReturnType<typeof useText<typeof listsText>>): React.ComponentProps<typeof ProcessSteps>['steps'] {
  const ran = data.ranOn !== null
  return [
    { key: 'check', name: t('stepCheck'), state: 'done', note: data.madeOn },
    { key: 'preview', name: t('stepPreview'), state: ran ? 'done' : 'now' },
    { key: 'run', name: t('stepRun'), state: ran ? 'done' : 'future', ...(data.ranOn === null ? {} : { note: data.ranOn }) },
    { key: 'undo', name: t('stepUndo'), state: data.state === 'RUN' ? 'now' : data.state === 'UNDONE' ? 'ended' : data.state === 'KEPT' ? 'done' : 'future', ...(data.undoUntil === null ? {} : { note: t('undoUntil', { day: data.undoUntil }) }) },
  ]
}
