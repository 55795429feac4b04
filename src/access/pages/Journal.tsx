import { Button } from 'antd'
import { useState } from 'react'
import { call, useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import type { ReplyOf } from '../../foundation/http/contract.ts'
import { journalActions, listJournal, verifyJournalContract } from '../journal.contract.ts'
import { accessText } from './access-text.ts'

type Report = ReplyOf<typeof verifyJournalContract>
type Verification = { state: 'none' } | { state: 'running' } | { state: 'done'; report: Report } | { state: 'failed'; error: unknown }

/** The journal in words, and its verification with what is not yet sealed. Who may only verify sees only that. */
export default function Journal() {
  const t = useText(accessText)
  const may = useMay()
  const [verification, setVerification] = useState<Verification>({ state: 'none' })
  const verify = (): void => {
    setVerification({ state: 'running' })
    call(verifyJournalContract, {}).then((report) => setVerification({ state: 'done', report }), (error: unknown) => setVerification({ state: 'failed', error }))
  }
  return (
    <Page>
      <PageHeader title={t('journal')} actions={may('journal.verify') && <Button type="primary" onClick={verify} loading={verification.state === 'running'}>{t('verify')}</Button>} />
      {verification.state === 'failed' && <ErrorState error={verification.error} onRetry={verify} />}
      {verification.state === 'done' && <Verified report={verification.report} />}
      {may('journal.read') && <Lines />}
    </Page>
  )
}

function Verified({ report }: { report: Report }) {
  const t = useText(accessText)
  return (
    <>
      {report.faults.length === 0
        ? <Note tone="success">{t('verified', { seals: report.seals, lines: report.sealedLines.toLocaleString('en-US') })} · {t('took', { ms: report.ms })}</Note>
        : <Note tone="error">{t('faults', { n: report.faults.length })}<ul>{report.faults.map((fault, index) => <li key={index}>{fault.text}</li>)}</ul></Note>}
      <Note tone="info">{report.unsealedLines === 0 || report.oldestUnsealed === null ? t('allSealed') : <>{t('unsealed', { n: report.unsealedLines, at: '' })} <Moment at={report.oldestUnsealed} /></>}</Note>
    </>
  )
}

function Lines() {
  const t = useText(accessText)
  const list = useListState(['table', 'action', 'secrecy'])
  const { table, action, secrecy, cursor } = list.query
  const source = useContract(listJournal, { query: { table, action: action as (typeof journalActions)[number] | undefined, secrecy: secrecy as 'NORMAL' | 'RESTRICTED' | undefined, cursor, limit: 50 } })
  const page = source.data
  return (
    <DataTable
      label={t('journal')} list={list} source={source} rowKey={(row) => row.id}
      bar={<FilterBar list={list} filters={[
        { name: 'table', label: t('table'), options: (page?.tables ?? []).map((one) => ({ value: one.table, label: one.label })), long: true },
        { name: 'action', label: t('kind'), options: journalActions.map((one) => ({ value: one, label: t(one) })) },
        ...(page?.mayReadRestricted ? [{ name: 'secrecy', label: t('secrecy'), options: [{ value: 'NORMAL', label: t('normalLines') }, { value: 'RESTRICTED', label: t('restrictedLines') }] }] : []),
      ]} />}
      columns={[
        { key: 'what', title: t('what'), show: (row) => row.sentence },
        { key: 'at', title: t('when'), kind: 'moment', value: (row) => row.at },
        { key: 'who', title: t('who'), show: (row) => row.who ?? t('product') },
        { key: 'changes', title: t('changes'), show: (row) => (
          <span className="yq-small">{row.changes.map((change) => `${change.label}${mark('：')}${change.before === null ? '' : `${change.before} → `}${change.after ?? t('none')}`).join(mark('；')) || t('none')}</span>
        ) },
        { key: 'why', title: t('why'), show: (row) => row.why ?? t('none') },
      ]}
      empty={<EmptyState title={t('noLines')} />}
    />
  )
}
